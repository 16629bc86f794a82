"""Which values of a function hold references, and what each value needs kept alive.

What may have to be counted is *tracked* and has a bit: locals of a counted type, and values that
come from calls, new objects, loads and locals. Not tracked is what is alive anyway: parameters,
ASSUME, constants, symbols.

The *roots* of a value are the tracked things that must be alive while the value is in use: itself,
if tracked; what an address inside an object was made from; the aggregate that an item was taken
from. A pointer or view that is loaded from an object, or returned by a call, has the roots of what
it came by. A local that holds no references but such an address (an alias of a struct, a Slice)
passes on the roots of all that it is ever set to; a Ptr of the source does not, as it is raw.

A tracked value is *owned* from the start if it comes from a call, New, Convert that retains, Make
whose result is kept, or as an item out of an owned aggregate that is only ever taken apart. Those
items are taken out right behind the aggregate, so that each has one owner on every path.
"""

from __future__ import annotations

from compiler import ir
from compiler.ir import PTR, Block, Cast, Function, Instruction, IRType, Local, Value, is_counted
from compiler.types import PointerType

_RETAINING = (Cast.RETAIN, Cast.WEAKEN, Cast.UPGRADE)
_FORWARDING = (ir.Offset, ir.Index, ir.Select, ir.Extract, ir.Make, ir.Convert)


class References:
    """The tracked things of one function. Masks have a bit for each, in the order of `tracked`."""

    def __init__(self, function: Function, kept: dict[Local, Value] | None = None):
        """`kept`: locals that hold a value to the function's end, so that aliases need not."""
        kept = kept or {}
        self.function = function
        self.order = reverse_postorder(function)
        self.tracked: list[Value | Local] = []
        self.bits: dict[Value | Local, int] = {}
        self.roots: dict[Value, int] = {}
        self.owned = 0  # values that are owned from the start
        self.locals = 0  # all tracked locals
        self.hidden = 0  # tracked locals that the source does not know
        self.kept = 0  # the locals of `kept`, which own what they hold
        self.gets: dict[Local, int] = {}  # values read from a local
        self.read_from: dict[int, Local] = {}  # bit of such a value -> its local
        self.sources: dict[Local, list[Value]] = {}  # what a local is set to
        self.storage: dict[Value, set[Local]] = {}  # storage with a drop that a value leads to

        self._consumed = _consumed(function)
        self._aliased: dict[Local, int] = {}  # roots that locals without references pass on
        self._unpack()
        for local in function.locals:
            if local.storage is None and is_counted(local.type):
                bit = self._track(local)
                self.locals |= bit
                if local in kept:
                    self.kept |= bit
                elif local.source_type is None:
                    self.hidden |= bit
        self._anchored = sum(self._track(value) for value in kept.values())
        self._find_roots()

    def mask(self, value: Value) -> int:
        """Return the roots of a value."""
        return self.roots.get(value, 0)

    def bit(self, thing: Value | Local) -> int:
        """Return the bit of something tracked, 0 if it is not."""
        return self.bits.get(thing, 0)

    def uses(self, each: Instruction) -> int:
        """Return what must be alive while an instruction runs."""
        if isinstance(each, ir.GetLocal):
            return self.bit(each.local) | self._aliased.get(each.local, 0)
        if isinstance(each, _ABOUT_CALLS):
            return 0
        # A local of the source holds what it holds until the function ends, read or not.
        is_end = isinstance(each, ir.Return | ir.ReturnError)
        mask = self.locals & ~self.hidden if is_end else 0
        for operand in each.operands():
            mask |= self.roots.get(operand, 0)
        return mask

    def in_order_of_use(self, mask: int, each: Instruction) -> list[Value | Local]:
        """Return the things of a mask as an instruction uses them, then the others."""
        things = []
        for operand in each.operands():
            used = self.roots.get(operand, 0) & mask
            things += self.of(used)
            mask &= ~used
        return things + self.of(mask)

    def of(self, mask: int) -> list[Value | Local]:
        """Return the things of a mask, in order."""
        things = []
        while mask:
            lowest = mask & -mask
            things.append(self.tracked[lowest.bit_length() - 1])
            mask ^= lowest
        return things

    # Building

    def _track(self, thing: Value | Local) -> int:
        known = self.bits.get(thing)
        if known is None:
            known = self.bits[thing] = 1 << len(self.tracked)
            self.tracked.append(thing)
        return known

    def _unpack(self) -> None:
        """Put the items that are taken out of an owned aggregate right behind it."""
        taken: dict[Value, list[ir.Extract]] = {}
        others: set[Value] = set()
        for block in self.function.blocks:
            for each in block.instructions:
                if isinstance(each, ir.Extract):
                    taken.setdefault(each.aggregate, []).append(each)
                elif not isinstance(each, _ABOUT_CALLS):
                    others.update(each.operands())
        self.unpacked: dict[Value, list[ir.Extract]] = {}
        for aggregate, items in taken.items():
            is_owned = isinstance(aggregate, ir.Call) and is_counted(aggregate.type)
            if is_owned and aggregate not in others:
                counted = [item for item in items if is_counted(item.type)]
                if len({item.index for item in counted}) == len(counted):
                    self.unpacked[aggregate] = counted
        self._move_unpacked()

    def _move_unpacked(self) -> None:
        moved = {item for items in self.unpacked.values() for item in items}
        if not self.unpacked:
            return
        for block in self.function.blocks:
            kept: list[Instruction] = []
            for each in block.instructions:
                if each in moved:
                    continue
                kept.append(each)
                if each in self.unpacked and not _is_tested(each, block):
                    kept += self._all_items(each)
            block.instructions = kept
        for block in self.function.blocks:
            last = block.terminator
            if isinstance(last, ir.BranchOnError) and last.call in self.unpacked:
                last.normal.instructions[:0] = self._all_items(last.call)

    def _all_items(self, aggregate: Value) -> list[ir.Extract]:
        """Return an Extract of each item that holds references: first those that nobody takes, which
        end at once, the last one first as CPython's tuples do it."""
        taken = {item.index: item for item in self.unpacked[aggregate]}
        ending = [
            ir.Extract(aggregate, index, type=type, span=aggregate.span)
            for index, type in enumerate(aggregate.type.items)
            if is_counted(type) and index not in taken
        ]
        items = [*reversed(ending), *(taken[index] for index in sorted(taken))]
        self.unpacked[aggregate] = items
        return items

    def _find_roots(self) -> None:
        owned_items = {item for items in self.unpacked.values() for item in items}
        changed = True
        while changed:
            changed = False
            for block in self.order:
                for each in block.instructions:
                    if isinstance(each, ir.SetLocal):
                        changed |= self._note_set(each)
                    elif each in owned_items:
                        self.roots[each] = self._track(each)
                        self.owned |= self.roots[each]
                    elif each.type is not ir.VOID:
                        self._note_value(each)

    def _note_set(self, each: ir.SetLocal) -> bool:
        local, value = each.local, each.value
        if local in self.bits:
            sources = self.sources.setdefault(local, [])
            if value not in sources:
                sources.append(value)
            return False
        mask = self.mask(value) & ~self._anchored
        known = self._aliased.get(local, 0)
        if isinstance(local.source_type, PointerType) or mask | known == known:
            return False
        self._aliased[local] = mask | known
        return True

    def _note_value(self, each: Instruction) -> None:
        if isinstance(each, ir.LocalAddress):
            if each.local.drop is not None:
                self.storage[each] = {each.local}
            return
        storage = {s for o in each.operands() for s in self.storage.get(o, ())}
        if storage and holds_pointers(each.type):
            self.storage[each] = storage
        if is_counted(each.type):
            self._note_counted(each)
        elif isinstance(each, ir.GetLocal):
            self.roots[each] = self._aliased.get(each.local, 0)
        elif holds_pointers(each.type) and not isinstance(each, _ABOUT_CALLS):
            mask = 0
            for operand in each.operands():
                mask |= self.mask(operand)
            if mask:
                self.roots[each] = mask

    def _note_counted(self, each: Instruction) -> None:
        match each:
            case ir.GetLocal(local=local):
                bit = self._track(each)
                self.roots[each] = bit | self.bit(local)
                self.gets[local] = self.gets.get(local, 0) | bit
                self.read_from[bit] = local
            case ir.Load():
                self.roots[each] = self._track(each)
            case ir.Call() if each in self.unpacked:
                pass
            case ir.Make() if each in self._consumed:
                self._own(each)
            case ir.Convert(cast=cast) if cast in _RETAINING:
                self._own(each)
            case _ if isinstance(each, _FORWARDING):
                mask = 0
                for operand in each.operands():
                    mask |= self.mask(operand)
                self.roots[each] = mask
            case _:
                self._own(each)

    def _own(self, each: Instruction) -> None:
        self.roots[each] = self._track(each)
        self.owned |= self.roots[each]


# These name a call without using what it gave.
_ABOUT_CALLS = (ir.BranchOnError, ir.CallError, ir.CallErrorObject)


def consumed_by(each: Instruction) -> list[Value]:
    """Return the operands of which an instruction keeps a reference, if they hold one."""
    match each:
        case ir.SetLocal(value=value) | ir.Store(value=value):
            return [value]
        case ir.Return(value=value) if value is not None:
            return [value]
        case ir.ReturnError(object=object):
            return [object]
        case ir.Make(items=items):
            return items
        case ir.AtomicUpdate(op="swap", value=value):
            return [value]
    return []


def _consumed(function: Function) -> set[Value]:
    """Return the values that something keeps, Makes inside such Makes included."""
    consumed: set[Value] = set()
    makes: list[ir.Make] = []
    for block in function.blocks:
        for each in block.instructions:
            if isinstance(each, ir.Make):
                makes.append(each)
            else:
                consumed.update(consumed_by(each))
    for make in reversed(makes):
        if make in consumed:
            consumed.update(make.items)
    return consumed


def _is_tested(call: Instruction, block: Block) -> bool:
    last = block.terminator
    return isinstance(last, ir.BranchOnError) and last.call is call


def holds_pointers(type: IRType) -> bool:
    """True if a value of this type may lead into an object without holding a reference to it."""
    if isinstance(type, ir.AggregateType):
        return any(map(holds_pointers, type.items))
    return type is PTR


def reverse_postorder(function: Function) -> list[Block]:
    """Return the reachable blocks, each behind those that dominate it."""
    order: list[Block] = []
    seen = {function.blocks[0]}
    pending = [(function.blocks[0], iter(function.blocks[0].terminator.successors()))]
    while pending:
        block, successors = pending[-1]
        following = next(successors, None)
        if following is None:
            order.append(block)
            pending.pop()
        elif following not in seen:
            seen.add(following)
            pending.append((following, iter(following.terminator.successors())))
    order.reverse()
    return order
