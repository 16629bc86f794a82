"""For every effect, a program for every way around it; and the programs that keep the promise.

Each program ends in a function that promises. The test's parameter is the way in which the promise
would be broken; none of them compiles.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from compiler.crew import Crew
from compiler.image import declared
from compiler.source import CompileFailed, Diagnostic

PRELUDE = """
from __future__ import annotations
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from typing import Annotated, Generic, TypeVar
from lang import (
    Array, Atomic, CFunction, Format, PerCpu, Ptr, Slice, address_of, copy, holds, inline, irq_safe,
    no_alloc, no_preempt, no_raise, no_sleep, sleeps, struct, takes_lock, u32, u64,
)

T = TypeVar("T")


class Thing:
    number: int

    def __init__(self, number: int) -> None:
        self.number = number


class Lost(Exception):
    pass


class Found(Lost):
    pass


@sleeps
def block() -> None:
    pass


def make() -> Thing:
    return Thing(1)


def lose(n: int) -> int:
    if n == 0:
        raise Lost
    return n


class SpinLock:
    def __enter__(self) -> Annotated[None, no_sleep, no_preempt]:
        pass

    def __exit__(self, *error: object) -> None:
        pass


class Mutex:
    @takes_lock
    def __enter__(self) -> None:
        block()

    def __exit__(self, *error: object) -> None:
        pass
"""

BROKEN = {
    "no_alloc: an object": """
@no_alloc
def promise() -> int:
    return Thing(1).number
""",
    "no_alloc: through a call": """
@no_alloc
def promise() -> int:
    return make().number
""",
    "no_alloc: through two calls": """
def middle() -> int:
    return make().number

@no_alloc
def promise() -> int:
    return middle()
""",
    "no_alloc: through a method": """
class Maker:
    def make(self) -> Thing:
        return Thing(2)

@no_alloc
def promise(maker: Maker) -> int:
    return maker.make().number
""",
    "no_alloc: through a property": """
class Maker:
    @property
    def thing(self) -> Thing:
        return Thing(2)

@no_alloc
def promise(maker: Maker) -> int:
    return maker.thing.number
""",
    "no_alloc: through an operator": """
class Maker:
    def __add__(self, other: int) -> Thing:
        return Thing(other)

@no_alloc
def promise(maker: Maker) -> int:
    return (maker + 1).number
""",
    "no_alloc: through a virtual method": """
class Base(ABC):
    @abstractmethod
    def run(self) -> None: ...

class One(Base):
    def run(self) -> None:
        make()

class Two(Base):
    def run(self) -> None:
        pass

@no_alloc
def promise(base: Base) -> None:
    base.run()
""",
    "no_alloc: through a Callable": """
@no_alloc
def promise(action: Callable[[], None]) -> None:
    action()
""",
    "no_alloc: through a CFunction": """
@no_alloc
def promise(action: CFunction[[], None]) -> None:
    action()
""",
    "no_alloc: a Callable type that promises, given a function that does not": """
def use(action: Annotated[Callable[[], None], no_alloc]) -> None:
    action()

def act() -> None:
    make()

def promise() -> None:
    use(act)
""",
    "no_alloc: a Callable type that promises, given a lambda that does not": """
def use(action: Annotated[Callable[[], Thing], no_alloc]) -> None:
    action()

def promise() -> None:
    use(lambda: Thing(3))
""",
    "no_alloc: through a generic function": """
def pass_on(value: T) -> T:
    make()
    return value

@no_alloc
def promise() -> int:
    return pass_on(1)
""",
    "no_alloc: through a generator": """
def things() -> Iterator[int]:
    yield make().number

@no_alloc
def promise() -> int:
    for number in things():
        return number
    return 0
""",
    "no_alloc: in a handler": """
@no_alloc
def promise() -> int:
    try:
        return lose(0)
    except Lost:
        return make().number
""",
    "no_alloc: in a finally clause": """
@no_alloc
def promise() -> None:
    try:
        pass
    finally:
        make()
""",
    "no_alloc: in a constructor of a struct": """
@struct
class Pair:
    a: int
    def __init__(self) -> None:
        self.a = make().number

@no_alloc
def promise() -> int:
    return Pair().a
""",
    "no_alloc: in an inline function": """
@inline
def quick() -> int:
    return Thing(1).number

@no_alloc
def promise() -> int:
    return quick()
""",
    "no_alloc: in a context manager": """
class Maker:
    def __enter__(self) -> None:
        make()
    def __exit__(self, *error: object) -> None:
        pass

@no_alloc
def promise(maker: Maker) -> None:
    with maker:
        pass
""",
    "no_sleep: through a call": """
def middle() -> None:
    block()

@no_sleep
def promise() -> None:
    middle()
""",
    "no_sleep: through a mutex": """
@no_sleep
def promise(mutex: Mutex) -> None:
    with mutex:
        pass
""",
    "no_sleep: through a Callable": """
@no_sleep
def promise(action: Callable[[], None]) -> None:
    action()
""",
    "no_sleep: a block under a spin lock": """
def promise(lock: SpinLock) -> None:
    with lock:
        block()
""",
    "no_sleep: a call below a block under a spin lock": """
def middle() -> None:
    block()

def promise(lock: SpinLock) -> None:
    with lock:
        for i in range(3):
            if i == 1:
                middle()
""",
    "no_sleep: a mutex under a spin lock": """
def promise(lock: SpinLock, mutex: Mutex) -> None:
    with lock, mutex:
        pass
""",
    "irq_safe: allocates": """
@irq_safe
def promise() -> None:
    make()
""",
    "irq_safe: sleeps": """
@irq_safe
def promise() -> None:
    block()
""",
    "no_raise: raises": """
@no_raise
def promise() -> None:
    raise Lost
""",
    "no_raise: through a call": """
@no_raise
def promise() -> int:
    return lose(0)
""",
    "no_raise: a try that catches something else": """
@no_raise
def promise() -> int:
    try:
        return lose(0)
    except Found:
        return 1
""",
    "no_raise: a handler that raises": """
@no_raise
def promise() -> int:
    try:
        return lose(0)
    except Lost:
        return lose(1)
""",
    "no_raise: a handler that raises again": """
@no_raise
def promise() -> int:
    try:
        return lose(0)
    except Lost:
        raise
""",
    "no_raise: an else clause": """
@no_raise
def promise() -> int:
    try:
        pass
    except Lost:
        pass
    else:
        return lose(0)
    return 0
""",
    "no_raise: memory that is not there": """
@no_raise
def promise() -> int:
    return Thing(1).number
""",
    "no_raise: through a virtual method": """
class Base(ABC):
    @abstractmethod
    def run(self) -> None: ...

class One(Base):
    def run(self) -> None:
        pass

class Two(Base):
    def run(self) -> None:
        raise Lost

@no_raise
def promise(base: Base) -> None:
    base.run()
""",
    "no_raise: through a Callable": """
@no_raise
def promise(action: Callable[[], None]) -> None:
    action()
""",
    "no_raise: a Callable type that promises, given a function that does not": """
Quiet = Annotated[Callable[[int], int], no_raise]

def use(act: Quiet) -> None:
    pass

def promise() -> None:
    use(lose)
""",
    "no_raise: __del__": """
class Ends:
    def __del__(self) -> None:
        raise Lost
""",
    "holds: the lock is not held": """
class Queue:
    lock: SpinLock
    length: int

    def __init__(self, lock: SpinLock) -> None:
        self.lock = lock
        self.length = 0

    @holds("lock")
    def push(self) -> None:
        self.length += 1

def promise(queue: Queue) -> None:
    queue.push()
""",
    "irq_safe: a function that a generic one calls allocates": """
def applied(value: T, action: Annotated[Callable[[T], bool], irq_safe]) -> bool:
    return action(value)

def is_small(number: u64) -> bool:
    return make().number < 5

def promise(number: u64) -> bool:
    return applied(number, is_small)
""",
    "holds: a module's lock is not held": """
lock: SpinLock = SpinLock()

@holds("lock")
def push(length: int) -> None:
    pass

def promise() -> None:
    push(1)
""",
    "holds: a class method holds no object's lock": """
class Queue:
    lock: SpinLock

    def __init__(self, lock: SpinLock) -> None:
        self.lock = lock

    @classmethod
    @holds("lock")
    def push(cls, queue: Queue) -> None:
        pass

def promise(queue: Queue) -> None:
    with queue.lock:
        Queue.push(queue)
""",
    "holds: another one's lock is held": """
class Queue:
    lock: SpinLock
    length: int

    def __init__(self, lock: SpinLock) -> None:
        self.lock = lock
        self.length = 0

    @holds("lock")
    def push(self) -> None:
        self.length += 1

def promise(one: Queue, two: Queue) -> None:
    with one.lock:
        two.push()
""",
    "per-CPU data where the thread may move": """
counter: PerCpu[u64]

def promise() -> None:
    counter.add(1)
""",
}

KEPT = {
    "no_alloc: a struct": """
@struct
class Pair:
    a: int
    b: int

@no_alloc
def promise() -> int:
    return Pair(1, 2).b
""",
    "no_alloc: a virtual method that promises": """
class Base(ABC):
    @abstractmethod
    @no_alloc
    def run(self) -> None: ...

class One(Base):
    @no_alloc
    def run(self) -> None:
        pass

class Two(Base):
    @no_alloc
    def run(self) -> None:
        pass

@no_alloc
def promise(base: Base) -> None:
    base.run()
""",
    "no_alloc: a Callable that promises": """
@no_alloc
def promise(action: Annotated[Callable[[], None], no_alloc]) -> None:
    action()
""",
    "no_sleep: after the block": """
def promise(lock: SpinLock) -> None:
    with lock:
        pass
    block()
""",
    "no_raise: everything is caught": """
@no_raise
def promise() -> int:
    try:
        return lose(0)
    except Lost:
        return -1
""",
    "no_raise: a base class is caught": """
def find() -> int:
    raise Found

@no_raise
def promise() -> int:
    try:
        return find()
    except Lost:
        return -1
""",
    "holds: the lock is held": """
class Queue:
    lock: SpinLock
    length: int

    def __init__(self, lock: SpinLock) -> None:
        self.lock = lock
        self.length = 0

    @holds("lock")
    def push(self) -> None:
        self.length += 1

    @holds("lock")
    def push_two(self) -> None:
        self.push()
        self.push()

def promise(queue: Queue) -> None:
    with queue.lock:
        queue.push_two()
""",
    "irq_safe: a function that a generic one calls": """
def applied(value: T, action: Annotated[Callable[[T], bool], irq_safe, no_raise]) -> bool:
    return action(value)

def is_small(number: u64) -> bool:
    return number < 5

@irq_safe
def promise(number: u64) -> bool:
    return applied(number, is_small)
""",
    "holds: a module's lock": """
lock: SpinLock = SpinLock()

@holds("lock")
def push(length: int) -> None:
    push_on(length)

@holds("lock")
def push_on(length: int) -> None:
    pass

def promise() -> None:
    with lock:
        push(1)
""",
    "per-CPU data where a block's preemption is turned off": """
counter: PerCpu[u64]

class Block:
    def __enter__(self) -> Annotated[None, no_preempt]:
        counter.add(1)

    def __exit__(self, *error: object) -> None:
        pass

def promise(block: Block) -> None:
    with block:
        counter.add(1)
""",
    "per-CPU data where a block's preemption is turned on again": """
counter: PerCpu[u64]

class Block:
    def __enter__(self) -> Annotated[None, no_preempt]:
        counter.add(1)

    @holds("preemption")
    def __exit__(self, *error: object) -> None:
        counter.add(1)

def promise(block: Block) -> None:
    with block:
        pass
""",
    "per-CPU data of a processor that is named": """
counter: PerCpu[u64]

def promise() -> None:
    counter.at(0)[0] = 1
""",
    "per-CPU data under a spin lock": """
counter: PerCpu[u64]

def promise(lock: SpinLock) -> None:
    with lock:
        counter.add(1)
""",
}


def errors_of(source: str, folder: Path, other: str = "") -> list[Diagnostic]:
    """Compile a source; `other` is that of the module core.other, which it may import."""
    path, beside = folder / "program.py", folder / "other.py"
    path.write_text(PRELUDE.lstrip() + source)
    beside.write_text(PRELUDE.lstrip() + other)
    try:
        image = declared([path], "jit", "checked", {"core.other": beside})
        with Crew(1, image.work) as crew:
            image.survey(crew)
    except CompileFailed as failed:
        return failed.diagnostics
    return []


@pytest.mark.parametrize("way", BROKEN)
def test_a_broken_promise_does_not_compile(way: str, tmp_path: Path) -> None:
    errors = errors_of(BROKEN[way], tmp_path)
    effect = way.partition(":")[0]
    assert len(errors) == 1, errors
    if effect.startswith("no_") or effect == "irq_safe":
        assert f"@{effect}" in errors[0].message


@pytest.mark.parametrize("way", KEPT)
def test_a_kept_promise_compiles(way: str, tmp_path: Path) -> None:
    assert errors_of(KEPT[way], tmp_path) == []


MESSAGES = Path(__file__).with_name("messages.txt").read_text().splitlines()
SAYS = {way: message.strip() for way, message in zip(MESSAGES[::2], MESSAGES[1::2], strict=True)}


@pytest.mark.parametrize("way", SAYS)
def test_an_error_says_what_breaks_the_promise(way: str, tmp_path: Path) -> None:
    assert [error.message for error in errors_of(BROKEN[way], tmp_path)] == [SAYS[way]]


def test_an_error_shows_the_chain_of_calls(tmp_path: Path) -> None:
    [error] = errors_of(BROKEN["no_alloc: through two calls"], tmp_path)
    assert [note.message for note in error.notes] == [
        "calls program.middle",
        "calls program.make",
        "allocates (a new Thing) here",
    ]


GUARDED = """
lock: SpinLock = SpinLock()

@holds("lock")
def push(length: int) -> None:
    pass
"""


def test_the_lock_of_another_module_is_told_from_ones_own(tmp_path: Path) -> None:
    own = """
from core import other

lock: SpinLock = SpinLock()

def promise() -> None:
    with lock:
        other.push(1)
"""
    [error] = errors_of(own, tmp_path, GUARDED)
    assert error.message == "push needs 'core.other.lock' to be held"
    assert errors_of(own.replace("with lock", "with other.lock"), tmp_path, GUARDED) == []
