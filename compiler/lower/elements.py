"""Elements of lists that are read and written where they lie.

`xs[i]` is a call of `list.__getitem__`, whose result is owned as that of any call, and `xs[i] = x` one of
`list.__setitem__`. Here they become what those functions do, a comparison and a load or a store, so that an element
that is only looked at or moved is not counted (compiler/count), and LLVM sees a loop over a list as one over an array.
Only in programs: elsewhere an index out of range is not an exception.

Most indices count from the front, and one comparison is all that they need. What fails it counts from the end, or is
out of range:

              br index < length (unsigned), element, from_end
    from_end: index + length; refuse unless index < 0 and index + length < length (unsigned); br element
    element:
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compiler import ir, tree
from compiler.ir import I64, PTR, Constant, Op, Predicate, Symbol, Value
from compiler.layout import fields_of, layout_of
from compiler.lower import memory
from compiler.lower.memory import Place
from compiler.lower.representation import is_place, machine_type
from compiler.types import NamedType, OptionalType, Type

if TYPE_CHECKING:
    from collections.abc import Callable

    from compiler.lower.function import FunctionLowering

    Refuse = Callable[
        [Value, Value, Value], None
    ]  # unless a condition holds, of an index and a length

LIST = "core.containers.list.list"
REFUSE_PLACE = "core.containers.list.refuse_place"


def is_read_in_place(f: FunctionLowering, call: tree.Call) -> bool:
    """Return whether a call reads an element of a list that is a machine's value."""
    return _is_of_list(f, call, "__getitem__") and _is_value(call.type)


def is_written_in_place(f: FunctionLowering, call: tree.Call) -> bool:
    """Return whether a call replaces an element of a list that is a machine's value."""
    return _is_of_list(f, call, "__setitem__") and _is_value(call.arguments[2].type)


def _is_of_list(f: FunctionLowering, call: tree.Call, method: str) -> bool:
    return (
        call.function.declaration.name == method
        and not f.unit.options.traps
        and isinstance(call.arguments[0].type, NamedType)
        and call.arguments[0].type.declaration.symbol == LIST
    )


def _is_value(element: Type) -> bool:
    return not is_place(element) and machine_type(element) is not ir.VOID


def read(f: FunctionLowering, call: tree.Call) -> Value:
    """Return an element, or fail.

    index: its place, counted from the end if negative.
    """
    list, index = call.arguments
    object = f.value(list)
    position = f.value(index)

    def refuse(is_there: Value, index: Value, length: Value) -> None:
        f.check(is_there, "BOUNDS", index, length)

    place = _element(f, list, object, position, call.type, refuse)
    if machine_type(call.type) is ir.REF and not isinstance(call.type, OptionalType):
        return f.load(place.address, ir.REF, part=place.part, is_some=True)
    return memory.load_place(f, place)


def write(f: FunctionLowering, call: tree.Call, values: list[Value]) -> None:
    """Replace an element, or fail. `values`: those of the call's arguments."""
    object, position, value = values
    list, _, element = call.arguments
    place = _element(f, list, object, position, element.type, _refuse_place(f))
    memory.store_place(f, place, value)


def _refuse_place(f: FunctionLowering) -> Refuse:
    def refuse(is_there: Value, index: Value, length: Value) -> None:
        there, refused = f.new_blocks("there", "refused")
        f.branch_if(is_there, there, refused, likely=True)
        f.start(refused)
        type = ir.FunctionType((), ir.VOID, None)
        f.unit.declare(REFUSE_PLACE, type)
        f.call(Symbol(PTR, REFUSE_PLACE), type, [])
        f.add(ir.Unreachable())
        f.start(there)

    return refuse


def _element(
    f: FunctionLowering,
    list: tree.Expression,
    object: Value,
    index: Value,
    element: Type,
    refuse: Refuse,
) -> Place:
    """Return where an element of a list is."""
    length, slots = header(f, list.type, object)
    if not isinstance(
        list, tree.LocalRef
    ):  # as a row of a list of lists; of locals, loop_lists.py says it
        say_apart(f, object, slots)
    checked = _checked(f, index, length, refuse)
    address = f.index(slots, checked, layout_of(element).size)
    return Place(address, element, layout_of(element).align, part=ir.ELEMENT)


def header(f: FunctionLowering, list: Type, object: Value) -> tuple[Value, Value]:
    """Load the length of a list, and the address of its storage."""
    fields = fields_of(list)

    def load(name: str, type: ir.IRType) -> Value:
        offset = fields[name].offset
        return f.load(f.offset(object, offset), type, part=ir.field_part(offset))

    return load("used", I64), load("slots", PTR)


def say_apart(f: FunctionLowering, object: Value, slots: Value) -> None:
    """Say that a list's storage is not part of it. This is a use of the storage's address where it is loaded, too, so
    that LLVM does not move the load to behind a check, where no loop can be without it."""
    f.add(ir.Apart(f.offset(object, 0), slots))


def _checked(f: FunctionLowering, index: Value, length: Value, refuse: Refuse) -> Value:
    """Return where the element of an index lies, counted from the front."""
    is_there = f.compare(Predicate.ULT, index, length)
    if isinstance(index, Constant) and index.value >= 0:
        refuse(is_there, index, length)
        return index
    if isinstance(index, Constant):
        counted = f.binary(Op.ADD, index, length)
        refuse(f.compare(Predicate.ULT, counted, length), index, length)
        return counted
    position = f.new_local("position", I64)
    f.set(position, index)
    from_end, element = f.new_blocks("from_end", "element")
    f.branch_if(is_there, element, from_end, likely=True)
    f.start(from_end)
    is_negative = f.compare(Predicate.SLT, index, Constant(I64, 0))
    counted = f.binary(Op.ADD, index, length)
    is_inside = f.compare(Predicate.ULT, counted, length)
    refuse(f.binary(Op.AND, is_negative, is_inside), index, length)
    f.set(position, counted)
    f.continue_at(element)
    return f.get(position)
