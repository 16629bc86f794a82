"""Augmented assignment: `target op= value` (Python Language Reference, section 7.2.1).

Of numbers it is one node: the parts of the target are evaluated once. Of objects it is their
`__iadd__` or the like; of what is left, `target = target op value`.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler import tree
from compiler.check import aliasing, bindings, names, operators, special, stores
from compiler.check.checker import statement_of
from compiler.check.conversions import LITERAL, convert, described
from compiler.tree import Arithmetic, Expression, LocalRef
from compiler.types import BOOL, FloatType, IntType, Type, VariableDeclaration, is_enum, is_place

if TYPE_CHECKING:
    from compiler.check.checker import Checker


@statement_of(ast.AugAssign)
def augmented(check: Checker, node: ast.AugAssign) -> None:
    """`target op= value` (section 7.2.1)."""
    operator = operators.BINARY.get(type(node.op))
    if operator is None:
        raise check.error(node, "'@=' is not part of the language", "call a function instead")
    target = _augmented_target(check, node.target)
    if target.type is BOOL or not _is_number(target.type):
        _augmented_object(check, node, operator, target)
        return
    hint = None if operator in operators.SHIFTS else target.type
    value = check.operand(node.value, hint)
    combined = operators.combine(check, node, operator, target, value)
    if combined.type != target.type:
        raise _result_does_not_fit(check, node, target, combined, value)
    if isinstance(combined, tree.Binary) and combined.left is target:
        update = tree.Update(
            check.span(node), target, operator, combined.right, combined.arithmetic
        )
    else:  # flags: the bits of both sides
        value = convert(check, value, target.type, node.value) if value.type is LITERAL else value
        update = tree.Update(check.span(node), target, operator, value, Arithmetic.FIXED)
    check.emit(update)
    if isinstance(target, LocalRef):
        check.flow.forget(target.local)


def _is_number(type: Type) -> bool:
    return isinstance(type, IntType | FloatType) or is_enum(type)


def _augmented_target(check: Checker, node: ast.expr) -> Expression:
    """Return the target as the value that is read and the place that is written."""
    if not isinstance(node, ast.Name):
        return stores.place_of(check, node)
    name = node.id
    variable = check.globals_declared.get(name)
    if variable is not None:
        return tree.VariableRef(check.span(node), variable.type, variable)
    if name not in check.names and isinstance(names.lookup(check, name), VariableDeclaration):
        raise check.error(
            node,
            f"'{name}' is the module's variable, and '{check.name}' may not set it yet",
            f"write 'global {name}' first",
        )
    value = check.operand(node)
    while isinstance(value, tree.Convert):
        value = value.operand
    if not isinstance(value, LocalRef):
        raise check.error(node, f"'{name}' cannot be assigned to")
    return value


def _result_does_not_fit(
    check: Checker, node: ast.AugAssign, target: Expression, combined: Expression, value: Expression
):
    hint = f"write {target.type}({check.text(node.value)}), which is checked"
    if not isinstance(target.type, IntType) or not isinstance(value.type, IntType):
        hint = ""
    return check.error(
        node,
        f"the result is {described(combined.type)} and '{check.text(node.target)}' is "
        f"{described(target.type)}",
        hint,
    )


def _augmented_object(
    check: Checker, node: ast.AugAssign, operator: tree.BinaryOperator, target: Expression
) -> None:
    """`target op= value` by `__iadd__` or the like, or of a pointer or bool: `target = target op
    value`, where the parts of the target are plain enough to stand twice."""
    method = f"__i{operators.METHODS[operator]}__"
    if special.find(check, target.type, method) is not None:
        _augmented_by_method(check, node, method, target)
        return
    if not _is_plain(target):
        raise check.error(
            node,
            f"'{operator.value}=' would evaluate the parts of this target twice",
            f"bind a local, and write target = target {operator.value} value",
        )
    again = _augmented_target(check, node.target)
    value = check.operand(node.value)
    combined = operators.combine(check, node, operator, again, value)
    value = convert(check, combined, target.type, node)
    if isinstance(target, LocalRef):
        value = aliasing.bound_value(check, node.value, target.local, value)
        check.emit(tree.SetLocal(check.span(node), target.local, value))
        bindings.note_bound(check, target.local, value)
    else:
        stores.finish_store(check, node, target, value, node.value)


def _augmented_by_method(
    check: Checker, node: ast.AugAssign, method: str, target: Expression
) -> None:
    """`target = target.__iadd__(value)`; a struct that returns itself needs no assignment."""
    called = special.call(check, node, target, method, [check.operand(node.value)])
    span = check.span(node)
    if called.type != target.type:
        raise check.error(
            node,
            f"'{method}' gives {described(called.type)}, which becomes the new value",
            "end it with 'return self'",
        )
    if is_place(called.type) and not tree.is_fresh(called):
        check.emit(tree.Evaluate(span, called))
    elif isinstance(target, LocalRef):
        if is_place(called.type) and not target.local.owns:
            raise bindings.ownership_changes(check, node, target.local)
        check.emit(tree.SetLocal(span, target.local, called))
        bindings.note_bound(check, target.local, called)
    elif _is_plain(target):
        stores.finish_store(check, node, _augmented_target(check, node.target), called, node.value)
    else:
        raise check.error(node, "this would evaluate the parts of its target twice", "bind a local")


def _is_plain(place: Expression) -> bool:
    """True if a place can be evaluated twice: locals, variables and fields of them."""
    match place:
        case LocalRef() | tree.VariableRef():
            return True
        case tree.FieldRef(object=base) | tree.Convert(operand=base) | tree.Deref(pointer=base):
            return _is_plain(base)
        case tree.IndexRef(base=base, index=index):
            return _is_plain(base) and (isinstance(index, tree.Literal) or _is_plain(index))
    return False
