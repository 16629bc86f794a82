"""Loads, stores, atomics and block copies.

Plain accesses of an aggregate are one access per leaf. Alignment is always stated: natural unless
the instruction says less.
"""

from __future__ import annotations

from enum import Enum

from compiler import ir
from compiler.emit.machine import Leaf, leaves, memory_layout
from compiler.emit.writer import FunctionWriter
from compiler.ir import Order

_ORDER = {
    Order.RELAXED: "monotonic",
    Order.ACQUIRE: "acquire",
    Order.RELEASE: "release",
    Order.ACQ_REL: "acq_rel",
    Order.SEQ_CST: "seq_cst",
}
# The part of an order that a load, a store, and a failed exchange can have.
_LOAD_ORDER = {**_ORDER, Order.RELEASE: "monotonic", Order.ACQ_REL: "acquire"}
_STORE_ORDER = {**_ORDER, Order.ACQUIRE: "monotonic", Order.ACQ_REL: "release"}

_PER_CPU_START = "__percpu_start"  # the linker's
_BYTES = {"true": "1", "false": "0"}
_UPDATE = {"swap": "xchg", "add": "add", "sub": "sub", "and": "and", "or": "or", "xor": "xor"}


class Step(Enum):
    """What a thread is about to do, as __pw_step is told."""

    READ = 0
    WRITE = 1  # or to try to
    PAUSE = 2  # it waits for what others write


def announce(writer: FunctionWriter, step: Step) -> None:
    """Let whoever chooses the next thread know of an operation that other threads may see."""
    if writer.unit.steps():
        writer.line(f"call void @__pw_step(i64 {step.value})")


def load(writer: FunctionWriter, each: ir.Load) -> None:
    if each.order:
        announce(writer, Step.READ)
    pointer, address = _pointer(writer, each.address, each.per_cpu)
    kind = "load" + (" atomic" if each.order else "") + (" volatile" if each.volatile else "")
    order = f" {_LOAD_ORDER[each.order]}" if each.order else ""
    promises = [("invariant.load", _never_changes(writer, each)), ("nonnull", each.is_some)]
    known = "".join(
        f", !{kind} {writer.unit.empty_node()}" for kind, is_known in promises if is_known
    )
    limit = each.align or memory_layout(each.type)[1]
    part = _part(writer, each)

    values = []
    for leaf in leaves(each.type):
        place = _leaf_address(writer, pointer, address, leaf)
        align = _align(leaf, limit)
        text = f"{kind} {leaf.in_memory}, {pointer} {place}{order}, align {align}{known}{part}"
        values.append(_as_value(writer, leaf, writer.compute(text)))
    _set(writer, each, values)


def store(writer: FunctionWriter, each: ir.Store) -> None:
    if each.order:
        announce(writer, Step.WRITE)
    pointer, address = _pointer(writer, each.address, each.per_cpu)
    kind = "store" + (" atomic" if each.order else "") + (" volatile" if each.volatile else "")
    order = f" {_STORE_ORDER[each.order]}" if each.order else ""
    type = each.value.type
    limit = each.align or memory_layout(type)[1]
    part = _part(writer, each)

    for leaf, value in zip(leaves(type), writer.operands(each.value), strict=True):
        place = _leaf_address(writer, pointer, address, leaf)
        stored = _as_stored(writer, leaf, value)
        align = _align(leaf, limit)
        access = f"{kind} {leaf.in_memory} {stored}, {pointer} {place}"
        writer.line(f"{access}{order}, align {align}{part}")


def _never_changes(writer: FunctionWriter, each: ir.Load) -> bool:
    """Whether an invariant load is that on this target, too: programs may append to the text of a str."""
    return each.invariant and (each.part is None or not writer.unit.target.knows_parts)


def _part(writer: FunctionWriter, each: ir.Load | ir.Store) -> str:
    """Return what tells LLVM that accesses of different parts of memory do not touch each other."""
    if each.part is None or each.order or each.volatile or not writer.unit.target.knows_parts:
        return ""
    return f", !tbaa {writer.unit.part_node(each.part)}"


def get_local(writer: FunctionWriter, each: ir.GetLocal) -> None:
    values = []
    pairs = zip(slot_types(each.local), writer.slots[each.local], strict=True)
    for (type, leaf), slot in pairs:
        value = writer.compute(f"load {type}, ptr {slot}, align {leaf.size}")
        if type != leaf.llvm:
            value = writer.compute(f"trunc nuw {type} {value} to {leaf.llvm}")
        values.append(value)
    _set(writer, each, values)


def set_local(writer: FunctionWriter, each: ir.SetLocal) -> None:
    local, values = each.local, writer.operands(each.value)
    for (type, leaf), slot, value in zip(
        slot_types(local), writer.slots[local], values, strict=True
    ):
        if type != leaf.llvm:
            value = _as_stored(writer, leaf, value)
        writer.line(f"store {type} {value}, ptr {slot}, align {leaf.size}")


def slot_types(local: ir.Local) -> list[tuple[str, Leaf]]:
    """Return the types of a local's slots. What a debugger shows is held as it is in memory."""
    is_shown = local.source_type is not None
    return [(leaf.in_memory if is_shown else leaf.llvm, leaf) for leaf in leaves(local.type)]


def local_address(writer: FunctionWriter, each: ir.LocalAddress) -> None:
    (writer.values[each],) = writer.slots[each.local]


def offset(writer: FunctionWriter, each: ir.Offset) -> None:
    address = writer.operand(each.address)
    if each.offset == 0:
        writer.values[each] = address
        return
    flags = "inbounds nuw" if each.offset > 0 else "inbounds"
    writer.define(each, f"getelementptr {flags} i8, ptr {address}, i64 {each.offset}")


def index(writer: FunctionWriter, each: ir.Index) -> None:
    address, position = writer.operand(each.address), writer.operand(each.index)
    unit = {1: "i8", 2: "i16", 4: "i32", 8: "i64"}.get(each.stride, f"[{each.stride} x i8]")
    writer.define(each, f"getelementptr inbounds {unit}, ptr {address}, i64 {position}")


def atomic_update(writer: FunctionWriter, each: ir.AtomicUpdate) -> None:
    announce(writer, Step.WRITE)
    pointer, address = _pointer(writer, each.address, each.per_cpu)
    (leaf,) = leaves(each.value.type)
    value = _as_stored(writer, leaf, writer.operand(each.value))
    old = writer.compute(
        f"atomicrmw {_UPDATE[each.op]} {pointer} {address}, {leaf.in_memory} {value} "
        f"{_ORDER[each.order]}, align {leaf.size}"
    )
    writer.values[each] = _as_value(writer, leaf, old)


def compare_exchange(writer: FunctionWriter, each: ir.CompareExchange) -> None:
    announce(writer, Step.WRITE)
    (leaf,) = leaves(each.new.type)
    address = writer.operand(each.address)
    expected = _as_stored(writer, leaf, writer.operand(each.expected))
    new = _as_stored(writer, leaf, writer.operand(each.new))
    pair = writer.compute(
        f"cmpxchg ptr {address}, {leaf.in_memory} {expected}, {leaf.in_memory} {new} "
        f"{_ORDER[each.order]} {_LOAD_ORDER[each.order]}, align {leaf.size}"
    )
    old = writer.compute(f"extractvalue {{{leaf.in_memory}, i1}} {pair}, 0")
    writer.values[each] = _as_value(writer, leaf, old)


def fence(writer: FunctionWriter, each: ir.Fence) -> None:
    if each.compiler_only:
        writer.line('fence syncscope("singlethread") seq_cst')
    elif each.order is not Order.RELAXED:
        writer.line(f"fence {_ORDER[each.order]}")


def per_cpu_base(writer: FunctionWriter, each: ir.PerCpuBase) -> None:
    if not writer.unit.has_per_cpu_areas:
        writer.values[each] = "null"
        return
    pointer, address = _pointer(writer, ir.Symbol(ir.PTR, _PER_CPU_START), per_cpu=True)
    writer.define(each, f"load ptr, {pointer} {address}, align 8")


def per_cpu_start(writer: FunctionWriter, each: ir.PerCpuStart) -> None:
    unit = writer.unit
    writer.values[each] = unit.symbol(_PER_CPU_START) if unit.has_per_cpu_areas else "null"


def memory_copy(writer: FunctionWriter, each: ir.MemoryCopy) -> None:
    name = "memmove" if each.overlap else "memcpy"
    align = f"ptr align {each.align}"
    writer.line(
        f"call void @llvm.{name}.p0.p0.i64({align} {writer.operand(each.target)}, "
        f"{align} {writer.operand(each.source)}, i64 {writer.operand(each.size)}, i1 false)"
    )


def memory_fill(writer: FunctionWriter, each: ir.MemoryFill) -> None:
    writer.line(
        f"call void @llvm.memset.p0.i64(ptr align {each.align} {writer.operand(each.target)}, "
        f"i8 {writer.operand(each.byte)}, i64 {writer.operand(each.size)}, i1 false)"
    )


def _pointer(writer: FunctionWriter, address: ir.Value, per_cpu: bool) -> tuple[str, str]:
    """Return the type of the pointer by which an access goes, and the pointer."""
    text = writer.operand(address)
    if not per_cpu or not writer.unit.has_per_cpu_areas:
        return "ptr", text
    through_gs = "ptr addrspace(256)"
    if isinstance(address, ir.Symbol):
        return through_gs, f"addrspacecast (ptr {text} to {through_gs})"
    return through_gs, writer.compute(f"addrspacecast ptr {text} to {through_gs}")


def _leaf_address(writer: FunctionWriter, pointer: str, address: str, leaf: Leaf) -> str:
    if leaf.offset == 0:
        return address
    return writer.compute(f"getelementptr inbounds i8, {pointer} {address}, i64 {leaf.offset}")


def _align(leaf: Leaf, limit: int) -> int:
    """Return the alignment known of a leaf in something aligned to `limit`."""
    at = leaf.offset | limit
    return at & -at


def _as_value(writer: FunctionWriter, leaf: Leaf, loaded: str) -> str:
    return writer.compute(f"icmp ne i8 {loaded}, 0") if leaf.llvm == "i1" else loaded


def _as_stored(writer: FunctionWriter, leaf: Leaf, value: str) -> str:
    if leaf.llvm != "i1":
        return value
    return _BYTES.get(value) or writer.compute(f"zext i1 {value} to i8")


def _set(writer: FunctionWriter, value: ir.Value, texts: list[str]) -> None:
    is_aggregate = isinstance(value.type, ir.AggregateType)
    writer.values[value] = tuple(texts) if is_aggregate else texts[0]


EMITTERS = {
    ir.Load: load,
    ir.Store: store,
    ir.GetLocal: get_local,
    ir.SetLocal: set_local,
    ir.LocalAddress: local_address,
    ir.Offset: offset,
    ir.Index: index,
    ir.AtomicUpdate: atomic_update,
    ir.CompareExchange: compare_exchange,
    ir.Fence: fence,
    ir.PerCpuBase: per_cpu_base,
    ir.PerCpuStart: per_cpu_start,
    ir.MemoryCopy: memory_copy,
    ir.MemoryFill: memory_fill,
}
