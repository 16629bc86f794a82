"""Calls, assembly and LLVM's intrinsics. The package's docstring has the return registers."""

from __future__ import annotations

from compiler import ir
from compiler.emit import memory
from compiler.emit.machine import Result, item_leaves, leaves, result_of, scalar
from compiler.emit.writer import UNLIKELY, FunctionWriter


def call(writer: FunctionWriter, each: ir.Call) -> None:
    """Write the call, then take its result apart."""
    arguments = ", ".join(text for value in each.arguments for text in writer.typed_leaves(value))
    result = result_of(each.function_type)
    callee = writer.operand(each.callee)
    if isinstance(each.callee, ir.Symbol):
        writer.unit.calls(each.callee.name, each.function_type)
    text = f"{'tail call' if each.tail else 'call'} {result.llvm} {callee}({arguments})"

    if not result.members:
        writer.line(text)
        return
    returned = writer.compute(text)
    if result.raises:
        writer.call_results[each] = returned
    _take_apart(writer, each, result, returned)


def _take_apart(writer: FunctionWriter, each: ir.Call, result: Result, returned: str) -> None:
    of_type = leaves(each.type)
    if len(result.members) == 1 and not result.raises:
        values = [returned]
    else:
        values = []
        for position, leaf in enumerate(of_type, result.first):
            value = writer.compute(f"extractvalue {result.llvm} {returned}, {position}")
            member = result.members[position]
            if member != leaf.llvm:
                value = writer.compute(f"trunc {member} {value} to {leaf.llvm}")
            values.append(value)
    if isinstance(each.type, ir.AggregateType):
        writer.values[each] = tuple(values)
    elif values:
        writer.values[each] = values[0]


def branch_on_error(writer: FunctionWriter, each: ir.BranchOnError) -> None:
    normal, error = writer.label(each.normal), writer.label(each.error)
    if isinstance(each.call, ir.New):
        failed = writer.compute(f"icmp eq ptr {writer.operand(each.call)}, null")
    else:
        failed = writer.compute(f"icmp ne ptr {_error_of(writer, each.call)}, null")
    writer.line(f"br i1 {failed}, {error}, {normal}, !prof {UNLIKELY}")


def call_error(writer: FunctionWriter, each: ir.CallError) -> None:
    writer.values[each] = _error_of(writer, each.call)


def _error_of(writer: FunctionWriter, call: ir.Call) -> str:
    """Return the class that a call raised, or null; it is taken out of the result once."""
    known = writer.call_errors.get(call)
    if known is None:
        result = result_of(call.function_type)
        returned = writer.call_results[call]
        text = f"extractvalue {result.llvm} {returned}, {result.exception_class}"
        known = writer.call_errors[call] = writer.compute(text)
    return known


def call_error_object(writer: FunctionWriter, each: ir.CallErrorObject) -> None:
    result = result_of(each.call.function_type)
    returned = writer.call_results[each.call]
    carried = writer.compute(f"extractvalue {result.llvm} {returned}, {result.object}")
    member = result.members[result.object]
    if member == "i128":
        carried, member = writer.compute(f"trunc i128 {carried} to i64"), "i64"
    if member == "ptr":
        writer.values[each] = carried
    else:
        writer.define(each, f"inttoptr i64 {carried} to ptr")


def new(writer: FunctionWriter, each: ir.New) -> None:
    writer.unit.calls("__pw_allocate", _ALLOCATE)
    info = writer.unit.symbol(each.type_info)
    writer.define(each, f"call ptr @__pw_allocate(i64 {each.size}, ptr {info})")


_ALLOCATE = ir.FunctionType((ir.I64, ir.PTR), ir.PTR, False)


def assembly(writer: FunctionWriter, each: ir.Assembly) -> None:
    """Write inline assembly; it is never removed nor moved over other such."""
    inputs = [c for c in each.constraints.split(",") if c and c[0] not in "=~"]
    arguments = []
    for constraint, value in zip(inputs, each.arguments, strict=True):
        element = "elementtype(i8) " if constraint.startswith("*") else ""
        arguments.append(f"{scalar(value.type)} {element}{writer.operand(value)}")
    of_type = leaves(each.type)
    result = Result(tuple(leaf.llvm for leaf in of_type), 0, raises=False)
    text = (
        f"call {result.llvm} asm sideeffect {_quoted(each.template)}, "
        f"{_quoted(each.constraints)}({', '.join(arguments)})"
    )
    if not of_type:
        writer.line(text)
        return
    returned = writer.compute(text)
    if len(of_type) == 1:
        values = (returned,)
    else:
        values = tuple(
            writer.compute(f"extractvalue {result.llvm} {returned}, {position}")
            for position in range(len(of_type))
        )
    writer.values[each] = values if isinstance(each.type, ir.AggregateType) else values[0]


def _quoted(text: str) -> str:
    data = text.encode()
    escaped = "".join(
        chr(byte) if 32 <= byte < 127 and byte not in b'"\\' else f"\\{byte:02X}" for byte in data
    )
    return f'"{escaped}"'


def make(writer: FunctionWriter, each: ir.Make) -> None:
    writer.values[each] = tuple(leaf for item in each.items for leaf in writer.operands(item))


def extract(writer: FunctionWriter, each: ir.Extract) -> None:
    start, end = item_leaves(each.aggregate.type, each.index)
    taken = writer.operands(each.aggregate)[start:end]
    writer.values[each] = taken if isinstance(each.type, ir.AggregateType) else taken[0]


def intrinsic(writer: FunctionWriter, each: ir.Intrinsic) -> None:
    operands = [writer.operand(value) for value in each.arguments]
    type = scalar(each.arguments[0].type) if each.arguments else "void"
    match each.name:
        case "rotate_left" | "rotate_right":
            value, amount = operands
            name = "fshl" if each.name == "rotate_left" else "fshr"
            arguments = f"{type} {value}, {type} {value}, {type} {amount}"
            writer.define(each, f"call {type} @llvm.{name}.{type}({arguments})")
        case "leading_zeros" | "trailing_zeros":
            name = "ctlz" if each.name == "leading_zeros" else "cttz"
            text = f"call {type} @llvm.{name}.{type}({type} {operands[0]}, i1 false)"
            _set_resized(writer, each, writer.compute(text), type)
        case "popcount":
            text = f"call {type} @llvm.ctpop.{type}({type} {operands[0]})"
            _set_resized(writer, each, writer.compute(text), type)
        case "byte_swap" if type == "i8":
            writer.values[each] = operands[0]
        case "byte_swap":
            writer.define(each, f"call {type} @llvm.bswap.{type}({type} {operands[0]})")
        case "prefetch":
            writer.line(f"call void @llvm.prefetch.p0(ptr {operands[0]}, i32 0, i32 3, i32 1)")
        case "spin_hint":
            memory.announce(writer, memory.Step.PAUSE)
            writer.line('call void asm sideeffect "pause", "~{memory}"()')
        case "sqrt":
            name = "f64" if type == "double" else "f32"
            writer.define(each, f"call {type} @llvm.sqrt.{name}({type} {operands[0]})")
        case _:
            raise AssertionError(f"no intrinsic is called {each.name}")


def _set_resized(writer: FunctionWriter, each: ir.Intrinsic, count: str, type: str) -> None:
    """Make a count of bits, given in the operand's type, a value of the instruction's type."""
    wanted = scalar(each.type)
    if wanted == type:
        writer.values[each] = count
        return
    cast = "trunc" if each.type.bits < each.arguments[0].type.bits else "zext"
    writer.define(each, f"{cast} {type} {count} to {wanted}")


EMITTERS = {
    ir.Call: call,
    ir.BranchOnError: branch_on_error,
    ir.CallError: call_error,
    ir.CallErrorObject: call_error_object,
    ir.New: new,
    ir.Assembly: assembly,
    ir.Make: make,
    ir.Extract: extract,
    ir.Intrinsic: intrinsic,
}
