"""Augmented assignment: `target op= value` (Python Language Reference, section 7.2.1).

Of numbers it is one node: the parts of the target are evaluated once. Of objects it is their
`__iadd__` or the like; of what is left, `target = target op value`.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler import tree
from compiler.check import (
    aliasing,
    bindings,
    calls,
    containers,
    generics,
    names,
    operators,
    presence,
    special,
    stores,
    subscripts,
    tallies,
    texts,
    value_unions,
    values,
)
from compiler.check.checker import statement_of
from compiler.check.conversions import convert, described
from compiler.declare import Member
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
    target = _target(check, node, operator)
    if target is None:
        return
    if stores.is_frozen(check, node.target, target):
        stores.refuse_frozen(check, node.target, target, check.operand(node.value))
        return
    by_function = isinstance(target.type, FloatType) and operator in operators.FLOAT_FUNCTIONS
    if target.type is BOOL or by_function or not _is_number(target.type):
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
    else:  # flags: their bits
        bits = combined.operand.right
        update = tree.Update(check.span(node), target, operator, bits, Arithmetic.FIXED)
    check.emit(update)
    if isinstance(target, LocalRef):
        check.flow.forget(target.local)


def _target(
    check: Checker, node: ast.AugAssign, operator: tree.BinaryOperator
) -> Expression | None:
    """Return the target as the value that is read and the place that is written; None if it is read
    and written by methods, and the whole statement is emitted."""
    match node.target:
        case ast.Subscript(slice=index) if not isinstance(index, ast.Slice):
            base = check.operand(node.target.value)
            base = presence.operand(
                check, node.target, base, "'NoneType' object is not subscriptable"
            )
            setter = special.find(check, base.type, "__setitem__")
            if setter is not None:
                _update_item(check, node, operator, base, setter)
                return None
            return stores.as_place(check, node.target, subscripts.element(check, node.target, base))
        case ast.Attribute():
            read = check.operand(node.target)
            if isinstance(read, tree.Call | tree.VirtualCall):
                base = check.operand(node.target.value)
                getter, setter = stores.accessors(check, node.target, base)
                _update_by_calls(check, node, operator, base, getter, setter, [])
                return None
            return stores.as_place(check, node.target, read)
        case ast.Name():
            return _named_target(check, node.target)
    return stores.place_of(check, node.target)


def _update_item(
    check: Checker,
    node: ast.AugAssign,
    operator: tree.BinaryOperator,
    base: Expression,
    setter: Member,
) -> None:
    """`object[index] op= value` by `__getitem__` and `__setitem__`; the index once."""
    getter = special.find(check, base.type, "__getitem__")
    if getter is None:
        raise check.error(node.target, f"{described(base.type)} has no '__getitem__'")
    known = calls.known_of(setter)
    index_type = generics.substituted(setter.declaration.parameters[1].type, known)
    index = values.held(check, node.target, check.expression(node.target.slice, index_type))
    if tallies.add_to(check, node, operator, base, index):
        return
    _update_by_calls(check, node, operator, base, getter, setter, [index])


def _update_by_calls(
    check: Checker,
    node: ast.AugAssign,
    operator: tree.BinaryOperator,
    base: Expression,
    getter: Member,
    setter: Member,
    arguments: list[Expression],
) -> None:
    """`base.set(*arguments, base.get(*arguments) op value)`."""
    base = values.held(check, node.target, base)
    read = calls.method_with_values(check, node, base, getter, arguments)
    method = f"__i{operators.METHODS[operator]}__" if operator in operators.METHODS else ""
    if method and special.find(check, read.type, method) is not None:
        combined = _changed(check, node, method, read)
    elif method and _changes_held(check, node, method, read):
        return
    else:
        combined = operators.combine(check, node, operator, read, check.operand(node.value))
    further = [values.again(each) for each in arguments]
    call = calls.method_with_values(check, node, values.again(base), setter, [*further, combined])
    call.evaluation = [len(call.arguments) - 1, *range(len(call.arguments) - 1)]
    check.emit(tree.Evaluate(check.span(node), call))


def _is_number(type: Type) -> bool:
    return isinstance(type, IntType | FloatType) or is_enum(type)


def _named_target(check: Checker, node: ast.Name) -> Expression:
    """A local, or a variable of the module that is declared `global`."""
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
    value = value_unions.held_by(check.operand(node))
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
    again = check.operand(node.target)
    if _changes_held(check, node, method, again):
        return
    value = check.operand(node.value)
    combined = operators.combine(check, node, operator, again, value)
    value = convert(check, combined, target.type, node)
    if isinstance(target, LocalRef):
        value = aliasing.bound_value(check, node.value, target.local, value)
        value = texts.extended(check, target.local, value)
        check.emit(tree.SetLocal(check.span(node), target.local, value))
        bindings.note_bound(check, target.local, value)
    else:
        stores.finish_store(check, node, target, value, node.value)


def _changes_held(check: Checker, node: ast.AugAssign, method: str, value: Expression) -> bool:
    """Change what a union holds in its place, and return True; False if that is nothing to be changed."""
    if special.find(check, value.type, method) is not None:
        check.emit(tree.Evaluate(check.span(node), _changed(check, node, method, value)))
        return True
    for type in value_unions.members(value.type).values():
        if special.find(check, type, method) is not None:
            raise check.error(
                node,
                f"a '{type}' is changed where it is, another value of '{value.type}' is not",
                f"ask isinstance({check.text(node.target)}, ...) first",
            )
    return False


def _augmented_by_method(
    check: Checker, node: ast.AugAssign, method: str, target: Expression
) -> None:
    """`target = target.__iadd__(value)`; a struct that returns itself needs no assignment."""
    called = _changed(check, node, method, target)
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
        again = stores.as_place(check, node, check.operand(node.target))
        stores.finish_store(check, node, again, called, node.value)
    else:
        raise check.error(node, "this would evaluate the parts of its target twice", "bind a local")


def _changed(check: Checker, node: ast.AugAssign, method: str, target: Expression) -> Expression:
    """Return `target.__iadd__(value)`; a list and a deque take what any iterable gives."""
    member = special.find(check, target.type, method)
    wanted = member.declaration.parameters[1].type
    if method == "__iadd__" and containers.is_container(wanted, "list"):
        value = containers.as_list(check, node.value, target.type.arguments[0])
    else:
        value = check.operand(node.value)
    return special.call(check, node, target, method, [value])


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
