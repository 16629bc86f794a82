"""Exceptions: `raise` and `try`.

In the kernel an exception is its class: it carries no fields, so `raise Class` makes no object and
`except Class as error` would bind nothing. Which exceptions leave a function is not declared; the
pass `effects` infers it.

What holds where an exception is caught, or in `finally`, must hold wherever in the body it was
raised: what the body binds is not bound there, what it assigns or stores to is not narrowed.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler import read, tree
from compiler.check import exception_objects, names
from compiler.check.checker import statement_of
from compiler.check.conversions import described, is_subclass
from compiler.check.flow import Flow, join, join_all
from compiler.read import FAILURES
from compiler.source import CompileError, Note
from compiler.types import ClassDeclaration, ClassKind, NamedType

if TYPE_CHECKING:
    from compiler.check.checker import Checker
    from compiler.tree import Local


def raised(check: Checker, node: ast.Raise) -> tree.Raise:
    """Return the tree of a `raise`."""
    span = check.span(node)
    if node.exc is None:
        if not check.handling:
            raise check.error(
                node, "'raise' alone passes on an exception being handled", "name one"
            )
        return tree.Raise(span, None)
    if exception_objects.are_here(check) and _is_object(check, node):
        return _raised_object(check, node)
    has_words = FAILURES in check.unit.modules  # of core's containers, in a world that shows none
    if node.cause is not None and not has_words:
        raise check.error(
            node.cause, "kernel exceptions carry nothing, so no cause", "write 'raise Class'"
        )
    exception = node.exc
    if isinstance(exception, ast.Call):
        if (exception.args or exception.keywords) and not has_words:
            raise check.error(
                exception,
                "kernel exceptions carry no fields",
                f"write 'raise {check.text(exception.func)}', and log the details",
            )
        exception = exception.func
    return tree.Raise(span, exception_class(check, exception))


def _is_object(check: Checker, node: ast.Raise) -> bool:
    """True unless core raises a class by itself, whose object is made when somebody asks for it."""
    return isinstance(node.exc, ast.Call) or read.is_program(check.module.name)


def _raised_object(check: Checker, node: ast.Raise) -> tree.Raise:
    """Return the tree of a `raise` where exceptions are objects."""
    span = check.span(node)
    exception = node.exc
    if isinstance(exception, ast.Name | ast.Attribute) and _names_class(check, exception):
        exception = ast.copy_location(ast.Call(exception, [], []), exception)
    value = check.operand(exception)
    if not exception_objects.is_exception(value.type):
        raise check.error(
            node.exc,
            f"{described(value.type)} is no exception",
            "raise an instance of a class that derives from Exception",
        )
    if node.cause is not None or check.caught:
        value = exception_objects.kept(check, node, value)
        exception_objects.chain(check, node, value)
    return tree.Raise(span, value.type, value)


def _names_class(check: Checker, node: ast.expr) -> bool:
    if isinstance(node, ast.Name) and node.id in check.names:
        return False
    return isinstance(names.meaning(check, node), ClassDeclaration)


def exception_class(check: Checker, node: ast.expr) -> NamedType:
    """Return the exception class that an expression names."""
    found = names.meaning(check, node)
    if isinstance(found, ClassDeclaration) and found.kind is ClassKind.EXCEPTION:
        return NamedType(found)
    if isinstance(found, ClassDeclaration):
        raise check.error(
            node,
            f"'{found.name}' is no exception",
            "derive it from Exception, or name another class",
        )
    raise check.error(
        node,
        f"'{check.text(node)}' is no exception class",
        "write the name of one, such as OSError",
    )


@statement_of(ast.Try)
def try_statement(check: Checker, node: ast.Try) -> None:
    """`try: body except ...: handlers else: orelse finally: final` (section 8.4)."""
    thrown = interrupted(check, node.body)
    body = check.block(node.body)
    ends: list[Flow] = []
    orelse = check.block(node.orelse)
    ends.append(check.flow)

    handlers = _handlers(check, node, thrown, ends)
    after = join_all(ends)
    if not node.finalbody:
        check.flow = after
        check.emit(tree.Try(check.span(node), body, handlers, orelse, []))
        return
    final = _finally(check, node, thrown, after)
    passing = exception_objects.passing(check, node, final)
    check.emit(tree.Try(check.span(node), body, handlers, orelse, final, passing))


def interrupted(check: Checker, body: list[ast.stmt]) -> Flow:
    """Return what holds if `body` may be left in the middle, before it is checked."""
    flow = check.flow.copy()
    changes = check.changes_in_block(body)
    for name in changes.deleted:
        if name in check.names:
            flow.bound.discard(check.names[name])
    if flow.narrowed:
        for name in changes.bound:
            if name in check.names:
                flow.forget(check.names[name])
        if changes.touches_memory:
            flow.forget_memory()
    return flow


def _handlers(check: Checker, node: ast.Try, thrown: Flow, ends: list[Flow]) -> list[tree.Handler]:
    """Check the handlers; the flows at their ends go to `ends`."""
    handlers = []
    seen: list[tuple[NamedType, ast.AST]] = []
    for handler in node.handlers:
        check.flow = thrown.copy()
        try:
            classes = _caught(check, handler, seen)
        except CompileError as error:
            check.report(error)
            classes = []
        deleted = _delete(check, handler)
        check.handling += 1
        given, body = _handler_body(check, handler, classes)
        body = [*deleted, *body]
        check.handling -= 1
        ends.append(check.flow)
        handlers.append(tree.Handler(check.span(handler), classes, given, body))
    return handlers


def _delete(check: Checker, handler: ast.ExceptHandler) -> tree.Block:
    """Let the name that Python deletes behind a handler have no value from there on; return what does so.

    The handler itself has the exception by another name (phrases/own_names.py), and names this one no more.
    """
    local = check.names.get(getattr(handler, "deletes", ""))
    if local is None:
        return []
    check.flow.forget(local)
    check.flow.bound.discard(local)
    return [tree.Delete(check.span(handler), local)]


def _handler_body(
    check: Checker, handler: ast.ExceptHandler, classes: list[NamedType]
) -> tuple[Local | None, tree.Block]:
    """Return the local that the exception is given to, if any, and the body that follows."""
    if not exception_objects.are_here(check) or not _needs_object(handler):
        return None, check.block(handler.body)
    around, check.out = check.out, []
    given, named = exception_objects.begin_handler(check, handler, classes)
    check.out += exception_objects.in_context(check, handler, check.block(handler.body))
    exception_objects.end_handler(check, handler, named)
    body, check.out = check.out, around
    return given, body


def _needs_object(handler: ast.ExceptHandler) -> bool:
    """True if a handler names the exception, or may raise another, whose context it becomes."""
    return handler.name is not None or exception_objects.may_raise(handler.body)


def _caught(
    check: Checker, handler: ast.ExceptHandler, seen: list[tuple[NamedType, ast.AST]]
) -> list[NamedType]:
    """Return the classes of an `except`; none for everything."""
    if handler.name is not None and not exception_objects.are_here(check):
        check.poisoned.add(handler.name)
        raise check.error(
            handler,
            f"kernel exceptions carry nothing, so 'as {handler.name}' has nothing to bind",
            "drop it; the class says what happened",
        )
    if handler.name is not None and handler.name in check.names:
        raise check.error(
            handler,
            f"'{handler.name}' is a local of this function, which Python would delete here",
            "give the exception another name",
        )
    if handler.type is None:
        return []
    nodes = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    classes = []
    for each in nodes:
        caught = exception_class(check, each)
        for before, where in seen:
            if is_subclass(caught, before) and not getattr(each, "may_be_unrelated", False):
                raise check.error(
                    each,
                    f"'{caught}' never arrives here: '{before}' before it catches it",
                    "put the more special class first",
                    (Note(check.span(where), "caught here"),),
                )
        classes.append(caught)
    seen.extend(zip(classes, nodes, strict=True))
    return classes


def _finally(check: Checker, node: ast.Try, thrown: Flow, after: Flow) -> tree.Block:
    """Check `finally`, which runs on every way out, and go on where the body ended normally."""
    start = join(thrown, after) if after.reachable else thrown
    for handler in node.handlers:
        changes = check.changes_in_block(handler.body)
        for name in (*changes.bound, *changes.deleted):
            if name in check.names:
                start.forget(check.names[name])
        for name in changes.deleted:
            if name in check.names:
                start.bound.discard(check.names[name])
    check.flow = start.copy()
    final = check.block(node.finalbody)
    ended = check.flow
    if not ended.reachable:
        return final
    changes = check.changes_in_block(node.finalbody)
    result = after.copy()
    for name in changes.bound:
        local = check.names.get(name)
        if local is not None:
            result.forget(local)
            if local in ended.bound:
                result.bound.add(local)
    for name in changes.deleted:
        if name in check.names:
            result.bound.discard(check.names[name])
    if changes.touches_memory and result.narrowed:
        result.forget_memory()
    check.flow = result
    return final


@statement_of(ast.TryStar)
def try_star(check: Checker, node: ast.TryStar) -> None:
    """`except*` is not part of the language."""
    raise check.error(node, "'except*' is not part of the language", "write 'except'")
