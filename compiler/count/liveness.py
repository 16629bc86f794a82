"""Where tracked things are still needed: backward, over the blocks of one function.

A local is live where what it holds may be read before it is set again, and one of the source to the
end, since its object is to live that long. A value, or a local whose content is in use, is live as
long as something with it among its roots is used. A call that may raise gives
its result on the way to the normal block only, so that is where the value starts.

Source: Aho, Lam, Sethi, Ullman, "Compilers", 2nd edition, section 9.2.5 (live variables).
"""

from __future__ import annotations

from compiler import ir
from compiler.count.references import References
from compiler.ir import Block, Instruction


class Liveness:
    """Masks of what is live at the borders of blocks, and inside them."""

    def __init__(self, references: References):
        self.references = references
        self.live_in: dict[Block, int] = {}
        self.live_out: dict[Block, int] = {}
        self._uses: dict[Instruction, int] = {}
        self._ends: dict[Instruction, int] = {}
        self._solve()

    def uses(self, each: Instruction) -> int:
        return self._uses[each]

    def defined(self, each: Instruction) -> int:
        """Return the bit of what gets a value by an instruction, a local perhaps; 0 for none."""
        return self._ends[each]

    def after_each(self, block: Block) -> list[int]:
        """Return what is live behind each instruction of a block."""
        live = self.live_out[block]
        after = [0] * len(block.instructions)
        for position in range(len(block.instructions) - 1, -1, -1):
            each = block.instructions[position]
            after[position] = live
            live = live & ~self._ends[each] | self._uses[each]
        return after

    def edge_into(self, block: Block, successor: Block) -> int:
        """Return what is live on the way from a block to a successor, before any of it ends."""
        last = block.terminator
        live = self.live_out[block]
        if isinstance(last, ir.BranchOnError):
            result = self._result(last)
            return live | result if successor is last.normal else live & ~result
        return live

    def _result(self, last: ir.BranchOnError) -> int:
        """Return the bit of a call's result, if it has one that is tracked."""
        return self.references.bit(last.call)

    def _solve(self) -> None:
        references = self.references
        for block in references.order:
            last = block.terminator
            tested = last.call if isinstance(last, ir.BranchOnError) else None
            for each in block.instructions:
                self._uses[each] = references.uses(each)
                defined = each.local if isinstance(each, ir.SetLocal | ir.ClearLocal) else each
                self._ends[each] = 0 if each is tested else references.bit(defined)
            self.live_in[block] = self.live_out[block] = 0

        changed = True
        while changed:
            changed = False
            for block in reversed(references.order):
                live = self._out(block)
                self.live_out[block] = live
                for each in reversed(block.instructions):
                    live = live & ~self._ends[each] | self._uses[each]
                if live != self.live_in[block]:
                    self.live_in[block] = live
                    changed = True

    def _out(self, block: Block) -> int:
        last, live = block.terminator, 0
        for successor in last.successors():
            into = self.live_in[successor]
            if isinstance(last, ir.BranchOnError) and successor is last.normal:
                into &= ~self._result(last)
            live |= into
        return live
