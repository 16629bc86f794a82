"""Writes the decisions into the function: retains, releases and moves.

Around each instruction:

    retain what it keeps, unless a reference moves to it
    the instruction; of a Store that replaces a reference, then the release of that
    retain its result if that is to be owned but comes borrowed
    release what is not needed any more

What ends at one instruction ends in the order in which that uses it, as a callee's parameters do;
the items of a tuple from the last to the first. What ends between two blocks is released at the start of the second, or in a block between them if
it has other predecessors. A function's locals are released in their order before it returns.

Releases of locals are written as `Emptied`, and a SetLocal of a local that owns says nothing of what
it replaces: whether a local holds anything there is for `fullness.py` to find out.
"""

from __future__ import annotations

from compiler import ir
from compiler.count.decisions import Decisions
from compiler.count.fullness import Emptied
from compiler.count.liveness import Liveness
from compiler.count.references import References
from compiler.ir import (
    Block,
    Cast,
    Constant,
    Instruction,
    Local,
    Undefined,
    Value,
    is_counted,
)
from compiler.source import Span


class Insertion:
    """Rewrites one function."""

    def __init__(self, references: References, liveness: Liveness, decisions: Decisions):
        self.references = references
        self.liveness = liveness
        self.decisions = decisions
        self.function = references.function
        self.out: list[Instruction] = []
        self.span: Span | None = None
        self.replaced: dict[Value, Value] = {}

    def run(self) -> None:
        starts = self._ends_between_blocks()
        for block in self.references.order:
            after = self.liveness.after_each(block)
            self.out = starts.get(block, [])
            for each, live in zip(block.instructions, after, strict=True):
                self.span = each.span
                self._instruction(each, live)
            block.instructions = self.out
        if self.replaced:
            ir.replace_operands(self.function, self.replaced)

    # Between blocks

    def _ends_between_blocks(self) -> dict[Block, list[Instruction]]:
        """Return what to write at the start of each block; make the blocks between others."""
        predecessors: dict[Block, int] = {}
        for block in self.references.order:
            for successor in set(block.terminator.successors()):
                predecessors[successor] = predecessors.get(successor, 0) + 1

        starts: dict[Block, list[Instruction]] = {}
        for block in self.references.order:
            for successor in dict.fromkeys(block.terminator.successors()):
                self.out = []
                self._end_on_way(block, successor)
                if self.out and predecessors[successor] == 1:
                    starts[successor] = self.out
                elif self.out:
                    self._put_between(block, successor)
        return starts

    def _end_on_way(self, block: Block, successor: Block) -> None:
        last, live = block.terminator, self.liveness.live_in[successor]
        self.span = last.span
        ending = self.decisions.released(self.liveness.edge_into(block, successor) & ~live)
        things = self.references.of(ending)
        if isinstance(last, ir.BranchOnError) and successor is last.error:
            things.reverse()  # as an interpreter unwinds its stack
        for thing in things:
            self._end(thing)

    def _put_between(self, block: Block, successor: Block) -> None:
        self._add(ir.Branch(successor))
        between = Block(f"{block.name}.to.{successor.name}", self.out)
        between.defers_release = block.defers_release
        self.function.blocks.append(between)
        ir.replace_successor(block.terminator, successor, between)

    # Inside a block

    def _instruction(self, each: Instruction, after: int) -> None:
        if isinstance(each, ir.ClearLocal):
            self._clear(each.local)
            return
        moved = self._keep(each, after)
        ending = self.decisions.ending(each, after, moved)
        if isinstance(each, ir.Return | ir.ReturnError):
            self._end_all(ending, each)
            self._leave()
            self.out.append(each)
            return

        if isinstance(each, ir.Store) and is_counted(each.value.type) and not each.initialises:
            self._replace(each)
        else:
            self.out.append(each)
        if self._comes_borrowed(each):
            self._retain(each)
        self._end_all(ending, each)

    def _keep(self, each: Instruction, after: int) -> int:
        """Retain what `each` is to keep unless it moves; return the owners that it moves from."""
        moved = 0
        for value in self.decisions.kept_by(each):
            mover = self.decisions.mover(each, value, after) & ~moved
            if mover:
                moved |= mover
                for local in self.references.of(mover & self.references.locals):
                    self._add(Emptied(local, is_released=False))
            elif isinstance(value, Undefined):
                self.replaced[value] = Constant(value.type, 0)
            else:
                self._retain(value)
        return moved

    def _comes_borrowed(self, each: Instruction) -> bool:
        """True for a result that is to be owned and is not yet."""
        if not self.references.bit(each) & self.decisions.owned:
            return False
        if isinstance(each, ir.Convert):
            return each.cast is not Cast.UPGRADE
        return isinstance(each, ir.Load | ir.GetLocal)

    def _replace(self, each: ir.Store) -> None:
        """Store, then release what was there."""
        old = ir.Load(
            each.address,
            align=each.align,
            per_cpu=each.per_cpu,
            part=each.part,
            type=each.value.type,
        )
        self._add(old)
        self.out.append(each)
        self._release(old)

    def _clear(self, local: Local) -> None:
        if local.storage is not None:
            self._add(Emptied(local, is_reset=True))
        elif self.decisions.owns(local):
            self._add(Emptied(local))
        else:
            self._add(ir.SetLocal(local, Constant(local.type, 0)))

    def _leave(self) -> None:
        """Release the function's locals. Those that the source does not know have ended before."""
        for local in self.function.locals:
            outlives = self.decisions.owns(local) and not self.decisions.is_hidden(local)
            if outlives or local.drop is not None:
                self._add(Emptied(local))

    def _end_all(self, ending: int, each: Instruction) -> None:
        for thing in self.references.in_order_of_use(ending, each):
            self._end(thing)

    def _end(self, thing: Value | Local) -> None:
        if isinstance(thing, Local):
            self._add(Emptied(thing))
        else:
            self._release(thing)

    def _retain(self, value: Value) -> None:
        for leaf in ir.counted_leaves(value, self.out):
            self._add(ir.Retain(leaf))

    def _release(self, value: Value) -> None:
        for leaf in reversed(ir.counted_leaves(value, self.out)):
            self._add(ir.Release(leaf))

    def _add(self, each: Instruction) -> Instruction:
        each.span = self.span
        self.out.append(each)
        return each
