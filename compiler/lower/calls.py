"""Calls: direct, virtual, through a Callable or a code address; new objects.

A parameter that is a place gets an address: of the place, or of a temporary with a fresh value. A
fresh place comes back in memory whose address is a hidden first argument.

A virtual call loads the code's address from the vtable of the receiver's class. A Callable is code
and environment, and the code takes the environment first (closures.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compiler import ir, tree
from compiler.ir import PTR, REF, Cast, Constant, FunctionType, Symbol, Value, type_info_symbol
from compiler.layout import fields_of, object_layout
from compiler.lower import elements, memory, places
from compiler.lower.function import none_value, value_of
from compiler.lower.representation import (
    callable_function_type,
    callable_signature,
    function_type,
    is_place,
    machine_type,
    returns_place,
)
from compiler.source import CompileError
from compiler.types import (
    NONE,
    CFunctionType,
    Effect,
    FunctionInstance,
    Signature,
)

if TYPE_CHECKING:
    from compiler.lower.function import FunctionLowering
    from compiler.types import NamedType

OBJECT_TYPE = 8  # offset of the TypeInfo's address in an object's header
VTABLE = 56  # offset of the first slot in a TypeInfo


# Arguments and results -----------------------------------------------------------------------


def arguments(
    f: FunctionLowering, nodes: list[tree.Expression], evaluation: list[int] | None = None
) -> list[Value]:
    """Evaluate arguments in `evaluation` order (their own, if None); those of type None vanish."""
    values: dict[int, Value] = {}
    for index in in_order(nodes, evaluation):
        node = nodes[index]
        values[index] = f.address(node) if is_place(node.type) else f.value(node)
    return [values[index] for index, node in enumerate(nodes) if node.type is not NONE]


def in_order(nodes: list[tree.Expression | None], evaluation: list[int] | None) -> list[int]:
    """Return the places of arguments as they are evaluated: those that the source orders by keyword,
    then what it leaves out."""
    first = evaluation or []
    return [*first, *(index for index in range(len(nodes)) if index not in first)]


@value_of(tree.Call, tree.VirtualCall, tree.IndirectCall)
def lower_call(f: FunctionLowering, node: tree.Expression) -> Value:
    """Return a call's value; of a fresh place, the address of the temporary that it is in."""
    if returns_place(_signature(node)):
        local = f.temporary(node.type)
        address = f.local_address(local)
        call_into(f, node, address)
        return address
    return _LOWERED[type(node)](f, node, None)


def call_into(f: FunctionLowering, node: tree.Expression, target: Value) -> None:
    """Let a call that returns a fresh place build it at `target`."""
    _LOWERED[type(node)](f, node, target)


def _signature(node: tree.Expression) -> Signature:
    if isinstance(node, tree.IndirectCall):
        return callable_signature(node.signature)
    return node.signature


def _finish(
    f: FunctionLowering,
    callee: Value,
    type: FunctionType,
    values: list[Value],
    target: Value | None,
    **how: object,
) -> Value:
    if target is not None:
        values = [target, *values]
    result = f.call(callee, type, values, **how)
    return result if type.result is not ir.VOID else none_value()


# Direct calls --------------------------------------------------------------------------------


def _lower_direct(f: FunctionLowering, node: tree.Call, target: Value | None) -> Value:
    if elements.is_read_in_place(f, node):
        return elements.read(f, node)
    if elements.is_code_in_place(f, node):
        return elements.character_code(f, node)
    values = arguments(f, node.arguments, node.evaluation)
    if elements.is_written_in_place(f, node):
        elements.write(f, node, values)
        return none_value()
    if elements.is_appended_in_place(f, node):
        elements.append(f, node, values)
        return none_value()
    if node.function.declaration.is_generator:
        return _make_generator(f, node, values)
    result = call_with(f, node.function, node.signature, values, target)
    if node.type is tree.NEVER:
        f.add(ir.Unreachable())
    return result


def _make_generator(f: FunctionLowering, node: tree.Call, values: list[Value]) -> Value:
    """Return a generator that no loop consumes there and then, as an object."""
    from compiler.lower import generator_objects

    if f.options.traps:
        raise CompileError(
            node.span, "a generator is consumed where it is made", "write 'for item in ...:'"
        )
    function = f.unit.generator(node.function)
    assert function is not None, "check asks for each generator that is called"
    return generator_objects.make(f, function, values)


def call_with(
    f: FunctionLowering,
    function: FunctionInstance,
    signature: Signature,
    values: list[Value],
    target: Value | None = None,
) -> Value:
    """Call a function with values that are already there."""
    type = instance_type(function, signature)
    f.unit.declare(function.symbol, type)
    return _finish(f, Symbol(PTR, function.symbol), type, values, target)


def instance_type(function: FunctionInstance, signature: Signature) -> FunctionType:
    """Return the machine's type of a function; whether it raises is known if it promises not to."""
    declaration = function.declaration
    silent = (
        Effect.NO_RAISE in declaration.effects
        or declaration.export is not None
        or declaration.naked
        or declaration.interrupt
    )
    return function_type(signature, may_raise=False if silent else None)


# Virtual and indirect calls ------------------------------------------------------------------


def _lower_virtual(f: FunctionLowering, node: tree.VirtualCall, target: Value | None) -> Value:
    values = arguments(f, node.arguments, node.evaluation)
    type_info = f.load(f.offset(values[0], OBJECT_TYPE), PTR)
    code = f.load(f.offset(type_info, VTABLE + 8 * node.slot), PTR, invariant=True)
    type = instance_type(node.method, node.signature)
    may_raise = True if type.may_raise is None else type.may_raise
    type = FunctionType(type.parameters, type.result, may_raise)
    return _finish(f, code, type, values, target, method=node.method.symbol)


def _lower_indirect(f: FunctionLowering, node: tree.IndirectCall, target: Value | None) -> Value:
    callee = f.value(node.callee)
    values = arguments(f, node.arguments)
    if isinstance(node.signature, CFunctionType):
        type = function_type(callable_signature(node.signature), may_raise=False)
        return _finish(f, callee, type, values, target)
    environment = f.convert(Cast.BORROW, f.extract(callee, 1), PTR)
    if target is not None:
        values = [target, *values]
    type = callable_function_type(callable_signature(node.signature))
    silent = Effect.NO_RAISE in node.signature.effects
    return _finish(f, f.extract(callee, 0), type, [environment, *values], None, silent=silent)


_LOWERED = {
    tree.Call: _lower_direct,
    tree.VirtualCall: _lower_virtual,
    tree.IndirectCall: _lower_indirect,
}


# New objects ---------------------------------------------------------------------------------


@value_of(tree.New)
def lower_new(f: FunctionLowering, node: tree.New) -> Value:
    """Lower `Class(...)`: the arguments, a zeroed object, its `__init__` or its fields."""
    type_info = type_info_symbol(node.type.symbol)
    size = object_layout(node.type)[0].size
    if node.initialiser is None:
        return _new_with_fields(f, node, type_info, size)
    values = arguments(f, node.arguments, node.evaluation)
    made = f.add(ir.New(type_info, size, type=REF))
    _say_empty(f, node.type, made)
    call_with(f, node.initialiser, node.signature, [made, *values])
    return made


def _say_empty(f: FunctionLowering, type: NamedType, made: Value) -> None:
    """Store None in the fields of a new object that are references. They hold it already, but where `__init__` becomes
    part of its caller, LLVM sees that what it replaces need not be released, and leaves out these stores, too."""
    if f.options.traps or f.options.checked:
        return
    for field in fields_of(type).values():
        if not is_place(field.type) and machine_type(field.type) is REF:
            address = f.offset(made, field.offset)
            none = Constant(REF, 0)
            f.store(address, none, initialises=True, part=ir.field_part(field.offset))


def _new_with_fields(f: FunctionLowering, node: tree.New, type_info: str, size: int) -> Value:
    """Lower the constructor of a dataclass. A field that is a place is built inside the object."""
    fields = list(fields_of(node.type).values())
    order = in_order(node.arguments, node.evaluation)
    pairs = [(fields[n], node.arguments[n]) for n in order if node.arguments[n] is not None]
    values = {} if any(is_place(field.type) for field, _ in pairs) else _each_value(f, pairs)
    made = f.add(ir.New(type_info, size, type=REF))
    for field, argument in pairs:
        address = f.offset(made, field.offset)
        if field.name in values:
            place = memory.Place(address, field.type, memory.OBJECT_ALIGN)
            memory.store_place(f, place, values[field.name], initialises=True)
        else:
            places.initialise(f, address, field.type, argument)
    return made


def _each_value(f: FunctionLowering, pairs: list) -> dict[str, Value]:
    return {field.name: f.value(argument) for field, argument in pairs}
