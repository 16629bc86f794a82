"""Statements: expressions, `return`, `raise`, `assert`, `del`, `if`, and declarations."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler import tree
from compiler.check import (
    aliasing,
    calls,
    containers,
    delegation,
    exception_objects,
    exceptions,
    generators,
    generics,
    initialisation,
    literals,
    names,
    narrowing,
    slice_objects,
    special,
)
from compiler.check.checker import statement_of
from compiler.check.conversions import LITERAL, described
from compiler.check.flow import join
from compiler.tree import Expression
from compiler.types import BROKEN, NEVER, NONE, GeneratorType, VariableDeclaration

if TYPE_CHECKING:
    from compiler.check.checker import Checker


@statement_of(ast.Expr)
def expression_statement(check: Checker, node: ast.Expr) -> None:
    """An expression for its effect; a docstring and `...` have none."""
    value_node = node.value
    if isinstance(value_node, ast.Constant):
        return
    if isinstance(value_node, ast.Yield):
        generators.yield_statement(check, value_node)
        return
    if isinstance(value_node, ast.YieldFrom) and getattr(node, "is_delegation", False):
        delegation.delegation(check, node)
        return
    value = check.operand(value_node)
    if value.type is LITERAL:
        return
    if isinstance(value.type, GeneratorType) and not containers.has(check, "list"):
        raise check.error(
            node, "this makes a generator and runs nothing of it", "write 'for item in ...:'"
        )
    check.emit(tree.Evaluate(check.span(node), value))
    if value.type is NEVER:
        check.flow = check.flow.ended()


@statement_of(ast.Pass)
def pass_statement(check: Checker, node: ast.Pass) -> None:
    """`pass` does nothing."""


@statement_of(ast.Return)
def return_statement(check: Checker, node: ast.Return) -> None:
    """`return`, `return value` (section 7.6)."""
    span = check.span(node)
    value = None
    if check.yields is not None:
        if node.value is not None:
            raise check.error(node, "a generator returns no value", "yield it")
    elif node.value is None or _is_none(node.value) and check.result is NONE:
        if check.result is not NONE and check.result is not BROKEN:
            raise check.error(node, f"'{check.name}' returns {described(check.result)}")
    elif check.result is NONE:
        value = _nothing(check, node, check.operand(node.value))
    elif check.result is NEVER:
        raise check.error(node, f"'{check.name}' never returns")
    elif check.result is BROKEN:
        check.operand(node.value)
    elif isinstance(check.result, GeneratorType) and not containers.has(check, "list"):
        raise check.error(
            node, "a generator is consumed where it is made", "write 'for item in ...: yield item'"
        )
    else:
        value = check.expression(node.value, check.result)
        value = aliasing.returned(check, node.value, value)
    if value is not None and value.type is NONE:
        check.emit(tree.Evaluate(span, value))
        value = None
    initialisation.check_complete(check, None)
    check.emit(tree.Return(span, value))
    check.flow = check.flow.ended()


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _nothing(check: Checker, node: ast.Return, value: Expression) -> Expression:
    if value.type is not NONE and value.type is not NEVER:
        raise check.error(
            node.value,
            f"'{check.name}' returns nothing, and this is {described(value.type)}",
            "write '-> T' in its signature, or drop the value",
        )
    return value


@statement_of(ast.Assert)
def assert_statement(check: Checker, node: ast.Assert) -> None:
    """`assert test`, `assert test, message` (section 7.3)."""
    if isinstance(node.test, ast.Tuple) and node.test.elts:
        raise check.error(node.test, "a tuple is always true", "drop the parentheses")
    if node.msg is not None and exception_objects.has_messages(check):
        check.statement(exception_objects.as_raise(node))
        return
    test, when_true, _ = narrowing.condition(check, node.test)
    message = None
    if node.msg is not None:
        if not isinstance(node.msg, ast.Constant) or not isinstance(node.msg.value, str):
            raise check.error(node.msg, "the message of an assert is a literal", 'write "..."')
        message = literals.plain_value(check, node.msg, node.msg.value)
    check.flow = when_true
    check.emit(tree.Assert(check.span(node), test, message))


@statement_of(ast.Delete)
def delete(check: Checker, node: ast.Delete) -> None:
    """`del name` releases what a local holds (section 7.5)."""
    for target in node.targets:
        if isinstance(target, ast.Subscript):
            _delete_item(check, target)
            continue
        if not isinstance(target, ast.Name):
            raise check.error(target, "only a local is deleted", "assign another value instead")
        local = check.names.get(target.id)
        if local is None:
            raise check.error(target, f"'{target.id}' is no local of this function")
        value = names.local_value(check, target, local)
        if isinstance(value, tree.Steps):
            check.emit(tree.Evaluate(check.span(target), value))
        check.emit(tree.Delete(check.span(node), local))
        check.flow.forget(local)
        check.flow.bound.discard(local)
        check.deleted[local] = check.span(target)


def _delete_item(check: Checker, target: ast.Subscript) -> None:
    """`del object[index]` by `__delitem__`."""
    target = slice_objects.stored_to(check, target)
    base = check.operand(target.value)
    if isinstance(target.slice, ast.Slice) and special.find(check, base.type, "delete_slice"):
        call = containers.slice_call(check, target, base, "delete_slice")
        check.emit(tree.Evaluate(check.span(target), call))
        return
    member = special.find(check, base.type, "__delitem__")
    takes_slice = slice_objects.is_taken(check, base, "__delitem__")
    if member is None or (isinstance(target.slice, ast.Slice) and not takes_slice):
        raise check.error(target, f"{described(base.type)} has no '__delitem__'")
    index_type = generics.substituted(member.declaration.parameters[1].type, calls.known_of(member))
    index = check.expression(target.slice, index_type)
    call = calls.method_with_values(check, target, base, member, [index])
    check.emit(tree.Evaluate(check.span(target), call))


@statement_of(ast.If)
def if_statement(check: Checker, node: ast.If) -> None:
    """`if test: body else: orelse` (section 8.1)."""
    test, when_true, when_false = narrowing.condition(check, node.test)
    check.flow = when_true
    body = check.block(node.body)
    after_body = check.flow
    check.flow = when_false
    orelse = check.block(node.orelse)
    check.flow = join(after_body, check.flow)
    check.emit(tree.If(check.span(node), test, body, orelse))


@statement_of(ast.Raise)
def raise_statement(check: Checker, node: ast.Raise) -> None:
    """`raise Class`, `raise` (section 7.8)."""
    check.emit(exceptions.raised(check, node))
    check.flow = check.flow.ended()


@statement_of(ast.Global)
def global_statement(check: Checker, node: ast.Global) -> None:
    """`global name`: assignments set the module's variable."""
    for name in node.names:
        found = names.lookup(check, name)
        if not isinstance(found, VariableDeclaration):
            raise check.error(
                node,
                f"'{name}' is no variable of the module",
                f"declare it there: {name}: T = ...",
            )
        if found.module is not check.module:
            raise check.error(
                node,
                f"'{name}' is a variable of {found.module.name}",
                f"only {found.module.name} rebinds it; give it a function that does",
            )
        check.globals_declared[name] = found


@statement_of(ast.Nonlocal)
def nonlocal_statement(check: Checker, node: ast.Nonlocal) -> None:
    """`nonlocal name`: assignments set the local of the function around.

    Python's own rules have seen to it that there is one, and `captures` has captured it.
    """
