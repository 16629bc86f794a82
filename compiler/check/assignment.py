"""Assignment: binding locals, storing into places, unpacking, augmented assignment.

The first binding of a local fixes its type, or its annotation does; a later value that does not fit
is an error that names both places. A local of struct or Array type owns its storage if its first
value is fresh, and is an alias if that denotes a place; it never changes from one to the other.

A store evaluates its value first and then the parts of its target, as Python does. Since the target's
type is what the value is checked against, the target is checked first; should the value contain a
call that ends what tests had proved of the target, the target is checked again after it.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler import tree
from compiler.check import (
    aliasing,
    calls,
    construction,
    generics,
    initialisation,
    members,
    names,
    narrowing,
    operators,
    replacing,
    special,
    subscripts,
    values,
)
from compiler.check.checker import Poisoned, statement_of
from compiler.check.conversions import (
    LITERAL,
    conversion_hint,
    convert,
    described,
    settle,
    try_convert,
)
from compiler.check.flow import path_of
from compiler.declare import Member, Place
from compiler.source import Note
from compiler.tree import Arithmetic, Expression, Local, LocalRef
from compiler.types import (
    BOOL,
    BROKEN,
    BYTES,
    FORMAT,
    NEVER,
    NONE,
    ArrayType,
    BitsType,
    FloatType,
    FunctionInstance,
    GeneratorType,
    IntType,
    OptionalType,
    PointerType,
    SliceType,
    TupleType,
    Type,
    VariableDeclaration,
    is_enum,
    is_place,
)

if TYPE_CHECKING:
    from compiler.check.checker import Checker


@statement_of(ast.Assign)
def assign(check: Checker, node: ast.Assign) -> None:
    """`target = value`, `a = b = value` (Python Language Reference, section 7.2)."""
    if len(node.targets) > 1:
        _assign_several(check, node)
    else:
        assign_to(check, node.targets[0], node.value)


def assign_to(check: Checker, target: ast.expr, value: ast.expr) -> None:
    """Check one assignment, and emit it."""
    if isinstance(value, ast.Yield | ast.YieldFrom | ast.Await):
        raise check.error(value, "'yield' is a statement", "write it on a line of its own")
    match target:
        case ast.Name():
            _assign_name(check, target, value)
        case ast.Attribute() | ast.Subscript():
            _assign_place(check, target, value)
        case ast.Tuple(elts=targets) | ast.List(elts=targets):
            unpack(check, target, targets, value)
        case ast.Starred():
            raise check.error(target, "a starred name stands among others")
        case _:
            raise check.error(target, "this cannot be assigned to")


def _assign_several(check: Checker, node: ast.Assign) -> None:
    """`a = b = value`: the value once, then the targets left to right."""
    value = _settled_value(check, node.value, check.operand(node.value))
    if is_place(value.type):
        raise check.error(
            node,
            "each of these names would need a value of its own",
            "write one assignment for each, with copy(...)",
        )
    first = values.held(check, node.value, value)
    for number, target in enumerate(node.targets):
        store_value(check, target, first if number == 0 else values.again(first), node.value)


# Locals --------------------------------------------------------------------------------------


def _assign_name(check: Checker, target: ast.Name, value_node: ast.expr) -> None:
    variable = check.globals_declared.get(target.id)
    if variable is not None:
        _store(check, tree.VariableRef(check.span(target), variable.type, variable), value_node)
        return
    local = bindable(check, target)
    if local is None:
        value = check.operand(value_node)
    else:
        value = check.operand(value_node, local.type)
    bind(check, target, value, value_node)


def bindable(check: Checker, target: ast.Name) -> Local | None:
    """Return the local that a name to be bound already is; None if this is its first binding."""
    name = target.id
    local = check.names.get(name)
    if local is not None:
        if local.type is BROKEN:
            raise Poisoned(check.span(target), "")
        return local
    used = check.globals_used.get(name)
    if used is not None and name not in check.poisoned:
        variable = isinstance(names.lookup(check, name), VariableDeclaration)
        raise check.error(
            target,
            f"'{name}' is bound here, which makes it a local of the whole function",
            f"write 'global {name}' first to set the module's variable"
            if variable
            else "choose another name",
            (Note(check.span(used), "but here it is used as a name of the module"),),
        )
    return None


def bind(check: Checker, target: ast.Name, value: Expression, value_node: ast.AST) -> Local:
    """Bind a local to a value that is checked, and emit it."""
    local, value = bound_local(check, target, value, value_node)
    check.emit(tree.SetLocal(check.span(target), local, value))
    note_bound(check, local, value)
    return local


def bound_local(
    check: Checker, target: ast.Name, value: Expression, value_node: ast.AST
) -> tuple[Local, Expression]:
    """Return the local that a name stands for, and the value converted for it."""
    local = bindable(check, target)
    if local is None:
        value = _settled_value(check, value_node, value)
        owns = not is_place(value.type) or tree.is_fresh(value)
        local = check.new_local(target.id, value.type, target, owns=owns)
        check.poisoned.discard(target.id)
    else:
        value = _fitting(check, target, local, value, value_node)
    return local, aliasing.bound_value(check, value_node, local, value)


def note_bound(check: Checker, local: Local, value: Expression) -> None:
    """From here on the local has this value."""
    flow = check.flow
    flow.forget(local)
    replacing.aliased(check, local, value)
    flow.bound.add(local)
    if isinstance(local.type, OptionalType):
        narrowing.assigned(check, local, value)


def _settled_value(check: Checker, node: ast.AST, value: Expression) -> Expression:
    """Return the value of a first binding: its type is that of the local."""
    type = value.type
    if type is LITERAL:
        return settle(check, value)
    if type is NONE:
        if isinstance(value, tree.Literal):
            raise check.error(
                node,
                "None alone does not say what type the local has",
                "write 'name: T | None = None'",
            )
        raise check.error(node, "this call returns nothing", "call it on a line of its own")
    if type is NEVER:
        raise check.error(node, "this never returns, so nothing is bound")
    if isinstance(type, GeneratorType):
        raise check.error(
            node, "a generator is consumed where it is made", "write 'for item in ...:'"
        )
    if type is FORMAT and not isinstance(value, LocalRef):
        raise check.error(
            node, "a Format is expanded where it is passed", "pass the f-string itself"
        )
    return value


def _fitting(
    check: Checker, target: ast.Name, local: Local, value: Expression, node: ast.AST
) -> Expression:
    """Return a later value of a local as its type."""
    converted = try_convert(check, value, local.type)
    if converted is None:
        note = Note(local.span, f"'{local.name}' got its type here: {described(local.type)}")
        hint = conversion_hint(check, value, local.type, node)
        if isinstance(value.type, OptionalType) and value.type.inner == local.type:
            hint = f"declare it as '{local.name}: {value.type}' where it gets its first value"
        elif value.type is NONE:
            hint = f"declare it as '{local.name}: {local.type} | None'"
        raise check.error(
            node,
            f"'{local.name}' is {described(local.type)}, and this is {described(value.type)}",
            hint,
            (note,),
        )
    if is_place(local.type) and local.owns != tree.is_fresh(converted):
        raise ownership_changes(check, node, local)
    if is_place(local.type) and local.owns:
        _check_rebound(check, node, local)
    return converted


def ownership_changes(check: Checker, node: ast.AST, local: Local):
    text = check.text(node)
    if local.is_parameter:
        return check.error(
            node,
            f"the parameter '{local.name}' is the caller's struct and cannot become another one",
            "bind a local of another name",
        )
    note = (Note(local.span, "its first value"),)
    if local.owns:
        return check.error(
            node,
            f"'{local.name}' holds a value of its own, and this would make it an alias of '{text}'",
            f"write copy({text}), or choose another name",
            note,
        )
    return check.error(
        node,
        f"'{local.name}' is an alias of a place, and this is a fresh value",
        "choose another name for it",
        note,
    )


def _check_rebound(check: Checker, node: ast.AST, local: Local) -> None:
    if members.is_pinned(local.type) and check.flow.is_bound(local):
        raise check.error(
            node,
            f"'{local.type}' is pinned, so '{local.name}' cannot get another value",
            "choose another name",
            (Note(local.span, "its first value"),),
        )


@statement_of(ast.AnnAssign)
def annotated(check: Checker, node: ast.AnnAssign) -> None:
    """`name: T = value`, `name: T` (section 7.2.2)."""
    target = node.target
    if not isinstance(target, ast.Name):
        if node.value is None:
            raise check.error(node, "a field is declared in its class", "write it there")
        assign_to(check, target, node.value)
        return
    type = check.type_of(node.annotation, place=Place.LOCAL)
    local = bindable(check, target)
    if local is not None and local.type != type:
        raise check.error(
            node.annotation,
            f"'{target.id}' is {described(local.type)} already",
            "one name has one type in a function",
            (Note(local.span, "it got its type here"),),
        )
    if node.value is None:
        if local is None:
            check.new_local(target.id, type, target, owns=True)
        return
    value = check.expression(node.value, type)
    if local is None:
        owns = not is_place(type) or tree.is_fresh(value)
        local = check.new_local(target.id, type, target, owns=owns)
    check.poisoned.discard(target.id)
    bind(check, target, value, node.value)


# Places --------------------------------------------------------------------------------------


def _assign_place(
    check: Checker, target: ast.Attribute | ast.Subscript, value_node: ast.expr
) -> None:
    """`object.name = value`, `base[index] = value`."""
    losses = check.losses
    if isinstance(target, ast.Subscript):
        if isinstance(target.slice, ast.Slice):
            _store_range(check, target, value_node)
            return
        base = check.operand(target.value)
        setter = special.find(check, base.type, "__setitem__")
        if setter is not None:
            _store_item(check, target, setter, value_node)
            return
        place = as_place(check, target, subscripts.element(check, target, base))
    else:
        read = check.operand(target)
        if isinstance(read, tree.Call | tree.VirtualCall):
            _store_property(check, target, read, value_node)
            return
        place = as_place(check, target, read)

    value = place_value(check, place, value_node)
    if check.losses != losses:
        place = place_of(check, target)
    finish_store(check, target, place, value, value_node)


def _store(check: Checker, place: Expression, value_node: ast.expr) -> None:
    value = place_value(check, place, value_node)
    finish_store(check, value_node, place, value, value_node)


def place_value(check: Checker, place: Expression, node: ast.expr) -> Expression:
    """Check a value to be stored into a place."""
    if isinstance(place, tree.FieldRef) and isinstance(place.field.type, BitsType):
        return construction.bits_value(check, node, place.field.type)
    return check.expression(node, place.type)


def finish_store(
    check: Checker, node: ast.AST, place: Expression, value: Expression, value_node: ast.AST
) -> None:
    """Emit the store of a checked value, and forget what was known of the place."""
    value = aliasing.stored(check, value_node, value, node)
    if members.is_pinned(place.type) and not isinstance(place, LocalRef):
        _check_pinned_store(check, node, place)
    aliasing.check_stored_view(check, value_node, value, place)
    check.emit(tree.Store(check.span(node), place, value))
    flow = check.flow
    if check.initialisation is not None:
        initialisation.stored(check, place)
    if is_place(place.type):
        replacing.replaced(check, check.span(node), place)
    if is_place(place.type) or isinstance(place, tree.Deref | tree.IndexRef):
        narrowing.forget_memory(check, node)
    elif isinstance(place, tree.FieldRef):
        flow.forget_field(place.field.name)
    elif isinstance(place, tree.VariableRef):
        flow.forget_variable(place.variable)
    if isinstance(place.type, OptionalType):
        path = path_of(place)
        if path is not None:
            narrowing.assigned(check, path, value)


def _check_pinned_store(check: Checker, node: ast.AST, place: Expression) -> None:
    """What is pinned is made once, by the `__init__` of its owner."""
    in_init = check.name == "__init__" and isinstance(place, tree.FieldRef)
    if not in_init:
        raise check.error(
            node,
            f"'{place.type}' is pinned: what uses it knows its address, so it is not replaced",
            "reset its fields instead",
        )


def place_of(check: Checker, node: ast.Attribute | ast.Subscript) -> Expression:
    """Check the target of a store: a place as it is declared, whatever tests have proved of it."""
    return as_place(check, node, check.operand(node))


def as_place(check: Checker, node: ast.AST, place: Expression) -> Expression:
    """Return what was read from a place as the place itself, which can be stored to."""
    while isinstance(place, tree.Convert) and place.conversion in _PROVED:
        place = place.operand
    match place:
        case tree.FieldRef() | tree.Deref() | tree.VariableRef():
            pass
        case tree.IndexRef(base=base) if base.type is not BYTES:
            pass
        case tree.IndexRef() | tree.TupleItem():
            raise check.error(node, f"{described(_base(place).type)} cannot be changed")
        case tree.Literal() | tree.StaticRef() | tree.StringLiteral():
            raise check.error(node, f"'{check.text(node)}' is a constant")
        case _:
            raise check.error(node, f"'{check.text(node)}' cannot be assigned to")
    _check_writable(check, node, place)
    return place


_PROVED = (tree.Conversion.UNWRAP, tree.Conversion.DOWNCAST)


def _base(place: Expression) -> Expression:
    return place.tuple if isinstance(place, tree.TupleItem) else place.base


def _check_writable(check: Checker, node: ast.AST, place: Expression) -> None:
    type = place.type
    word = getattr(type, "word", "")
    if word in ("Atomic", "Volatile", "Rcu", "PerCpu"):
        if check.name == "__init__" and word != "PerCpu":
            return
        raise check.error(
            node, f"'{word}' is set by its method", f"write {check.text(node)}.store(...)"
        )
    if isinstance(place, tree.FieldRef) and not isinstance(place.object.type, PointerType):
        base = place.object
        if is_place(base.type) and tree.is_fresh(base):
            raise check.error(
                node,
                "this sets a field of a value that is gone at once",
                "bind it to a local first",
            )


def _store_range(check: Checker, target: ast.Subscript, value_node: ast.expr) -> None:
    """`base[start:stop] = values`: as many values as the range has places."""
    call = ast.Call(ast.Attribute(target, "copy_from", ast.Load()), [value_node], [])
    ast.copy_location(call, target)
    ast.copy_location(call.func, target)
    check.emit(tree.Evaluate(check.span(target), check.operand(call)))


def _store_item(
    check: Checker, target: ast.Subscript, setter: Member, value_node: ast.expr
) -> None:
    """`base[index] = value` by `__setitem__`."""
    known = calls.known_of(setter)
    index_type, value_type = (
        generics.substituted(each.type, known) for each in setter.declaration.parameters[1:3]
    )
    value = check.expression(value_node, value_type)
    base = check.operand(target.value)
    index = check.operand(target.slice, index_type)
    call = calls.method_with_values(check, target, base, setter, [index, value])
    call.evaluation = [2, 0, 1]
    check.emit(tree.Evaluate(check.span(target), call))


def _store_property(
    check: Checker,
    target: ast.Attribute,
    read: tree.Call | tree.VirtualCall,
    value_node: ast.expr,
) -> None:
    """`object.name = value` where reading `object.name` calls the getter of a property."""
    getter = read.function if isinstance(read, tree.Call) else read.method
    setter = getter.declaration.setter
    if setter is None:
        raise check.error(
            target, f"'{target.attr}' has no setter", f"define it with @{target.attr}.setter"
        )
    value_type = check.unit.signature(FunctionInstance(setter, getter.arguments)).parameters[1]
    value = check.expression(value_node, value_type)
    receiver = check.operand(target.value)
    type = receiver.type.target if isinstance(receiver.type, PointerType) else receiver.type
    owner = members.find(check, type, target.attr).owner
    call = calls.method_with_values(check, target, receiver, Member(owner, setter), [value])
    call.evaluation = [1, 0]
    check.emit(tree.Evaluate(check.span(target), call))


def store_value(check: Checker, target: ast.expr, value: Expression, value_node: ast.AST) -> None:
    """Assign a value that is checked already: to an item of an unpacking, a loop's target."""
    match target:
        case ast.Name() if target.id not in check.globals_declared:
            bind(check, target, value, value_node)
        case ast.Tuple(elts=targets) | ast.List(elts=targets):
            _unpack_value(check, target, targets, value, value_node)
        case ast.Name():
            variable = check.globals_declared[target.id]
            place = tree.VariableRef(check.span(target), variable.type, variable)
            value = convert(check, value, place.type, value_node)
            finish_store(check, target, place, value, value_node)
        case ast.Attribute() | ast.Subscript():
            place = place_of(check, target)
            value = convert(check, value, place.type, value_node)
            finish_store(check, target, place, value, value_node)
        case _:
            raise check.error(target, "this cannot be assigned to")


# Unpacking -----------------------------------------------------------------------------------


def unpack(check: Checker, node: ast.expr, targets: list[ast.expr], value_node: ast.expr) -> None:
    """`a, b = value`: all values first, then the targets left to right (section 7.2)."""
    starred = [target for target in targets if isinstance(target, ast.Starred)]
    if isinstance(value_node, ast.Tuple | ast.List) and not starred:
        if any(isinstance(each, ast.Starred) for each in value_node.elts):
            raise check.error(value_node, "a tuple lists its items", "write each one out")
        if len(value_node.elts) != len(targets):
            raise _wrong_count(check, node, len(targets), len(value_node.elts))
        _unpack_items(check, node, targets, value_node)
        return
    value = check.operand(value_node)
    _unpack_value(check, node, targets, value, value_node)


def _unpack_items(
    check: Checker, node: ast.expr, targets: list[ast.expr], value_node: ast.Tuple
) -> None:
    """`a, b = x, y`: each value has its own target, so each is converted for it."""
    values_made = []
    for target, item in zip(targets, value_node.elts, strict=True):
        hint = _type_of_target(check, target)
        value = check.operand(item) if hint is None else check.expression(item, hint)
        value = _settled_value(check, item, value) if value.type is LITERAL else value
        if is_place(value.type):
            value = aliasing.stored(check, item, value, target)
        values_made.append(value)
    type = TupleType(tuple(value.type for value in values_made))
    whole = tree.TupleValue(check.span(value_node), type, values_made)
    _unpack_value(check, node, targets, whole, value_node)


def _type_of_target(check: Checker, target: ast.expr) -> Type | None:
    """Return the type of a target that has one already."""
    match target:
        case ast.Name(id=name) if name in check.globals_declared:
            return check.globals_declared[name].type
        case ast.Name(id=name):
            local = check.names.get(name)
            return local.type if local is not None and local.type is not BROKEN else None
        case ast.Attribute() | ast.Subscript():
            return place_of(check, target).type
    return None


def _unpack_value(
    check: Checker,
    node: ast.expr,
    targets: list[ast.expr],
    value: Expression,
    value_node: ast.AST,
) -> None:
    """Store the items of a tuple. Items that a store would have to convert, and targets that are
    unpacked themselves, go through hidden locals."""
    items = _items(check, node, targets, value, value_node)
    span = check.span(node)
    direct = all(
        isinstance(target, ast.Name) and target.id not in check.globals_declared
        for target in targets
    )
    places: list[Expression] = []
    if direct:
        for target, type in zip(targets, items, strict=True):
            item = tree.TupleItem(span, type, value, 0)
            local, converted = bound_local(check, target, item, value_node)
            if converted is not item:
                direct = False
                break
            places.append(LocalRef(check.span(target), local.type, local))
    if direct:
        check.emit(tree.Unpack(span, value, places))
        for place, type in zip(places, items, strict=True):
            note_bound(check, place.local, tree.TupleItem(span, type, value, 0))
        return

    local = check.hidden_local("items", value.type, node)
    check.emit(tree.SetLocal(span, local, value))
    for number, (target, type) in enumerate(zip(targets, items, strict=True)):
        whole = LocalRef(span, local.type, local)
        store_value(check, target, tree.TupleItem(span, type, whole, number), value_node)


def _items(
    check: Checker,
    node: ast.expr,
    targets: list[ast.expr],
    value: Expression,
    value_node: ast.AST,
) -> tuple[Type, ...]:
    """Return the types of the items of a tuple that is to be unpacked."""
    for target in targets:
        if isinstance(target, ast.Starred):
            raise check.error(
                target,
                "a starred name makes a list, which the kernel's language does not have",
                "take a view of the rest: rest = values[1:]",
            )
    if not isinstance(value.type, TupleType):
        hint = ""
        if isinstance(value.type, SliceType | ArrayType):
            hint = "index it: a, b = s[0], s[1]"
        elif isinstance(value.type, OptionalType):
            hint = "it may be None; bind a local and test that first"
        raise check.error(value_node, f"{described(value.type)} cannot be unpacked", hint)
    if len(value.type.items) != len(targets):
        raise _wrong_count(check, node, len(targets), len(value.type.items))
    return value.type.items


def _wrong_count(check: Checker, node: ast.AST, targets: int, items: int):
    return check.error(node, f"{items} values cannot be unpacked into {targets} targets")


# Augmented assignment ------------------------------------------------------------------------


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
        return place_of(check, node)
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
        note_bound(check, target.local, value)
    else:
        finish_store(check, node, target, value, node.value)


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
            raise ownership_changes(check, node, target.local)
        check.emit(tree.SetLocal(span, target.local, called))
        note_bound(check, target.local, called)
    elif _is_plain(target):
        finish_store(check, node, _augmented_target(check, node.target), called, node.value)
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
