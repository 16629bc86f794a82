"""A model of counted IR: walks every path of a function and proves that its counts are right.

Each reference that a function meets is an *object* of its own, with the number of references to it
that the function must still let go of:

    Call, New          a new object, 1
    Load               a new object, 0: somebody else holds it until there is noise
    parameter          0, and held by the caller throughout
    Retain, Release    +1, -1; a Release is noise
    Store, Return      -1: the reference passes on. What a Store replaces comes to the function (+1),
                       which must have loaded it just before

An object with 0 that nobody holds is dead, and so is what was loaded from it. The model fails if a
dead object is used, if a count falls below 0, if a reference can no longer be named by any value or
local, or if one is left when the function returns. Both sides of each branch are walked, and states
that have been seen at a block are not walked again, so the walk ends, if perhaps late.

Storage with a drop must be zeroed before it is used and dropped, since its last use, at the end.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from compiler import ir
from compiler.count.decisions import is_noisy
from compiler.count.fullness import LATER
from compiler.count.references import holds_pointers
from compiler.ir import Block, Cast, Instruction, Local, Value, is_counted
from compiler.types import PointerType


class Wrong(AssertionError):
    """The counts of a function are wrong on some path."""


@dataclass
class Object:
    """A reference: how many the function holds, and who else keeps it alive."""

    name: str
    count: int = 0
    permanent: bool = False
    dead: bool = False

    def state(self) -> tuple:
        return (self.count, self.permanent, self.dead)


NULL = Object("null", permanent=True)


@dataclass
class State:
    """What is known on one path. An aggregate value is a tuple of what its items are."""

    values: dict[Value, object] = field(default_factory=dict)
    locals: dict[Local, object] = field(default_factory=dict)
    storage: dict[Local, str] = field(default_factory=dict)


def prove(
    function: ir.Function,
    is_quiet: Callable[[str], bool] = lambda name: False,
    at_most: int = 20_000,
) -> None:
    """Walk all paths, as far as `at_most` states.

    Raises:
        Wrong: with the path's block and instruction.
    """
    _Walk(function, is_quiet).run(at_most)


class _Walk:
    def __init__(self, function: ir.Function, is_quiet: Callable[[str], bool]):
        self.function = function
        self.is_quiet = is_quiet
        self.needed = _needed(function)
        self.state = State()
        self.at = ""

    def run(self, at_most: int) -> None:
        start = State()
        for each in self.function.parameters:
            start.values[each] = _shape(each.type, lambda: Object("parameter", permanent=True))
        seen: set[tuple] = set()
        pending = [(self.function.blocks[0], start)]
        while pending and len(seen) < at_most:
            block, state = pending.pop()
            key = (block.name, self.canonical(block, state))
            if key in seen:
                continue
            seen.add(key)
            self.state = state
            pending += self.walk(block)

    def fail(self, message: str) -> None:
        raise Wrong(f"{self.function.symbol}, {self.at}: {message}")

    # States

    def canonical(self, block: Block, state: State) -> tuple:
        """Return the state as a key; forget what no value or local that matters names."""
        self.at = f"start of {block.name}"
        kept = {v: o for v, o in state.values.items() if v in self.needed[block]}
        for each in _objects([o for v, o in state.values.items() if v not in kept]):
            if each.count and not _names(each, kept.values(), state.locals.values()):
                self.fail(f"the reference {each.name} is lost")
        state.values = kept
        numbers: dict[int, int] = {}
        parts = []
        for held in (*kept.values(), *state.locals.values()):
            for each in _objects([held]):
                numbers.setdefault(id(each), len(numbers))
        for thing, held in (*kept.items(), *state.locals.items()):
            key = tuple((numbers[id(o)], o.state()) for o in _objects([held]))
            parts.append((id(thing), key))
        parts.sort()
        return tuple(parts), tuple(sorted((id(s), how) for s, how in state.storage.items()))

    def copy(self) -> State:
        made: dict[int, Object] = {id(NULL): NULL}

        def again(held: object) -> object:
            if isinstance(held, tuple):
                return tuple(map(again, held))
            if isinstance(held, Object):
                if id(held) not in made:
                    made[id(held)] = Object(held.name, *held.state())
                return made[id(held)]
            return held

        return State(
            {v: again(o) for v, o in self.state.values.items()},
            {local: again(o) for local, o in self.state.locals.items()},
            dict(self.state.storage),
        )

    # Paths

    def walk(self, block: Block) -> list[tuple[Block, State]]:
        for position, each in enumerate(block.instructions):
            self.at = f"{block.name}[{position}] {type(each).__name__}"
            self.instruction(each, block, position)
        last = block.terminator
        following = []
        for successor in dict.fromkeys(last.successors()):
            state = self.copy()
            if isinstance(last, ir.BranchOnError):
                self.take_result(state, last, successor is last.normal)
            following.append((successor, state))
        return following

    def take_result(self, state: State, last: ir.BranchOnError, is_normal: bool) -> None:
        """A call that raised gave nothing."""
        if is_normal:
            return
        for each in _objects([state.values.pop(last.call, None)]):
            each.count -= 1

    def instruction(self, each: Instruction, block: Block, position: int) -> None:
        self.use(each)
        match each:
            case ir.GetLocal(local=local):
                if local not in self.state.locals and is_counted(local.type):
                    self.fail(f"{local.name} is read before it is set")
                self.give(each, self.state.locals.get(local, ()))
            case ir.SetLocal(local=local, value=value):
                held = self.held(value)
                is_raw = isinstance(local.source_type, PointerType)
                self.state.locals[local] = () if is_raw else held
            case ir.Retain(value=value):
                for o in self.alive(value):
                    o.count += 1
            case ir.Release(value=value):
                for o in self.alive(value):
                    self.let_go(o)
                    if not o.count and not o.permanent:
                        o.dead = True
                self.noise()
            case ir.Store():
                self.store(each, block, position)
            case ir.Return() | ir.ReturnError():
                self.leave(each)
            case ir.Make(items=items):
                self.give(each, tuple(self.held(item) for item in items))
            case ir.Extract(aggregate=aggregate, index=index):
                whole = self.held(aggregate)
                self.give(each, whole[index] if isinstance(whole, tuple) and whole else ())
            case ir.CallError():
                self.give(each, ())
            case ir.LocalAddress(local=local):
                self.give(each, local if local.drop else ())
            case _:
                self.result(each)
        if is_noisy(each, self.is_quiet):
            self.noise()

    def result(self, each: Instruction) -> None:
        """Give an instruction without a rule of its own its value."""
        if each.type is ir.VOID:
            return
        if not is_counted(each.type) and not holds_pointers(each.type):
            self.give(each, ())
            return
        if not is_counted(each.type):
            used = [self.held(o) for o in each.operands()]
            storage = [held for held in used if isinstance(held, Local)]
            self.give(each, storage[0] if storage else tuple(_objects(used)))
            return
        match each:
            case ir.Load():
                self.give(each, _shape(each.type, lambda: Object("loaded")))
            case ir.Convert(cast=Cast.RETAIN | Cast.WEAKEN):
                self.give(each, Object("converted"))  # the Retain follows
            case ir.Select(then=then, other=other):
                chosen = self.held(then)  # either will do: both must be alive as long
                self.give(each, chosen if chosen is not NULL else self.held(other))
            case ir.Convert(cast=Cast.ASSUME):
                self.give(each, Object("assumed", permanent=True))
            case _:
                self.give(each, _shape(each.type, lambda: Object(type(each).__name__, 1)))

    # Objects

    def held(self, value: Value) -> object:
        if isinstance(value, ir.Constant | ir.Symbol | ir.Undefined):
            return _shape(value.type, lambda: NULL) if is_counted(value.type) else ()
        if value not in self.state.values:
            self.fail("a value is used that this path does not have")
        return self.state.values[value]

    def give(self, value: Value, held: object) -> None:
        old = self.state.values.get(value)
        self.state.values[value] = held
        for each in _objects([old]):
            others = (self.state.values.values(), self.state.locals.values())
            if each.count and not _names(each, *others):
                self.fail(f"the reference {each.name} is lost")

    def use(self, each: Instruction) -> None:
        """Check that nothing an instruction looks at is dead."""
        if isinstance(each, ir.BranchOnError | ir.CallError | ir.CallErrorObject):
            return
        for operand in each.operands():
            held = self.held(operand)
            if isinstance(each, ir.Extract) and isinstance(held, tuple) and held:
                held = held[each.index]
            for o in _objects([held]):
                if o.dead:
                    self.fail(f"{o.name} is used after it may have been released")
            if isinstance(held, Local):
                self.use_storage(held, each)
        if isinstance(each, ir.Call) and is_noisy(each, self.is_quiet):
            for o in _objects([self.held(a) for a in each.arguments]):
                if not o.count and not o.permanent and o is not NULL:
                    self.fail(f"{o.name} is lent to a call that may release it")

    def use_storage(self, local: Local, each: Instruction) -> None:
        if isinstance(each, ir.MemoryFill):
            self.state.storage[local] = "zero"
        elif isinstance(each, ir.Call) and each.callee.name.removesuffix(LATER) == local.drop:
            if self.state.storage.get(local) is None:
                self.fail(f"{local.name} is dropped before it is zeroed")
            self.state.storage[local] = "dropped"
        elif not isinstance(each, ir.Offset):
            if self.state.storage.get(local) in (None, "dropped"):
                self.fail(f"{local.name} is used before it is zeroed")
            self.state.storage[local] = "used"

    def alive(self, value: Value) -> list[Object]:
        return [o for o in _objects([self.held(value)]) if o is not NULL]

    def let_go(self, each: Object) -> None:
        if each is NULL:
            return
        if each.count <= 0:
            self.fail(f"{each.name} is released more often than it is held")
        each.count -= 1

    def noise(self) -> None:
        """Whatever only others held may be gone now."""
        for each in _objects([*self.state.values.values(), *self.state.locals.values()]):
            if not each.count and not each.permanent:
                each.dead = True

    def store(self, store: ir.Store, block: Block, position: int) -> None:
        if not is_counted(store.value.type):
            return
        for each in _objects([self.held(store.value)]):
            self.let_go(each)
        if store.initialises:
            return
        before = block.instructions[position - 1]
        if not isinstance(before, ir.Load) or before.address is not store.address:
            self.fail("what a store replaces is not loaded just before")
        for each in _objects([self.held(before)]):
            each.count += 1

    def leave(self, last: ir.Return | ir.ReturnError) -> None:
        passed = last.value if isinstance(last, ir.Return) else last.object
        if passed is not None and is_counted(passed.type):
            for each in _objects([self.held(passed)]):
                self.let_go(each)
        for each in _objects([*self.state.values.values(), *self.state.locals.values()]):
            if each.count:
                self.fail(f"the reference {each.name} is still held")
        for local, how in self.state.storage.items():
            if how == "used":
                self.fail(f"{local.name} is not dropped")


def _shape(type: ir.IRType, make: Callable[[], Object]) -> object:
    if isinstance(type, ir.AggregateType):
        return tuple(_shape(item, make) for item in type.items)
    return make() if is_counted(type) else ()


def _objects(held: list) -> list[Object]:
    """Return the objects in some values, each once."""
    found: dict[int, Object] = {}
    pending = list(held)
    while pending:
        each = pending.pop(0)
        if isinstance(each, Object):
            found[id(each)] = each
        elif isinstance(each, tuple):
            pending += each
    return list(found.values())


def _names(object: Object, *collections: object) -> bool:
    return any(object in _objects([held]) for each in collections for held in each)


def _needed(function: ir.Function) -> dict[Block, set[Value]]:
    """Return the values that may still be used from the start of each block on."""
    needed = {
        block: {o for each in block.instructions for o in each.operands()}
        for block in function.blocks
    }
    changed = True
    while changed:
        changed = False
        for block in function.blocks:
            for successor in block.terminator.successors():
                if not needed[successor] <= needed[block]:
                    needed[block] |= needed[successor]
                    changed = True
    return needed
