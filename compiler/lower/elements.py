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


def is_appended_in_place(f: FunctionLowering, call: tree.Call) -> bool:
    """Return whether a call appends to a list that is known to have room."""
    known = f.known
    return known is not None and _is_of_list(f, call, "append") and known.has_room(call)


def is_code_in_place(f: FunctionLowering, call: tree.Call) -> bool:
    """Return whether a call reads the number of a character that is known to be there, and of one byte."""
    is_code = call.function.declaration.name == "character_code"
    return is_code and f.known is not None and f.known.storage(call) is not None


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
    known = f.known
    if known is not None and (newest := known.newest(call)) is not None:
        return f.get(newest)
    object = f.value(list)
    position = f.value(index)

    def refuse(is_there: Value, index: Value, length: Value) -> None:
        f.check(is_there, "BOUNDS", index, length)

    there = _element(f, call, object, position, call.type, refuse)
    if machine_type(call.type) is ir.REF and not isinstance(call.type, OptionalType):
        return f.load(there.address, ir.REF, part=there.part, is_some=True)
    return memory.load_place(f, there)


def write(f: FunctionLowering, call: tree.Call, values: list[Value]) -> None:
    """Replace an element, or fail. `values`: those of the call's arguments."""
    object, position, value = values
    element = call.arguments[2]
    there = _element(f, call, object, position, element.type, _refuse_place(f))
    memory.store_place(f, there, value)


def character_code(f: FunctionLowering, call: tree.Call) -> Value:
    """Return a character of a text in which each is one byte."""
    index = f.value(call.arguments[1])
    byte = f.load(f.index(f.known.storage(call), index, 1), ir.I8, part=ir.CHARACTER)
    return f.resize(byte, I64, signed=False)


def append(f: FunctionLowering, call: tree.Call, values: list[Value]) -> None:
    """Append an element to a list that has room for it. `values`: those of the call's arguments."""
    object, value = values
    list, element = call.arguments
    length, slots = header(f, list.type, object)
    memory.store_place(f, place(f, slots, length, element.type), value)
    used = fields_of(list.type)["used"].offset
    longer = f.binary(Op.ADD, length, Constant(I64, 1), signed_fits=True, fits=True)
    f.store(f.offset(object, used), longer, part=ir.field_part(used))
    f.known.appended(f, call, value)


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
    call: tree.Call,
    object: Value,
    index: Value,
    element: Type,
    refuse: Refuse,
) -> Place:
    """Return where an element of a list is."""
    list = call.arguments[0]
    if f.known is not None and (known := f.known.storage(call)) is not None:
        return place(f, known, index, element)
    length, slots = header(f, list.type, object)
    if not isinstance(
        list, tree.LocalRef
    ):  # as a row of a list of lists; of locals, loop_lists.py says it
        say_apart(f, object, slots)
    return place(f, slots, _checked(f, index, length, refuse), element)


def place(f: FunctionLowering, slots: Value, index: Value, element: Type) -> Place:
    """Return where the element is that lies at an index of a list's storage."""
    layout = layout_of(element)
    return Place(f.index(slots, index, layout.size), element, layout.align, part=ir.ELEMENT)


def header(f: FunctionLowering, list: Type, object: Value) -> tuple[Value, Value]:
    """Load the length of a list, and the address of its storage."""
    return _field(f, list, object, "used", I64), _field(f, list, object, "slots", PTR)


def capacity(f: FunctionLowering, list: Type, object: Value) -> Value:
    """Load how many elements a list has room for."""
    return _field(f, list, object, "capacity", I64)


def _field(f: FunctionLowering, list: Type, object: Value, name: str, type: ir.IRType) -> Value:
    offset = fields_of(list)[name].offset
    return f.load(f.offset(object, offset), type, part=ir.field_part(offset))


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
