"""Returns: a value or an exception goes to the caller. The package's docstring has the registers.

LLVM takes structs apart inside a function but not where paths join, so a function that returns a
struct from several places does it through a slot for each member: they become registers, and where
the function is inlined, its caller's test of the exception disappears on each path for itself.
"""

from __future__ import annotations

from compiler import ir
from compiler.emit.machine import Result, leaves, result_of
from compiler.emit.writer import FunctionWriter

_SIZES = {"i1": 1, "i8": 1, "i16": 2, "i32": 4, "float": 4, "i128": 16}


def has_result_slots(function: ir.Function) -> bool:
    """True if the function returns a struct from more than one place."""
    if len(result_of(function.type).members) < 2:
        return False
    ends = (block.instructions[-1] for block in function.blocks)
    return sum(isinstance(end, ir.Return | ir.ReturnError) for end in ends) > 1


def make_result_slots(writer: FunctionWriter) -> None:
    """Write the slots, among those of the locals."""
    for type in result_of(writer.function.type).members:
        slot = f"%{writer.unique('result')}"
        writer.line(f"{slot} = alloca {type}, align {_SIZES.get(type, 8)}")
        writer.result_slots.append(slot)
    writer.return_label = writer.unique("return")


def return_from_slots(writer: FunctionWriter) -> None:
    """Write the block in which all returns meet."""
    writer.start_block(writer.return_label)
    result = result_of(writer.function.type)
    members = [
        writer.compute(f"load {type}, ptr {slot}, align {_SIZES.get(type, 8)}")
        for type, slot in zip(result.members, writer.result_slots, strict=True)
    ]
    _return_struct(writer, result, members)


def return_value(writer: FunctionWriter, each: ir.Return) -> None:
    result = result_of(writer.function.type)
    if not result.members:
        writer.line("ret void")
        return
    type = writer.function.type.result
    values = [] if each.value is None else list(writer.operands(each.value))
    if not values:
        values = ["poison"] * len(leaves(type))
    if not result.raises and len(values) == 1:
        writer.line(f"ret {result.llvm} {values[0]}")
        return

    members = ["poison"] * result.first
    for position, (leaf, value) in enumerate(zip(leaves(type), values, strict=True), result.first):
        member = result.members[position]
        members.append(value if member == leaf.llvm else _widened(writer, leaf.llvm, member, value))
    if result.raises:
        members.append("null")
    _leave(writer, result, members)


def return_error(writer: FunctionWriter, each: ir.ReturnError) -> None:
    result = result_of(writer.function.type)
    assert result.raises, f"{writer.function.symbol} raises nothing to its caller"
    member, carried = result.members[0], writer.operand(each.object)
    if member != "ptr":
        carried = "0" if carried == "null" else writer.compute(f"ptrtoint ptr {carried} to i64")
        if member == "i128":
            carried = _widened(writer, "i64", "i128", carried)
    members = ["poison"] * len(result.members)
    members[result.object] = carried
    members[result.exception_class] = writer.operand(each.exception_class)
    _leave(writer, result, members)


def _widened(writer: FunctionWriter, source: str, target: str, value: str) -> str:
    if not value.startswith("%"):
        return {"true": "1", "false": "0"}.get(value, value)
    return writer.compute(f"zext {source} {value} to {target}")


def _leave(writer: FunctionWriter, result: Result, members: list[str]) -> None:
    if not writer.result_slots:
        _return_struct(writer, result, members)
        return
    for type, slot, value in zip(result.members, writer.result_slots, members, strict=True):
        if value != "poison":
            writer.line(f"store {type} {value}, ptr {slot}, align {_SIZES.get(type, 8)}")
    writer.line(f"br label %{writer.return_label}")


def _return_struct(writer: FunctionWriter, result: Result, members: list[str]) -> None:
    """Return a struct: its constants at once, then the others put in one by one."""
    start = [
        f"{type} {'poison' if value.startswith('%') else value}"
        for type, value in zip(result.members, members, strict=True)
    ]
    whole = "{" + ", ".join(start) + "}"
    for position, (type, value) in enumerate(zip(result.members, members, strict=True)):
        if value.startswith("%"):
            text = f"insertvalue {result.llvm} {whole}, {type} {value}, {position}"
            whole = writer.compute(text)
    writer.line(f"ret {result.llvm} {whole}")


EMITTERS = {ir.Return: return_value, ir.ReturnError: return_error}
