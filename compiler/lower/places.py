"""Fresh places: structs and Arrays that an expression makes, built where they are to stay.

`build` puts a fresh value into memory that holds nothing yet and that nobody else sees, part by
part in the order of evaluation. Where somebody may see it (a field that is overwritten, a local that
the expression itself reads) a *flat* value, whose parts are all machine values, is taken apart
first and stored afterwards; any other is built in a temporary and moved. For a struct that holds
references the move leaves the temporary empty, so that nothing is dropped twice.

A call that returns a fresh place gets the address of the memory as a hidden first argument. If the
place holds references, the callee puts nothing there unless it returns.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compiler import ir, tree
from compiler.ir import I64, PTR, Constant, Op, Symbol, Value
from compiler.layout import Field, fields_of, layout_of
from compiler.lower import calls, choices, memory
from compiler.lower.expressions import zero_of
from compiler.lower.function import BUILDERS, builder_of, statement_of, value_of
from compiler.lower.memory import Place, bits_in_place, copy_place
from compiler.lower.representation import holds_references, is_place, machine_type
from compiler.lower.uses import calls as may_call
from compiler.lower.uses import mentions
from compiler.types import ClassKind, Type

if TYPE_CHECKING:
    from compiler.lower.function import FunctionLowering

TABLE_LENGTH = 8  # literal Arrays from this length on are copied from a constant


# Building ------------------------------------------------------------------------------------


def build(f: FunctionLowering, node: tree.Expression, target: Value) -> None:
    """Put a fresh value at `target`, which holds nothing and which `node` cannot see."""
    around = f.span
    f.span = node.span
    BUILDERS[type(node)](f, node, target)
    f.span = around


@builder_of(tree.StructValue)
def _build_struct(f: FunctionLowering, node: tree.StructValue, target: Value) -> None:
    if node.initialiser is not None:
        f.zero_memory(target, layout_of(node.type))
        calls.call_with(
            f,
            node.initialiser,
            node.signature,
            [target, *calls.arguments(f, node.arguments, node.evaluation)],
        )
        return
    if node.type.kind is ClassKind.UNION:
        f.zero_memory(target, layout_of(node.type))
    parts = _parts(f, node, target)
    _store_parts(f, node.type, target, parts)


def _parts(f: FunctionLowering, node: tree.StructValue, target: Value) -> list[_Part]:
    """Evaluate the fields of a struct in order; those that are places are built at once."""
    parts = []
    fields = list(fields_of(node.type).values())
    for index in calls.in_order(node.arguments, node.evaluation):
        field, argument = fields[index], node.arguments[index]
        if argument is None and node.type.kind is ClassKind.UNION:
            continue
        if argument is not None and is_place(field.type):
            build(f, argument, f.offset(target, field.offset))
        else:
            parts.append(_Part(field, f.value(argument) if argument is not None else None))
    return parts


@dataclass
class _Part:
    """A field and its value; None: all its bytes are 0."""

    field: Field
    value: Value | None


def _store_parts(f: FunctionLowering, type: Type, target: Value, parts: list[_Part]) -> None:
    """Store the fields of a struct that holds nothing yet."""
    _store_bit_fields(f, target, [part for part in parts if part.field.bits])
    for part in parts:
        field = part.field
        address = f.offset(target, field.offset)
        if field.bits:
            continue
        if part.value is None and is_place(field.type):
            f.zero_memory(address, layout_of(field.type))
            continue
        value = zero_of(field.type) if part.value is None else part.value
        align = memory.align_at(layout_of(type).align, field.offset)
        memory.store_place(f, Place(address, field.type, align), value, initialises=True)


def _store_bit_fields(f: FunctionLowering, target: Value, parts: list[_Part]) -> None:
    """Store bit-fields that share an integer as that one integer."""
    whole: dict[int, Value] = {}
    for part in parts:
        field, type = part.field, part.field.type
        zero = Constant(machine_type(type), 0)
        bits = zero if part.value is None else bits_in_place(f, type, field, part.value)
        known = whole.get(field.offset)
        whole[field.offset] = bits if known is None else f.binary(Op.OR, known, bits)
    for offset, value in whole.items():
        f.store(f.offset(target, offset), value)


@builder_of(tree.ArrayValue)
def _build_array(f: FunctionLowering, node: tree.ArrayValue, target: Value) -> None:
    if not node.elements:
        f.zero_memory(target, layout_of(node.type))
        return
    if _is_table(node):
        f.copy_memory(target, f.unit.statics.table(node), layout_of(node.type))
        return
    element = node.type.element
    stride = layout_of(element).size
    for number, each in enumerate(node.elements):
        address = f.offset(target, number * stride)
        if is_place(element):
            build(f, each, address)
        else:
            f.store(address, f.value(each), initialises=True)
    if len(node.elements) < node.type.length:
        rest = f.offset(target, len(node.elements) * stride)
        size = (node.type.length - len(node.elements)) * stride
        f.add(ir.MemoryFill(rest, Constant(ir.I8, 0), Constant(I64, size)))


def _is_table(node: tree.ArrayValue) -> bool:
    return len(node.elements) >= TABLE_LENGTH and all(
        isinstance(each, tree.Literal) for each in node.elements
    )


@builder_of(tree.Zero)
def _build_zero(f: FunctionLowering, node: tree.Zero, target: Value) -> None:
    f.zero_memory(target, layout_of(node.type))


@builder_of(tree.Copy)
def _build_copy(f: FunctionLowering, node: tree.Copy, target: Value) -> None:
    _build_second(f, node.operand, target)


@builder_of(tree.LocalRef, tree.FieldRef, tree.IndexRef, tree.Deref, tree.VariableRef)
def _build_second(f: FunctionLowering, node: tree.Expression, target: Value) -> None:
    """A place that exists is copied; a fresh one need not be."""
    if tree.is_fresh(node):
        build(f, node, target)
    else:
        copy_place(f, target, f.address(node), node.type)


@builder_of(tree.Conditional)
def _build_conditional(f: FunctionLowering, node: tree.Conditional, target: Value) -> None:
    yes, no, done = f.new_blocks("then", "else", "done")
    f.branch(node.test, yes, no)
    for block, value in ((yes, node.then), (no, node.other)):
        f.start(block)
        build(f, value, target)
        f.jump(done)
    f.start(done)


@builder_of(tree.Call, tree.VirtualCall, tree.IndirectCall)
def _build_by_call(f: FunctionLowering, node: tree.Expression, target: Value) -> None:
    calls.call_into(f, node, target)


# In a temporary ------------------------------------------------------------------------------


@value_of(tree.StructValue, tree.ArrayValue, tree.Copy)
def in_temporary(f: FunctionLowering, node: tree.Expression) -> Value:
    """Return the address of a fresh place in a temporary."""
    return f.local_address(temporary_with(f, node))


@value_of(tree.Zero)
def lower_zero(f: FunctionLowering, node: tree.Zero) -> Value:
    return in_temporary(f, node) if is_place(node.type) else zero_of(node.type)


def temporary_with(f: FunctionLowering, node: tree.Expression) -> ir.Local:
    local = f.temporary(node.type)
    build(f, node, f.local_address(local))
    return local


# Into locals ---------------------------------------------------------------------------------


@statement_of(tree.SetLocal)
def lower_set_local(f: FunctionLowering, node: tree.SetLocal) -> None:
    set_local(f, node.local, node.value)


def set_local(f: FunctionLowering, local: tree.Local, value: tree.Expression) -> None:
    """Bind a local: an owning place to a fresh value, an alias to an address."""
    if not is_place(local.type) or not local.owns:
        choices.choose(f, value, lambda each: f.write_local(local, each))
    elif _sees_old_value(f, local, value):
        moved = temporary_with(f, value)
        memory.replace_place(f, f.local_place(local), moved, local.type)
    else:
        build(f, value, f.local_place(local))


def _sees_old_value(f: FunctionLowering, local: tree.Local, value: tree.Expression) -> bool:
    """True if building `value` in the local's own storage could be noticed."""
    if local not in f.scope.uses.repeated:
        return False
    if holds_references(local.type):  # what the old value holds ends after the new one is made
        return True
    if f.handler is not None and may_call(value):
        return True
    return mentions(value, local) or local in f.scope.uses.exposed


# Into memory ---------------------------------------------------------------------------------


@statement_of(tree.Store)
def lower_store(f: FunctionLowering, node: tree.Store) -> None:
    """Lower `place = value`: the value first, then the target's parts, then the store."""
    if not is_place(node.value.type):
        value = f.value(node.value)
        memory.store_place(f, f.place(node.target), value)
    elif isinstance(node.value, tree.Copy) and not holds_references(node.value.type):
        source = f.address(node.value.operand)
        f.copy_memory(f.address(node.target), source, layout_of(node.value.type))
    elif _is_flat(node.value):
        parts = _parts(f, node.value, Symbol(PTR, ""))
        _store_parts(f, node.value.type, f.address(node.target), parts)
    else:
        moved = temporary_with(f, node.value)
        memory.replace_place(f, f.address(node.target), moved, node.value.type)


def _is_flat(node: tree.Expression) -> bool:
    """True for a struct of machine values only, which can be taken apart before it is stored."""
    return (
        isinstance(node, tree.StructValue)
        and node.initialiser is None
        and not holds_references(node.type)
        and not any(is_place(field.type) for field in fields_of(node.type).values())
        and node.type.kind is ClassKind.STRUCT
    )


def initialise(f: FunctionLowering, target: Value, type: Type, node: tree.Expression) -> None:
    """Put the value of an expression into memory that holds nothing yet."""
    if is_place(type):
        build(f, node, target)
    else:
        memory.store_place(
            f, Place(target, type, layout_of(type).align), f.value(node), initialises=True
        )


# Unpacking -----------------------------------------------------------------------------------


@statement_of(tree.Unpack)
def lower_unpack(f: FunctionLowering, node: tree.Unpack) -> None:
    """Lower `a, b = value`: all items first, then store them left to right."""
    value = f.value(node.value)
    items = [f.extract(value, index) for index in range(len(node.targets))]
    for item, target in zip(items, node.targets, strict=True):
        if not is_place(target.type):
            memory.store_place(f, f.place(target), item)
        elif isinstance(target, tree.LocalRef) and not target.local.owns:
            f.write_local(target.local, item)
        else:
            moved = f.temporary(target.type)
            copy_place(f, f.local_address(moved), item, target.type)
            memory.replace_place(f, f.address(target), moved, target.type)
