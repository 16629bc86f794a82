"""One function: its head, slots, blocks, and the instructions that stay inside the processor.

A check is a branch, expected to hold, around a block at the end of the function that traps; checks
of one line that fail alike share that block.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compiler import ir
from compiler.emit import calls, memory, returns
from compiler.emit.machine import leaves, result_of, scalar
from compiler.emit.writer import LIKELY, UNLIKELY, FunctionWriter
from compiler.ir import Cast, Linkage
from compiler.trap import TrapKind
from compiler.types import CallableType

if TYPE_CHECKING:
    from compiler.emit.debug import FunctionDebug
    from compiler.emit.unit import UnitWriter

INTERRUPT_FRAME_SIZE = 40  # instruction pointer, cs, flags, stack pointer, ss

_LINKAGE = {Linkage.EXTERNAL: "", Linkage.SHARED: "linkonce_odr ", Linkage.INTERNAL: "internal "}


def function_lines(
    unit: UnitWriter, function: ir.Function, debug: FunctionDebug | None
) -> list[str]:
    """Return the text of one function's definition."""
    writer = FunctionWriter(unit, function, debug)
    parameters = _parameters(writer)
    for block in function.blocks:
        writer.labels[block] = writer.unique(block.name)

    writer.lines.append(_head(writer, parameters))
    _slots(writer)
    for block in function.blocks:
        writer.defers_release = function.defers_release or block.defers_release
        _block(writer, block)
    writer.at = ""
    if writer.result_slots:
        returns.return_from_slots(writer)
    for write in writer.out_of_line:
        write()
    writer.lines.append("}")
    return writer.lines


def _parameters(writer: FunctionWriter) -> list[str]:
    """Name the leaves of each parameter and return them with their types."""
    texts = []
    for parameter in writer.function.parameters:
        of_type = leaves(parameter.type)
        names = [parameter.name]
        if len(of_type) != 1:
            names = [f"{parameter.name}.{i}" for i in range(len(of_type))]
        names = tuple(f"%{writer.unit.quoted(writer.unique(name))}" for name in names)
        is_aggregate = isinstance(parameter.type, ir.AggregateType)
        writer.values[parameter] = names if is_aggregate else names[0]
        alias = "noalias " if parameter.exclusive else ""
        texts += [f"{leaf.llvm} {alias}{name}" for leaf, name in zip(of_type, names, strict=True)]

    if writer.function.interrupt and texts:
        texts[0] = texts[0].replace("ptr ", f"ptr byval([{INTERRUPT_FRAME_SIZE} x i8]) align 8 ", 1)
    return texts


def _head(writer: FunctionWriter, parameters: list[str]) -> str:
    function, unit = writer.function, writer.unit
    symbol = unit.symbol(function.symbol)
    convention = "x86_intrcc " if function.interrupt else ""
    words = [unit.function_attributes(function)]
    if function.section:
        words.append(f'section "{function.section}"')
    if function.linkage is Linkage.SHARED:
        words.append("comdat")
    if writer.debug:
        words.append(f"!dbg {writer.debug.subprogram}")
    result = result_of(function.type).llvm
    if function.export and result in ("i1", "i8", "i16"):
        result = f"{_extension(function)} {result}"  # as callers in C expect
    return (
        f"define {_LINKAGE[function.linkage]}dso_local {convention}{result} "
        f"{symbol}({', '.join(parameters)}) {' '.join(words)} {{"
    )


def _extension(function: ir.Function) -> str:
    """Return how C extends a narrow result to 32 bits."""
    signature = function.source_signature
    is_signed = isinstance(signature, CallableType) and getattr(signature.result, "signed", False)
    return "signext" if is_signed else "zeroext"


def _slots(writer: FunctionWriter) -> None:
    """Give each local a place on the stack: one per leaf, or its storage as a whole.

    They stand at the start of the first block, or in a block before it if the first one is a loop's.
    """
    first = writer.function.blocks[0]
    is_looped = any(first in each.terminator.successors() for each in writer.function.blocks)
    label = writer.unique("slots") if is_looped else writer.labels[first]
    writer.start_block(writer.unit.quoted(label))
    for local in writer.function.locals:
        if local.frame_offset is not None:
            writer.slots[local] = _frame_slots(writer, local)
            continue
        if local.storage is not None:
            size, align = local.storage.size, local.storage.align
            writer.slots[local] = (_slot(writer, local.name, f"[{size} x i8]", align),)
            continue
        types = memory.slot_types(local)
        names = [local.name]
        if len(types) != 1:
            names = [f"{local.name}.{i}" for i in range(len(types))]
        writer.slots[local] = tuple(
            _slot(writer, name, type, leaf.size)
            for name, (type, leaf) in zip(names, types, strict=True)
        )
    if returns.has_result_slots(writer.function):
        returns.make_result_slots(writer)
    if writer.debug:
        values = {each: writer.typed_leaves(each) for each in writer.function.parameters}
        writer.lines += writer.debug.declarations(_places(writer), values)
    if is_looped:
        writer.line(f"br {writer.label(first)}")
        writer.start_block(writer.unit.quoted(writer.labels[first]))


def _places(writer: FunctionWriter) -> dict[ir.Local, tuple[str, ...]]:
    """Return where a debugger finds each local: one in the frame, by the frame's address."""
    return {
        local: slots
        if local.frame_offset is None
        else (writer.operand(writer.function.parameters[0]),) * len(slots)
        for local, slots in writer.slots.items()
    }


def _frame_slots(writer: FunctionWriter, local: ir.Local) -> tuple[str, ...]:
    """Return the places of a local in the frame that the first parameter points at."""
    frame = writer.operand(writer.function.parameters[0])
    offsets = [0]
    if local.storage is None:
        offsets = [leaf.offset for leaf in leaves(local.type)]
    places = []
    for offset in offsets:
        place = f"%{writer.unit.quoted(writer.unique(local.name))}"
        at = local.frame_offset + offset
        writer.line(f"{place} = getelementptr inbounds nuw i8, ptr {frame}, i64 {at}")
        places.append(place)
    return tuple(places)


def _slot(writer: FunctionWriter, name: str, type: str, align: int) -> str:
    slot = f"%{writer.unit.quoted(writer.unique(name))}"
    writer.line(f"{slot} = alloca {type}, align {align}")
    return slot


def _block(writer: FunctionWriter, block: ir.Block) -> None:
    if block is not writer.function.blocks[0]:
        writer.start_block(writer.unit.quoted(writer.labels[block]))
    debug, span = writer.debug, None
    for each in block.instructions:
        if each.span is not span:
            span = each.span
            writer.unit.comment(writer, span)
            writer.at = debug.location(span) if debug else ""
        _EMITTERS[type(each)](writer, each)


# Arithmetic ----------------------------------------------------------------------------------


def _binary(writer: FunctionWriter, each: ir.Binary) -> None:
    flags = " nuw" if each.no_unsigned_wrap else ""
    flags += " nsw" if each.no_signed_wrap else ""
    left, right = writer.operand(each.left), writer.operand(each.right)
    writer.define(each, f"{each.op.value}{flags} {scalar(each.type)} {left}, {right}")


def _overflowing(writer: FunctionWriter, each: ir.Overflowing) -> None:
    type = scalar(each.left.type)
    name = f"{'s' if each.signed else 'u'}{each.op.value}.with.overflow.{type}"
    left, right = writer.operand(each.left), writer.operand(each.right)
    pair = writer.compute(f"call {{{type}, i1}} @llvm.{name}({type} {left}, {type} {right})")
    writer.values[each] = (
        writer.compute(f"extractvalue {{{type}, i1}} {pair}, 0"),
        writer.compute(f"extractvalue {{{type}, i1}} {pair}, 1"),
    )


def _compare(writer: FunctionWriter, each: ir.Compare) -> None:
    type = scalar(each.left.type)
    kind = "fcmp" if type in ("float", "double") else "icmp"
    left, right = writer.operand(each.left), writer.operand(each.right)
    writer.define(each, f"{kind} {each.predicate.value} {type} {left}, {right}")


def _convert(writer: FunctionWriter, each: ir.Convert) -> None:
    if each.cast is Cast.UPGRADE:
        helper = writer.unit.counts_by(".upgrade")
        writer.define(each, f"call ptr @{helper}(ptr {writer.operand(each.operand)})")
        return
    source, target = scalar(each.operand.type), scalar(each.type)
    operand = writer.operand(each.operand)
    if source == target:
        writer.values[each] = operand
        return
    cast = each.cast.value
    if each.cast is Cast.BITS:
        cast = {"ptr": "inttoptr"}.get(target, "ptrtoint" if source == "ptr" else "bitcast")
    writer.define(each, f"{cast} {source} {operand} to {target}")


def _select(writer: FunctionWriter, each: ir.Select) -> None:
    condition = writer.operand(each.condition)
    values = tuple(
        writer.compute(f"select i1 {condition}, {leaf.llvm} {then}, {leaf.llvm} {other}")
        for leaf, then, other in zip(
            leaves(each.type), writer.operands(each.then), writer.operands(each.other), strict=True
        )
    )
    writer.values[each] = values if isinstance(each.type, ir.AggregateType) else values[0]


# Counts and checks ---------------------------------------------------------------------------


def _retain(writer: FunctionWriter, each: ir.Retain) -> None:
    _count(writer, each, ".retain_weak" if each.value.type is ir.WEAK else ".retain")


def _release(writer: FunctionWriter, each: ir.Release) -> None:
    if each.value.type is ir.WEAK:
        _count(writer, each, ".release_weak")
    elif writer.defers_release:
        _count(writer, each, ".release_later")
    else:
        _count(writer, each, ".release")


def _count(writer: FunctionWriter, each: ir.Retain | ir.Release, helper: str) -> None:
    arguments = f"ptr {writer.operand(each.value)}"
    if writer.unit.is_checked:
        arguments += f", ptr {writer.location(each.span)}"
    writer.line(f"call void @{writer.unit.counts_by(helper)}({arguments})")


def _trace(writer: FunctionWriter, each: ir.Trace) -> None:
    writer.unit.calls("__pw_trace", ir.FunctionType((ir.PTR,), ir.VOID, False))
    if each.starts:
        writer.line("call void @__pw_trace(ptr null)")
    writer.line(f"call void @__pw_trace(ptr {writer.location(each.span)})")


def _assume(writer: FunctionWriter, each: ir.Assume) -> None:
    writer.line(f"call void @llvm.assume(i1 {writer.operand(each.condition)})")


def _apart(writer: FunctionWriter, each: ir.Apart) -> None:
    first, second = writer.operand(each.first), writer.operand(each.second)
    writer.line(f'call void @llvm.assume(i1 true) ["separate_storage"(ptr {first}, ptr {second})]')


def _check(writer: FunctionWriter, each: ir.Check) -> None:
    condition = writer.operand(each.condition)
    if condition == "true":
        return
    passed, failed = writer.unique("passed"), writer.unique("failed")
    writer.line(f"br i1 {condition}, label %{passed}, label %{failed}, !prof {LIKELY}")
    writer.start_block(passed)

    at, location = writer.at, writer.location(each.span)
    values = [f"i64 {writer.operand(value)}" for value in each.values]
    arguments = ", ".join(values + ["i64 0"] * (2 - len(values)))
    kind = int(TrapKind[each.kind])

    def trap() -> None:
        writer.start_block(failed)
        writer.at = at
        # Not merged with others, or the traceback would have the line of one of those.
        writer.line(f"call void @__pw_trap(i32 {kind}, ptr {location}, {arguments}) nomerge")
        writer.line("unreachable")

    writer.unit.traps()
    writer.out_of_line.append(trap)


# Terminators ---------------------------------------------------------------------------------


def _branch(writer: FunctionWriter, each: ir.Branch) -> None:
    loop = writer.unit.debug.scalar_loop() if each.is_strided else ""
    writer.line(f"br {writer.label(each.target)}{loop}")


def _branch_if(writer: FunctionWriter, each: ir.BranchIf) -> None:
    then, other = writer.label(each.then), writer.label(each.other)
    weights = ""
    if each.likely is not None:
        weights = f", !prof {LIKELY if each.likely else UNLIKELY}"
    weights += writer.unit.debug.scalar_loop() if each.is_strided else ""
    writer.line(f"br i1 {writer.operand(each.condition)}, {then}, {other}{weights}")


def _switch(writer: FunctionWriter, each: ir.Switch) -> None:
    value = writer.typed(each.value)
    type = scalar(each.value.type)
    cases = " ".join(f"{type} {number}, {writer.label(block)}" for number, block in each.cases)
    writer.line(f"switch {value}, {writer.label(each.default)} [{cases}]")


def _unreachable(writer: FunctionWriter, each: ir.Unreachable) -> None:
    writer.line("unreachable")


_EMITTERS = {
    **memory.EMITTERS,
    **calls.EMITTERS,
    **returns.EMITTERS,
    ir.Binary: _binary,
    ir.Overflowing: _overflowing,
    ir.Compare: _compare,
    ir.Convert: _convert,
    ir.Select: _select,
    ir.Retain: _retain,
    ir.Release: _release,
    ir.Trace: _trace,
    ir.Assume: _assume,
    ir.Apart: _apart,
    ir.Check: _check,
    ir.Branch: _branch,
    ir.BranchIf: _branch_if,
    ir.Switch: _switch,
    ir.Unreachable: _unreachable,
}
