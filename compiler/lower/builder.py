"""The builder of one function's blocks: where instructions go, and small ones folded on the way.

Instructions go to the end of `block`. What follows a terminator goes into a block of its own that
nothing reaches; `finish` takes such blocks away, together with pure instructions whose value
nobody uses. A block gets `handler`, the block for what is raised, when it is started.

Constants fold only where lowering itself makes them meet (sizes, loop bounds, literal indices): the
point is readable IR, not optimisation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compiler import ir
from compiler.ir import I1, I64, PTR, Block, Cast, Constant, IRType, Op, Predicate, Value

if TYPE_CHECKING:
    from compiler.layout import Layout
    from compiler.source import Span
    from compiler.types import Type


class Builder:
    """Appends to the blocks of one IR function."""

    def __init__(self, function: ir.Function) -> None:
        self.function = function
        self.handler: Block | None = None
        self.defers_release = False  # in the blocks that are started now
        self.span: Span | None = function.span
        self._names: dict[str, int] = {}
        self.block = self.new_block("entry")
        function.blocks.append(self.block)

    # Blocks

    def new_block(self, name: str) -> Block:
        """Return a block that is not placed yet."""
        return Block(self._unique(name))

    def new_blocks(self, *names: str) -> list[Block]:
        return [self.new_block(name) for name in names]

    def start(self, block: Block) -> None:
        """Place `block` here and go on in it."""
        block.on_error = self.handler
        block.defers_release = self.defers_release
        self.function.blocks.append(block)
        self.block = block

    def continue_at(self, block: Block) -> None:
        """Let what came before run on into `block`, and go on there."""
        self.jump(block)
        self.start(block)

    def start_handled_by(self, handler: Block | None, name: str = "next") -> None:
        """From here on, what is raised goes to `handler`."""
        if handler is not self.handler:
            self.handler = handler
            self.continue_at(self.new_block(name))

    @property
    def is_open(self) -> bool:
        """True while control reaches the end of the block."""
        instructions = self.block.instructions
        return not (instructions and isinstance(instructions[-1], ir.Terminator))

    def jump(self, block: Block) -> None:
        """Branch, unless the block already ended."""
        if self.is_open:
            self.add(ir.Branch(block))

    def branch_if(
        self, condition: Value, then: Block, other: Block, likely: bool | None = None
    ) -> None:
        if isinstance(condition, Constant):
            self.add(ir.Branch(then if condition.value else other))
        else:
            self.add(ir.BranchIf(condition, then, other, likely))

    def add(self, instruction: ir.Instruction) -> ir.Instruction:
        """Append an instruction and return it, as its value."""
        if not self.is_open:
            self.start(self.new_block("unreached"))
        instruction.span = self.span
        self.block.instructions.append(instruction)
        return instruction

    def finish(self) -> None:
        """Take away what nothing reaches and what nobody uses."""
        reached = _reachable(self.function.blocks[0])
        self.function.blocks = [b for b in self.function.blocks if b in reached]
        _remove_unused(self.function)

    def _unique(self, name: str) -> str:
        count = self._names.get(name, 0)
        self._names[name] = count + 1
        return f"{name}.{count}" if count else name

    # Locals

    def new_local(
        self,
        name: str,
        type: IRType,
        storage: Layout | None = None,
        drop: str | None = None,
        source_type: Type | None = None,
        span: Span | None = None,
    ) -> ir.Local:
        local = ir.Local(self._unique(f"%{name}")[1:], type, storage, drop, source_type, None, span)
        self.function.locals.append(local)
        return local

    def get(self, local: ir.Local) -> Value:
        return self.add(ir.GetLocal(local, type=local.type))

    def set(self, local: ir.Local, value: Value) -> None:
        self.add(ir.SetLocal(local, value))

    def local_address(self, local: ir.Local) -> Value:
        return self.add(ir.LocalAddress(local, type=PTR))

    # Values

    def binary(
        self, op: Op, left: Value, right: Value, *, signed_fits: bool = False, fits: bool = False
    ) -> Value:
        """`signed_fits`: proven not to overflow as signed numbers; `fits`: as unsigned ones."""
        if isinstance(right, Constant):
            if isinstance(left, Constant) and op in _FOLDED:
                return Constant(
                    left.type, _wrapped(left.type, _FOLDED[op](left.value, right.value))
                )
            if right.value == 0 and op in _ZERO_KEEPS:
                return left
            if right.value == 1 and op is Op.MUL:
                return left
        return self.add(ir.Binary(op, left, right, signed_fits, fits, type=left.type))

    def overflowing(self, op: Op, signed: bool, left: Value, right: Value) -> Value:
        """Return {left op right, whether it overflowed}."""
        type = ir.aggregate(left.type, I1)
        return self.add(ir.Overflowing(op, signed, left, right, type=type))

    def compare(self, predicate: Predicate, left: Value, right: Value) -> Value:
        are_known = isinstance(left, Constant) and isinstance(right, Constant)
        if are_known and not isinstance(left.value, float):
            return Constant(I1, _holds(predicate, left, right))
        return self.add(ir.Compare(predicate, left, right, type=I1))

    def convert(self, cast: Cast, operand: Value, type: IRType) -> Value:
        if isinstance(operand, Constant) and isinstance(operand.value, int) and cast in _RESIZING:
            bits = operand.type.bits
            value = operand.value & ((1 << bits) - 1)
            if cast is Cast.SIGN_EXTEND and value >> (bits - 1):
                value -= 1 << bits
            return Constant(type, _wrapped(type, value))
        return self.add(ir.Convert(cast, operand, type=type))

    def resize(self, value: Value, type: IRType, signed: bool) -> Value:
        """Return an integer in another width: extended by its own sign, or its low bits."""
        own, wanted = value.type.bits, type.bits
        if own == wanted:
            return value
        if own > wanted:
            return self.convert(Cast.TRUNCATE, value, type)
        return self.convert(Cast.SIGN_EXTEND if signed else Cast.ZERO_EXTEND, value, type)

    def select(self, condition: Value, then: Value, other: Value) -> Value:
        if isinstance(condition, Constant):
            return then if condition.value else other
        return self.add(ir.Select(condition, then, other, type=then.type))

    def negate(self, condition: Value) -> Value:
        """Return the opposite of an i1."""
        if isinstance(condition, Constant):
            return Constant(I1, not condition.value)
        if isinstance(condition, ir.Compare) and condition.predicate in _OPPOSITE:
            return self.compare(_OPPOSITE[condition.predicate], condition.left, condition.right)
        return self.add(ir.Binary(Op.XOR, condition, Constant(I1, True), type=I1))

    def make(self, type: ir.AggregateType, *items: Value) -> Value:
        return self.add(ir.Make(list(items), type=type))

    def extract(self, value: Value, index: int) -> Value:
        type = value.type.items[index]
        if isinstance(value, ir.Make):
            return value.items[index]
        if isinstance(value, Constant):
            return Constant(type, 0)
        return self.add(ir.Extract(value, index, type=type))

    def is_zero(self, value: Value) -> Value:
        return self.compare(Predicate.EQ, value, Constant(value.type, 0))

    def is_not_zero(self, value: Value) -> Value:
        return self.compare(Predicate.NE, value, Constant(value.type, 0))

    # Addresses and memory

    def offset(self, address: Value, offset: int) -> Value:
        if offset == 0:
            return address
        if isinstance(address, ir.Offset):
            return self.offset(address.address, address.offset + offset)
        return self.add(ir.Offset(address, offset, type=PTR))

    def index(self, address: Value, index: Value, stride: int) -> Value:
        if isinstance(index, Constant):
            return self.offset(address, index.value * stride)
        return self.add(ir.Index(address, index, stride, type=PTR))

    def load(self, address: Value, type: IRType, **how: object) -> Value:
        return self.add(ir.Load(address, type=type, **how))

    def store(self, address: Value, value: Value, **how: object) -> None:
        self.add(ir.Store(address, value, **how))

    def copy_memory(self, target: Value, source: Value, layout: Layout) -> None:
        if layout.size:
            size = Constant(I64, layout.size)
            self.add(ir.MemoryCopy(target, source, size, align=layout.align))

    def zero_memory(self, target: Value, layout: Layout) -> None:
        if layout.size:
            size = Constant(I64, layout.size)
            self.add(ir.MemoryFill(target, Constant(ir.I8, 0), size, align=layout.align))

    # Calls and checks

    def call(
        self, callee: Value, type: ir.FunctionType, arguments: list[Value], **how: object
    ) -> Value:
        return self.add(ir.Call(callee, type, arguments, type=type.result, **how))

    def check(self, condition: Value, kind: str, *values: Value) -> None:
        """Fail unless `condition`; the values, i64, go into the message."""
        if isinstance(condition, Constant) and condition.value:
            return
        self.add(ir.Check(condition, kind, list(values)))


_FOLDED = {
    Op.ADD: int.__add__,
    Op.SUB: int.__sub__,
    Op.MUL: int.__mul__,
    Op.AND: int.__and__,
    Op.OR: int.__or__,
    Op.XOR: int.__xor__,
}
_ZERO_KEEPS = (Op.ADD, Op.SUB, Op.OR, Op.XOR, Op.SHL, Op.LSHR, Op.ASHR)
_RESIZING = (Cast.ZERO_EXTEND, Cast.SIGN_EXTEND, Cast.TRUNCATE)

_OPPOSITE = {
    Predicate.EQ: Predicate.NE,
    Predicate.SLT: Predicate.SGE,
    Predicate.SLE: Predicate.SGT,
    Predicate.ULT: Predicate.UGE,
    Predicate.ULE: Predicate.UGT,
}
_OPPOSITE.update({opposite: each for each, opposite in list(_OPPOSITE.items())})

_TESTS = {
    "eq": int.__eq__,
    "ne": int.__ne__,
    "lt": int.__lt__,
    "le": int.__le__,
    "gt": int.__gt__,
    "ge": int.__ge__,
}


def _wrapped(type: IRType, value: int) -> int:
    """Return `value` modulo the width, as the number nearest to 0 that was meant: a sum that fits
    either as signed or as unsigned stays what it is."""
    if -(1 << (type.bits - 1)) <= value < 1 << type.bits:
        return value
    return value & ((1 << type.bits) - 1)


def _holds(predicate: Predicate, left: Constant, right: Constant) -> bool:
    """Return the outcome of a comparison of integers."""
    name = predicate.value
    signed = name[0] == "s"
    test = name if name in _TESTS else name[1:]
    bits = left.type.bits
    return _TESTS[test](_read(left.value, bits, signed), _read(right.value, bits, signed))


def _read(value: int, bits: int, signed: bool) -> int:
    value = int(value) & ((1 << bits) - 1)
    return value - (1 << bits) if signed and value >> (bits - 1) else value


def _reachable(entry: Block) -> set[Block]:
    """Return the blocks that control may reach, handlers included."""
    reached, pending = {entry}, [entry]
    while pending:
        block = pending.pop()
        following = list(block.terminator.successors())
        if block.on_error is not None:
            following.append(block.on_error)
        for each in following:
            if each not in reached:
                reached.add(each)
                pending.append(each)
    return reached


_PURE = (
    ir.Binary,
    ir.Compare,
    ir.Convert,
    ir.Select,
    ir.Make,
    ir.Extract,
    ir.Offset,
    ir.Index,
    ir.GetLocal,
    ir.LocalAddress,
    ir.Overflowing,
)
_COUNTING = (Cast.RETAIN, Cast.WEAKEN, Cast.UPGRADE)


def _remove_unused(function: ir.Function) -> None:
    uses: dict[int, int] = {}
    for block in function.blocks:
        for each in block.instructions:
            for operand in each.operands():
                uses[id(operand)] = uses.get(id(operand), 0) + 1
    for block in reversed(function.blocks):
        kept = []
        for each in reversed(block.instructions):
            if isinstance(each, _PURE) and not uses.get(id(each)) and not _counts(each):
                for operand in each.operands():
                    uses[id(operand)] -= 1
            else:
                kept.append(each)
        kept.reverse()
        block.instructions = kept


def _counts(each: ir.Instruction) -> bool:
    """True if what is done here decides when an object ends, whoever uses the result."""
    if isinstance(each, ir.Extract):
        return ir.is_counted(each.type)
    return isinstance(each, ir.Convert) and each.cast in _COUNTING
