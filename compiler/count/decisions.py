"""Which tracked things own a reference, and which borrow one that somebody else holds.

Everything starts as a borrower, but for the values that are owned from the start and the locals
that are set to one of those. Then whatever is not safe as a borrower becomes an owner, until nothing
changes; an owner in turn releases, which may make others unsafe.

*Noise* is what may release a reference that this function does not hold itself, so that a borrowed
object may die: a call (unless the callee is known to be quiet), a store that replaces a reference,
the release of anything owned, and whatever synchronises with other processors, which may release
what is shared as soon as they can.

    value from memory, or     must own if live across noise, or an argument of a noisy call
    from a borrowing local    (then it is the local that must own)
    value from a local that   must own if live where the local is set or cleared, or dies
    owns
    local                     must own if it holds something across noise, the release of a local
                              before it at the function's end included; not if it is only ever set
                              to what is alive anyway

A consumer (SetLocal, Store, Return, Make) gets a reference of its own in any case, either moved from
an owner that is not needed any more or retained for it.
"""

from __future__ import annotations

from collections.abc import Callable

from compiler import ir
from compiler.count.liveness import Liveness
from compiler.count.references import References, consumed_by
from compiler.ir import Block, Instruction, Local, Order, Value, is_counted

IsQuiet = Callable[[str], bool]

_RELEASING = (Order.RELEASE, Order.ACQ_REL, Order.SEQ_CST)


class Decisions:
    """The owners among the tracked things, as masks."""

    def __init__(self, references: References, liveness: Liveness, is_quiet: IsQuiet):
        self.references = references
        self.liveness = liveness
        self.owned = references.owned  # values
        self.owning = references.kept  # locals
        self.safe = self._safe_locals()
        self._noisy = {
            each
            for block in references.order
            for each in block.instructions
            if is_noisy(each, is_quiet)
        }
        self._of_sources()
        while self._pass():
            pass

    # What is alive anyway

    def _safe_locals(self) -> int:
        """Return the locals that only ever hold what is alive for the whole call."""
        references = self.references
        safe = references.locals
        changed = True
        while changed:
            changed = False
            for local, sources in references.sources.items():
                bit = references.bit(local)
                if safe & bit and not all(self._is_safe(s, safe) for s in sources):
                    safe &= ~bit
                    changed = True
        return safe

    def _is_safe(self, source: Value, safe: int) -> bool:
        if not self.references.mask(source):
            return True
        return isinstance(source, ir.GetLocal) and bool(safe & self.references.bit(source.local))

    # Owners

    def _of_sources(self) -> bool:
        """Make each local an owner that is set to something owned."""
        before = self.owning
        for local, sources in self.references.sources.items():
            if any(self.owned & self.references.bit(source) for source in sources):
                self.owning |= self.references.bit(local)
        return self.owning != before

    def _pass(self) -> bool:
        before = self.owned, self.owning
        for block in self.references.order:
            self._look_through(block)
        self._at_the_end()
        self._of_sources()
        return before != (self.owned, self.owning)

    def _at_the_end(self) -> None:
        """The locals of the source end in their order, and each release is noise for those behind."""
        references, released = self.references, False
        for local in references.function.locals:
            bit = references.bit(local) & ~references.hidden & ~self.safe
            if released:
                self.owning |= bit
            released |= local.drop is not None or bool(self.owning & bit)

    def _look_through(self, block: Block) -> None:
        liveness = self.liveness
        for successor in block.terminator.successors():
            live = liveness.live_in[successor]
            ending = self.released(liveness.edge_into(block, successor) & ~live)
            if ending:
                self._end_locals(ending, live)
                self._noise(live)
        live = liveness.live_out[block]
        for each in reversed(block.instructions):
            self._instruction(each, live)
            live = live & ~liveness.defined(each) | liveness.uses(each)

    def _instruction(self, each: Instruction, after: int) -> None:
        if isinstance(each, ir.SetLocal | ir.ClearLocal) and self.owns(each.local):
            self._kill(each.local, after)
            self._noise(after)
        if each in self._noisy:
            self._noise(after)
            if isinstance(each, ir.Call):
                self._noise(self.liveness.uses(each))
        moved = self.moved(each, after)
        self._end_locals(moved, after)
        ending = self.ending(each, after, moved)
        if ending:
            self._end_locals(ending, after)
            self._noise(after)

    def _noise(self, live: int) -> None:
        """Make owners of the borrowers among what is live across noise."""
        references = self.references
        self.owning |= live & references.locals & ~self.safe
        for value in references.of(live & ~references.locals & ~self.owned):
            if not isinstance(value, ir.GetLocal):
                self.owned |= references.bit(value)
            elif not (self.owning | self.safe) & references.bit(value.local):
                self.owning |= references.bit(value.local)

    def _end_locals(self, ending: int, live: int) -> None:
        for local in self.references.of(ending & self.references.locals):
            self._kill(local, live)

    def _kill(self, local: Local, live: int) -> None:
        self.owned |= live & self.references.gets.get(local, 0)

    # Queries

    def owns(self, local: Local) -> bool:
        return bool(self.owning & self.references.bit(local))

    def released(self, mask: int) -> int:
        """Return those of a mask whose end is a release: owned values, hidden locals that own."""
        return mask & (self.owned | self.owning & self.references.hidden)

    def ending(self, each: Instruction, after: int, moved: int) -> int:
        """Return the owners to be released behind an instruction: used for the last time and not
        moved, or set by it and never used."""
        used, set = self.liveness.uses(each), self.liveness.defined(each)
        return self.released((used & ~moved | set) & ~after)

    def moved(self, each: Instruction, after: int) -> int:
        """Return the owners whose reference moves to what the instruction keeps it in."""
        moved = 0
        for value in self.kept_by(each):
            moved |= self.mover(each, value, after)
        return moved

    def kept_by(self, each: Instruction) -> list[Value]:
        """Return the operands for each of which an instruction takes a reference of its own."""
        if isinstance(each, ir.SetLocal) and not self.owns(each.local):
            return []
        if isinstance(each, ir.Make) and not self.owned & self.references.bit(each):
            return []
        return [value for value in consumed_by(each) if is_counted(value.type)]

    def mover(self, each: Instruction, value: Value, after: int) -> int:
        """Return which owner gives its reference to `each`, which keeps `value`; 0: none can.

        A local of the source keeps its reference to the function's end, except that it is returned.
        """
        bit = self.references.bit(value)
        if bit & self.owned:
            return bit & ~after
        if not isinstance(value, ir.GetLocal) or not self.owns(value.local) or bit & after:
            return 0
        local = self.references.bit(value.local)
        if isinstance(each, ir.Return | ir.ReturnError):
            return local
        return local & self.references.hidden & ~after

    def is_hidden(self, local: Local) -> bool:
        return bool(self.references.hidden & self.references.bit(local))


def is_noisy(each: Instruction, is_quiet: IsQuiet) -> bool:
    """True if an instruction may release what this function does not hold."""
    match each:
        case ir.Call():
            callee = callee_of(each)
            return callee is None or not is_quiet(callee)
        case ir.Store(value=value, initialises=initialises, order=order):
            return is_counted(value.type) and not initialises or order in _RELEASING
        case ir.ClearLocal(local=local):
            return local.storage is not None
    return isinstance(each, _NOISY)


def callee_of(call: ir.Call) -> str | None:
    """Return by what name it is known whether a call is quiet; None: it is not known at all."""
    if isinstance(call.callee, ir.Symbol):
        return call.callee.name
    return through_table(call.method) if call.method else None


def through_table(method: str) -> str:
    """Return the name for calls of whatever overrides a method."""
    return f"{method}, virtually"


_NOISY = (ir.New, ir.AtomicUpdate, ir.CompareExchange, ir.Fence, ir.Assembly)
