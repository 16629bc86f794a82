"""Exceptions as objects, which only programs have.

    Class(a, b)            New: `__init__` of the class, or else the message and the repr of all arguments
    raise e from cause     .raised = e; because(.raised, cause); raise .raised
    except C as e: body    .caught = the object or None; e = caught(.caught, class); body; del e

What stands in the parentheses of a class without `__init__` of its own becomes text there and then:

    one text                 the message
    one other value          f"{a}", which repr() shows as f"{a!r}"
    KeyError(a)              f"{a!r}", both
    OSError(a, b)            f"[Errno {a}] {b}", which repr() shows as f"{a!r}, {b!r}"
    several                  f"({a!r}, {b!r})", which repr() shows without another pair of parentheses

`e.args` is made of that text again (lib/python/arguments.py).
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler import read, tree
from compiler.backend.target import TARGETS
from compiler.check.conversions import LITERAL, convert, is_subclass, settle
from compiler.read import BUILTINS, FAILURES
from compiler.source import CompileError
from compiler.tree import Conversion, Convert, Expression, Intrinsic, Local, LocalRef
from compiler.types import (
    NONE,
    STR,
    ClassDeclaration,
    ClassKind,
    FunctionInstance,
    NamedType,
    OptionalType,
    PointerType,
    Type,
)

if TYPE_CHECKING:
    from compiler.check.checker import Checker
    from compiler.check.members import Member


def are_here(check: Checker) -> bool:
    """True where exceptions have objects."""
    return FAILURES in check.unit.modules and not TARGETS[check.unit.target].traps


def has_messages(check: Checker) -> bool:
    """True in a program's own modules; what core asserts and raises is worded when it is asked for."""
    return are_here(check) and read.is_program(check.module.name)


def as_raise(node: ast.Assert) -> ast.If:
    """Return `assert test, message` as the `if` that it stands for (section 7.3)."""
    made = ast.Call(ast.Name("AssertionError", ast.Load()), [node.msg], [])
    failed = ast.If(node.test, [ast.Pass()], [ast.Raise(made, None)])
    for each in (made.func, made, failed.body[0], failed.orelse[0], failed):
        ast.copy_location(each, node)
    return failed


def is_exception(type: Type) -> bool:
    return isinstance(type, NamedType) and type.kind is ClassKind.EXCEPTION


def base_class(check: Checker) -> NamedType:
    """Return BaseException."""
    return NamedType(check.unit.modules[BUILTINS].scope["BaseException"])


def is_plain(initialiser: Member) -> bool:
    """True for the `__init__` that every exception has."""
    return initialiser.declaration.module.name == BUILTINS


def called(
    check: Checker, node: ast.AST, name: str, *given: Expression, module: str = FAILURES
) -> tree.Call:
    """Return the call of a function of core.containers.failures, or of another module of core."""
    declaration = check.unit.core_function(check, node, module, name)
    values = [
        convert(check, value, parameter.type, node)
        for value, parameter in zip(given, declaration.parameters, strict=True)
    ]
    instance = FunctionInstance(declaration)
    check.unit.request(instance, check.span(node))
    signature = check.unit.signature(instance)
    return tree.Call(check.span(node), signature.result, instance, signature, values)


# Making one ----------------------------------------------------------------------------------


def texts_of(check: Checker, node: ast.Call, declaration: ClassDeclaration) -> list[Expression]:
    """Return the message of `Class(...)` and how repr() shows what stands in the parentheses.

    Raises:
        CompileError: an argument is starred or named.
    """
    for each in (*node.keywords, *node.args):
        if isinstance(each, ast.keyword | ast.Starred):
            raise check.error(
                each,
                f"'{declaration.name}' takes its arguments one by one",
                "write them without names and stars",
            )
    if len(node.args) == 2 and _derives_from(declaration, "OSError"):
        shown = _named(check, node.args, [_settled(check, each) for each in node.args])
        arguments = _text(check, shown, node, ord("r"))
        return [_text(check, shown, node, -1, "[Errno ", between="] "), arguments]
    shows_repr = _derives_from(declaration, "KeyError")
    if len(node.args) == 1 and not shows_repr:
        value = _settled(check, node.args[0])
        if value.type is STR:
            return [value, _nothing(check, node)]
        (shown,) = _named(check, node.args, [value])
        return [_text(check, [shown], node, -1), _text(check, [shown], node, ord("r"))]
    if not node.args:
        return [tree.StringLiteral(check.span(node), STR, ""), _nothing(check, node)]
    values = [_settled(check, each) for each in node.args]
    shown = _named(check, node.args, values)
    if len(shown) == 1:
        text = kept(check, node, _text(check, shown, node, ord("r")))
        return [text, convert(check, text, OptionalType(STR), node)]
    whole = _text(check, shown, node, ord("r"))
    around = _text(check, shown, node, ord("r"), "(", ")")
    return [around, whole]


def arguments_of(check: Checker, node: ast.AST, error: Expression) -> Expression | None:
    """Return `error.args`; None where exceptions keep none."""
    if read.ARGUMENTS not in check.module.type_imports or not has_messages(check):
        return None
    plain = convert(check, error, base_class(check), node)
    return called(check, node, "arguments_of", plain, module=read.ARGUMENTS)


def _settled(check: Checker, node: ast.expr) -> Expression:
    value = check.operand(node)
    return settle(check, value) if value.type is LITERAL else value


def _nothing(check: Checker, node: ast.AST) -> Expression:
    none = tree.Literal(check.span(node), NONE, None)
    return convert(check, none, OptionalType(STR), node)


def kept(check: Checker, node: ast.AST, value: Expression) -> LocalRef:
    """Keep a value in a hidden local."""
    local = check.hidden_local("argument", value.type, node)
    check.emit(tree.SetLocal(check.span(node), local, value))
    return LocalRef(check.span(node), local.type, local)


def _named(check: Checker, nodes: list[ast.expr], values: list[Expression]) -> list[ast.Name]:
    """Keep values in hidden locals, and return their names for an f-string."""
    found = []
    for node, value in zip(nodes, values, strict=True):
        local = kept(check, node, value).local
        local.is_kept = True  # its text may be made twice
        check.names[local.name] = local
        found.append(ast.copy_location(ast.Name(local.name, ast.Load()), node))
    return found


def _text(
    check: Checker,
    shown: list[ast.Name],
    node: ast.Call,
    conversion: int,
    before: str = "",
    after: str = "",
    between: str = ", ",
) -> Expression:
    parts: list[ast.expr] = [ast.Constant(before)]
    for number, each in enumerate(shown):
        parts += [ast.Constant(between)] if number else []
        parts.append(ast.FormattedValue(each, conversion, None))
    parts.append(ast.Constant(after))
    string = ast.JoinedStr([ast.copy_location(each, node) for each in parts])
    before = len(check.out)
    try:
        return check.operand(ast.copy_location(string, node))
    except CompileError:
        if read.is_program(check.module.name):
            raise
    # A key or element of a container, whose class need not have a text.
    del check.out[before:]
    return tree.StringLiteral(check.span(node), STR, "<object>")


def _derives_from(declaration: ClassDeclaration, name: str) -> bool:
    step: ClassDeclaration | None = declaration
    while step is not None:
        if step.module.name == BUILTINS and step.name == name:
            return True
        step = step.base.declaration if step.base is not None else None
    return False


# Raising and catching ------------------------------------------------------------------------


def chain(check: Checker, node: ast.Raise, error: LocalRef) -> None:
    """Note the cause, and what is being handled, in an exception that is to be raised."""
    base = base_class(check)
    plain = convert(check, error, base, node)
    if check.caught and has_messages(check):
        local = check.caught[-1]
        handled = LocalRef(check.span(node), local.type, local)
        check.emit(tree.Evaluate(check.span(node), called(check, node, "during", plain, handled)))
    if node.cause is not None:
        cause = check.operand(node.cause)
        wanted = cause.type.inner if isinstance(cause.type, OptionalType) else cause.type
        if cause.type is not NONE and not is_exception(wanted):
            raise check.error(
                node.cause, "a cause is an exception", "write 'from error' or 'from None'"
            )
        cause = convert(check, cause, OptionalType(base), node.cause)
        check.emit(tree.Evaluate(check.span(node), called(check, node, "because", plain, cause)))


def ignoring(node: ast.FunctionDef) -> list[ast.stmt]:
    """Return the body of a `__del__`, out of which no exception comes (section 3.3.1)."""
    handler = ast.ExceptHandler(ast.Name("BaseException", ast.Load()), None, [ast.Pass()])
    guarded = ast.Try(node.body, [handler], [], [])
    for each in (guarded, handler, handler.type, *handler.body):
        ast.copy_location(each, node.body[0])
    return [guarded]


def begin_handler(
    check: Checker, node: ast.ExceptHandler, classes: list[NamedType]
) -> tuple[Local, Local | None]:
    """Emit what gives the exception to a handler.

    Returns the local that the handler itself sets, and the one that the source names, if it does.
    """
    span = check.span(node)
    base = base_class(check)
    given = _begin(check, node)
    error = check.caught[-1]
    if node.name is None or node.name in check.names:  # which is reported
        return given, None
    wanted = common_base(classes) or base
    named = Local(node.name, wanted, span)
    check.locals.append(named)
    check.names[node.name] = named
    check.flow.bound.add(named)
    value = LocalRef(span, base, error)
    if wanted != base:
        value = Convert(span, wanted, Conversion.DOWNCAST, value)
    check.emit(tree.SetLocal(span, named, value))
    return given, named


def may_raise(body: list[ast.stmt]) -> bool:
    """True if what is written in a handler, or behind `finally`, can raise something else."""
    return any(
        isinstance(each, ast.Raise | ast.Call | ast.Subscript | ast.BinOp | ast.Assert)
        for statement in body
        for each in ast.walk(statement)
    )


def in_context(check: Checker, node: ast.ExceptHandler, body: tree.Block) -> tree.Block:
    """Let the exception that is handled become the context of what leaves the handler."""
    if not has_messages(check) or not may_raise(node.body):
        return body
    return [_in_context(check, node, body)]


def passing(check: Checker, node: ast.Try, final: tree.Block) -> tree.Handler | None:
    """Let an exception that passes through `finally` become the context of what leaves that; None where nothing can.

    except as .given: .caught = caught(.given, ...); final in its context
    """
    if not has_messages(check) or not may_raise(node.finalbody):
        return None
    around, check.out = check.out, []
    given = _begin(check, node)
    check.emit(_in_context(check, node, final))
    check.emit(tree.Delete(check.span(node), check.caught.pop()))
    body, check.out = check.out, around
    return tree.Handler(check.span(node), [], given, body)


def _in_context(check: Checker, node: ast.AST, body: tree.Block) -> tree.Try:
    """try: body except Exception: .leaving = caught(...); during(.leaving, .caught); raise"""
    span, base = check.span(node), base_class(check)
    around, check.out = check.out, []
    given = check.hidden_local("given", OptionalType(base), node)
    leaving = kept(check, node, _present(check, node, given))
    handled = LocalRef(span, base, check.caught[-1])
    noted = called(check, node, "during", leaving, handled)
    steps = [*check.out, tree.Evaluate(span, noted), tree.Raise(span, None)]
    check.out = around
    every = NamedType(check.unit.modules[BUILTINS].scope["Exception"])
    return tree.Try(span, body, [tree.Handler(span, [every], given, steps)], [], [])


def _begin(check: Checker, node: ast.AST) -> Local:
    """Emit what makes the exception that a handler gets the one that is handled; return the local that is set."""
    base = base_class(check)
    given = check.hidden_local("given", OptionalType(base), node)
    value = _present(check, node, given)
    error = check.hidden_local("caught", base, node)
    check.emit(tree.SetLocal(check.span(node), error, value))
    check.caught.append(error)
    return given


def _present(check: Checker, node: ast.AST, given: Local) -> Expression:
    """Return the exception that is being handled, made if `given` is None."""
    span = check.span(node)
    of = Intrinsic(span, PointerType(NONE), "handled_class", [])
    type_info = check.unit.core_function(check, node, FAILURES, "caught").parameters[1].type
    pointer = Convert(span, type_info, Conversion.POINTER, of)
    return called(check, node, "caught", LocalRef(span, given.type, given), pointer)


def end_handler(check: Checker, node: ast.ExceptHandler, named: Local | None) -> None:
    """Emit what lets go of the exception at the end of a handler."""
    error = check.caught.pop()
    for local in (named, error):
        if local is not None and check.flow.reachable:
            check.emit(tree.Delete(check.span(node), local))
    if named is not None:
        del check.names[named.name]
        check.flow.bound.discard(named)


def common_base(classes: list[NamedType]) -> NamedType | None:
    """Return the nearest class that all of some derive from."""
    if not classes:
        return None
    step = classes[0]
    while not all(is_subclass(each, step) for each in classes):
        step = step.declaration.base
    return step
