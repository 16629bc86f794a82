"""Whether a local holds anything where it is to be released: forward, over the blocks.

Before, `Emptied` stands where what a local holds ends, and a SetLocal of a local that owns may
replace something. After, both are spelt out: a local that is certainly empty there is not released,
and only one that may be either is set to 0 at the start and whenever it has been emptied, so that a
release finds 0.

Storage with a drop is zeroed at the start, since it is built in place. It may hold something from
the first use of its address on; a drop leaves it as it is, so it is zeroed again if it may be used
again.
"""

from __future__ import annotations

from dataclasses import dataclass

from compiler import ir
from compiler.ir import I8, I64, PTR, VOID, Block, Constant, FunctionType, Instruction, Local, Value

LATER = ":later"  # behind the name of a drop: the one that queues what it lets go of
_DROP = FunctionType((PTR,), VOID, False)


@dataclass(eq=False)
class Emptied(Instruction):
    """What a local holds ends here: it is released, or it has moved on. `is_reset`: of storage that
    may be used again."""

    local: Local
    is_released: bool = True
    is_reset: bool = False


class Fullness:
    """Spells out how the locals of one function end."""

    def __init__(
        self,
        function: ir.Function,
        order: list[Block],
        owning: list[Local],
        storage: dict[Value, set[Local]],
    ):
        self.function = function
        self.order = order
        self.storage = storage
        self.owning = owning
        self.places = [each for each in function.locals if each.drop is not None]
        self.bits = {local: 1 << n for n, local in enumerate([*owning, *self.places])}
        self.all = (1 << len(self.bits)) - 1
        self.defers_release = False  # in the block that is being written
        # Locals that may hold something, and that may be empty, at the start of each block.
        self.full: dict[Block, int] = dict.fromkeys(order, 0)
        self.empty: dict[Block, int] = dict.fromkeys(order, 0)

    def run(self) -> None:
        self._solve()
        uncertain = self._uncertain()
        for block in self.order:
            self._write(block, uncertain)
        self._start(uncertain)

    # Analysis

    def _solve(self) -> None:
        self.empty[self.order[0]] = self.all
        changed = True
        while changed:
            changed = False
            for block in self.order:
                full, empty = self.full[block], self.empty[block]
                for each in block.instructions:
                    full, empty = self._through(each, full, empty)
                for successor in block.terminator.successors():
                    joined = self.full[successor] | full, self.empty[successor] | empty
                    if joined != (self.full[successor], self.empty[successor]):
                        self.full[successor], self.empty[successor] = joined
                        changed = True

    def _through(self, each: Instruction, full: int, empty: int) -> tuple[int, int]:
        if isinstance(each, Emptied):
            bit = self.bits[each.local]
            return full & ~bit, empty | bit
        if isinstance(each, ir.SetLocal):
            bit = self.bits.get(each.local, 0)
            if isinstance(each.value, Constant):
                return full & ~bit, empty | bit
            return full | bit, empty & ~bit
        for operand in each.operands():
            for local in self.storage.get(operand, ()):
                bit = self.bits[local]
                full, empty = full | bit, empty & ~bit
        return full, empty

    def _uncertain(self) -> int:
        """Return the locals that are released somewhere where they may hold something or not, or
        read somewhere where they may be empty."""
        uncertain = 0
        for block in self.order:
            full, empty = self.full[block], self.empty[block]
            for each in block.instructions:
                if isinstance(each, Emptied | ir.SetLocal):
                    uncertain |= self.bits.get(each.local, 0) & full & empty
                elif isinstance(each, ir.GetLocal):
                    uncertain |= self.bits.get(each.local, 0) & empty
                full, empty = self._through(each, full, empty)
        return uncertain

    # Writing

    def _write(self, block: Block, uncertain: int) -> None:
        full, empty = self.full[block], self.empty[block]
        self.defers_release = self.function.defers_release or block.defers_release
        out: list[Instruction] = []
        for each in block.instructions:
            if isinstance(each, Emptied):
                self._end(each, full, uncertain, out)
            elif isinstance(each, ir.SetLocal) and self.bits.get(each.local, 0) & full:
                old = _get(each.local, each, out)
                out.append(each)
                _release(old, each, out)
            else:
                out.append(each)
            full, empty = self._through(each, full, empty)
        block.instructions = out

    def _end(self, each: Emptied, full: int, uncertain: int, out: list[Instruction]) -> None:
        local, bit = each.local, self.bits[each.local]
        if local.drop is not None:
            if bit & full:
                self._drop(each, out)
            return
        if each.is_released and bit & full:
            old = _get(local, each, out)
            if bit & uncertain:
                _set_to_zero(local, each, out)
            _release(old, each, out)
        elif bit & uncertain:
            _set_to_zero(local, each, out)

    def _drop(self, each: Emptied, out: list[Instruction]) -> None:
        address = _address(each.local, each, out)
        symbol = each.local.drop + (LATER if self.defers_release else "")
        out.append(ir.Call(ir.Symbol(PTR, symbol), _DROP, [address], span=each.span))
        if each.is_reset:
            _zero(each.local, each, out)

    def _start(self, uncertain: int) -> None:
        start: list[Instruction] = []
        used = {local for locals in self.storage.values() for local in locals}
        at = ir.Unreachable(span=self.function.span)
        for local in self.owning:
            if self.bits[local] & uncertain:
                _set_to_zero(local, at, start)
        for local in self.places:
            if local in used:
                _zero(local, at, start)
        block = self.order[0]
        if start and any(block in each.terminator.successors() for each in self.order):
            first = Block("start", [*start, ir.Branch(block)])
            self.function.blocks.insert(0, first)
        else:
            block.instructions[:0] = start


def _get(local: Local, at: Instruction, out: list[Instruction]) -> Value:
    out.append(ir.GetLocal(local, type=local.type, span=at.span))
    return out[-1]


def _set_to_zero(local: Local, at: Instruction, out: list[Instruction]) -> None:
    out.append(ir.SetLocal(local, Constant(local.type, 0), span=at.span))


def _release(value: Value, at: Instruction, out: list[Instruction]) -> None:
    for leaf in reversed(ir.counted_leaves(value, out)):
        out.append(ir.Release(leaf, span=at.span))


def _address(local: Local, at: Instruction, out: list[Instruction]) -> Value:
    out.append(ir.LocalAddress(local, type=PTR, span=at.span))
    return out[-1]


def _zero(local: Local, at: Instruction, out: list[Instruction]) -> None:
    address, size = _address(local, at, out), Constant(I64, local.storage.size)
    zero, align = Constant(I8, 0), local.storage.align
    out.append(ir.MemoryFill(address, zero, size, align=align, span=at.span))
