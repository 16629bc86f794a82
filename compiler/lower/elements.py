"""Elements of lists that are read where they lie.

`xs[i]` is a call of `list.__getitem__`, whose result is owned as that of any call. Here it becomes what that
function does, a comparison and a load, so that an element that is only looked at is not counted
(compiler/count), and LLVM sees a loop over a list as one over an array. Only in programs: elsewhere an index
out of range is not an exception.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compiler import ir, tree
from compiler.ir import I64, PTR, Value
from compiler.layout import fields_of, layout_of
from compiler.lower import memory
from compiler.lower.memory import Place
from compiler.lower.representation import is_place, machine_type
from compiler.types import NamedType

if TYPE_CHECKING:
    from compiler.lower.function import FunctionLowering

LIST = "core.containers.list.list"


def is_read_in_place(f: FunctionLowering, call: tree.Call) -> bool:
    """Return whether a call reads an element of a list that is a machine's value."""
    declaration = call.function.declaration
    return (
        declaration.name == "__getitem__"
        and not f.unit.options.traps
        and isinstance(call.arguments[0].type, NamedType)
        and call.arguments[0].type.declaration.symbol == LIST
        and not is_place(call.type)
        and machine_type(call.type) is not ir.VOID
    )


def read(f: FunctionLowering, call: tree.Call) -> Value:
    """Return an element, or fail.

    index: its place, counted from the end if negative.
    """
    list, index = call.arguments
    object = f.value(list)
    position = f.value(index)
    fields = fields_of(list.type)

    def field(name: str) -> Value:
        return f.load(f.offset(object, fields[name].offset), _TYPES[name], part=ir.Part.FIELD)

    length = field("used")
    checked = memory.in_bounds(f, position, length, signed=True)
    slots = field("slots")
    address = f.index(slots, checked, layout_of(call.type).size)
    place = Place(address, call.type, layout_of(call.type).align, part=ir.Part.ELEMENT)
    return memory.load_place(f, place)


_TYPES = {"used": I64, "slots": PTR}
