"""Context managers: `with manager as name:`.

The manager's `__enter__` is called before the block, its `__exit__` on every way out. In the kernel
exceptions are no objects, so `__exit__` takes only `self`; what CPython passes beyond it is written
`*error: object` and is nothing here. In a program `__exit__(self, kind, error, traceback)` gets the exception
as `kind` and as `error`: that is the `try` statement which section 8.5 says a `with` is.

An `__enter__` with a parameter `place` is given what the manager is called where it is kept, in bytes:
`modules.ipc.pipe.pipe.Pipe.lock` for a field, `kernel.fs.tmpfs.renaming` for a variable, nothing for what has no such name. Under
CPython, and where it is called by name, it has its default. Locks that are named like this are one kind of lock to
whoever watches the order in which they are taken.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler import tree
from compiler.check import aliasing, assignment, bindings, calls, exceptions, special
from compiler.check.checker import statement_of
from compiler.check.conversions import described, none_hint
from compiler.check.flow import join
from compiler.declare import Member
from compiler.tree import Expression, LocalRef
from compiler.types import (
    BOOL,
    BYTES,
    NONE,
    ClassDeclaration,
    NamedType,
    PointerType,
    is_place,
)

if TYPE_CHECKING:
    from compiler.check.checker import Checker


@statement_of(ast.With)
def with_statement(check: Checker, node: ast.With) -> None:
    """`with a as x, b:` is `with a as x:` around `with b:` (section 8.5)."""
    _with_items(check, node, node.items)


def _with_items(check: Checker, node: ast.With, items: list[ast.withitem]) -> None:
    if not items:
        for statement in node.body:
            check.statement(statement)
        return
    item, rest = items[0], items[1:]
    context = check.operand(item.context_expr)
    enter, leave = _methods(check, item.context_expr, context)
    if len([each for each in leave.declaration.parameters if each.default is None]) == 4:
        inner = [ast.copy_location(ast.With(rest, node.body), node)] if rest else node.body
        _with_exceptions(check, item, context, inner, leave)
        return
    given = _place(check, item.context_expr, context, enter)

    owns = not is_place(context.type) or tree.is_fresh(context)
    if is_place(context.type) and not owns:
        context = aliasing.held(check, item.context_expr, context)
    manager = check.hidden_local("manager", context.type, item.context_expr, owns=owns)
    span = check.span(item.context_expr)

    def held() -> Expression:
        return LocalRef(span, context.type, manager)

    entered = calls.method_with_values(check, item.context_expr, held(), enter, given)
    target, first = _target(check, item, entered)
    thrown = exceptions.interrupted(check, node.body)
    around, check.out = check.out, first
    if rest:
        _with_items(check, node, rest)
    else:
        check.out = first + check.block(node.body)
    body, check.out = check.out, around
    after = check.flow

    left = calls.method_with_values(check, item.context_expr, held(), leave, [])
    suppresses = left.type is BOOL
    check.flow = join(after, thrown) if suppresses else after
    check.emit(
        tree.With(
            check.span(node),
            manager,
            context,
            entered,
            target,
            left,
            body,
            suppresses,
            enter.declaration.block_effects,
        )
    )


_PLAIN = """
try:
    try:
        pass
    except BaseException as error:
        left = True
        manager.__exit__(error, error, None)
        raise
finally:
    if not left:
        manager.__exit__(None, None, None)
"""
_SUPPRESSING = _PLAIN.replace(
    """manager.__exit__(error, error, None)
        raise""",
    """if not manager.__exit__(error, error, None):
            raise""",
)


# Where the block returns a value, nothing else in the function may do so behind it.
_RETURNING = _PLAIN.replace(
    """manager.__exit__(error, error, None)
""",
    """if manager.__exit__(error, error, None):
            raise RuntimeError("what was to return a value was suppressed")
""",
)


def _with_exceptions(
    check: Checker,
    item: ast.withitem,
    context: Expression,
    body: list[ast.stmt],
    leave: Member,
) -> None:
    """A manager whose `__exit__` takes the exception: the statement that this one stands for."""
    node = item.context_expr
    span = check.span(node)
    manager = check.hidden_local("manager", context.type, node)
    left = check.hidden_local("left", BOOL, node)
    for local in (manager, left):
        check.names[local.name] = local
    check.emit(tree.SetLocal(span, manager, context))
    code = _PLAIN if leave.declaration.result is NONE else _SUPPRESSING
    if code is _SUPPRESSING and isinstance(body[-1], ast.Return) and body[-1].value is not None:
        code = _RETURNING
    (statement,) = ast.parse(code).body
    names = {"manager": manager.name, "left": left.name, "error": f"{manager.name}.error"}
    for each in ast.walk(statement):
        if isinstance(each, ast.Name):
            each.id = names.get(each.id, each.id)
        if isinstance(each, ast.ExceptHandler):
            each.name = names["error"]
        if isinstance(each, ast.expr | ast.stmt | ast.ExceptHandler):
            ast.copy_location(each, node)
    receiver = ast.copy_location(ast.Name(manager.name, ast.Load()), node)
    entered: ast.expr = ast.Call(ast.Attribute(receiver, "__enter__", ast.Load()), [], [])
    for each in (entered.func, entered):
        ast.copy_location(each, node)
    first: list[ast.stmt] = []
    if item.optional_vars is None:
        check.statement(ast.copy_location(ast.Expr(entered), node))
    else:
        value = check.expression(entered)
        local = check.hidden_local("entered", value.type, node)
        check.names[local.name] = local
        check.emit(tree.SetLocal(span, local, value))
        given = ast.copy_location(ast.Name(local.name, ast.Load()), node)
        first = [ast.copy_location(ast.Assign([item.optional_vars], given), node)]
    check.emit(tree.SetLocal(span, left, tree.Literal(span, BOOL, False)))
    statement.body[0].body = [*first, *body]
    check.statement(statement)


def _methods(check: Checker, node: ast.expr, context: Expression) -> tuple[Member, Member]:
    """Return `__enter__` and `__exit__` of a context manager."""
    enter = special.find(check, context.type, "__enter__")
    leave = special.find(check, context.type, "__exit__")
    if enter is None or leave is None:
        lacks = "__enter__" if enter is None else "__exit__"
        hint = none_hint(check, context, node)
        raise check.error(
            node,
            f"{described(context.type)} is no context manager: it has no '{lacks}'",
            hint,
        )
    return enter, leave


def _place(check: Checker, node: ast.expr, context: Expression, enter: Member) -> list[Expression]:
    """Return what `__enter__` is given: the manager's name if it takes that."""
    parameters = enter.declaration.parameters[1:]
    if not parameters or parameters[0].name != "place":
        return []
    return [tree.StringLiteral(check.span(node), BYTES, _name_of(context).encode())]


def _name_of(place: Expression) -> str:
    """Return what a place is called: by the class that declares it, or its module; empty if by neither."""
    match place:
        case tree.IndexRef(base=base):
            return _name_of(base)
        case tree.FieldRef(object=owner, field=field):
            kind = owner.type.target if isinstance(owner.type, PointerType) else owner.type
            if isinstance(kind, NamedType):
                declared = _declaring(kind.declaration, field.name)
                return f"{declared.module.name}.{declared.name}.{field.name}"
        case tree.VariableRef(variable=variable):
            return f"{variable.module.name}.{variable.name}"
    return ""


def _declaring(declaration: ClassDeclaration, field: str) -> ClassDeclaration:
    """Return the class, this one or one above it, that declares a field."""
    while field not in declaration.fields and declaration.base is not None:
        declaration = declaration.base.declaration
    return declaration


def _target(
    check: Checker, item: ast.withitem, entered: Expression
) -> tuple[Expression | None, list[tree.Statement]]:
    """Return the local that `as` binds; what is no plain local is stored first in the block."""
    node = item.optional_vars
    if node is None:
        return None, []
    if entered.type is NONE:
        raise check.error(node, "its '__enter__' returns nothing that 'as' could bind", "drop it")
    span = check.span(node)
    if isinstance(node, ast.Name) and node.id not in check.globals_declared:
        local, value = bindings.bound_local(check, node, entered, node)
        if value is entered:
            bindings.note_bound(check, local, value)
            return LocalRef(span, local.type, local), []
    is_alias = is_place(entered.type) and not tree.is_fresh(entered)
    local = check.hidden_local("entered", entered.type, node, owns=not is_alias)
    around, check.out = check.out, []
    assignment.store_value(check, node, LocalRef(span, local.type, local), node)
    first, check.out = check.out, around
    return LocalRef(span, local.type, local), first
