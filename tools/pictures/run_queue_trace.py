"""Target code: one run queue and a few entities, by numbers, for pictures of what it does."""

from __future__ import annotations

from typing import Final

from kernel.sched import eevdf
from kernel.sched.eevdf import Entity, RunQueue
from lang import Array, Ptr, address_of, i64, sizeof, u32, u64

COUNT: Final = 32
NOBODY: Final[i64] = -1

queue: RunQueue
entities: Array[Entity, COUNT]


def begin() -> None:
    """Forget what was. Virtual time begins where times do not wrap around."""
    for number in range(u64(COUNT)):
        if is_here(number):
            queue.leave(entities[number])
        entities[number].lag = 0
        entities[number].home = None
    queue.charged_at = 0
    queue.base = 1 << 60


def set_share(number: u64, weight: u32, slice_ns: u64) -> None:
    entities[number].set_share(weight, slice_ns)


def join(number: u64) -> None:
    queue.join(entities[number])


def leave(number: u64) -> None:
    queue.leave(entities[number])


def charge(now: u64) -> None:
    queue.charge(now)


def pick() -> i64:
    return number_of(queue.pick())


def slice_left() -> u64:
    return queue.slice_left()


def time_of_entity(number: u64) -> i64:
    """Return the eligible time, in units since the start."""
    return eevdf.difference(entities[number].eligible, 1 << 60)


def deadline_of(number: u64) -> i64:
    return eevdf.difference(entities[number].deadline, 1 << 60)


def least_below(number: u64) -> i64:
    return eevdf.difference(entities[number].least_eligible, 1 << 60)


def is_here(number: u64) -> bool:
    return entities[number].link.is_linked or queue.running == address_of(entities[number])


def is_red(number: u64) -> bool:
    return entities[number].link.is_red


def root() -> i64:
    return number_of(queue.waiting.root)


def left_of(number: u64) -> i64:
    return number_of(entities[number].link.left)


def right_of(number: u64) -> i64:
    return number_of(entities[number].link.right)


def number_of(entity: Ptr[Entity] | None) -> i64:
    if entity is None:
        return NOBODY
    return i64((entity.address - address_of(entities[0]).address) // sizeof(Entity))
