"""Run queues of a few entities, told apart by numbers."""

from __future__ import annotations

from typing import Final

from kernel.sched import eevdf
from kernel.sched.eevdf import Entity, RunQueue
from lang import Array, Ptr, address_of, i64, sizeof, u32, u64

COUNT: Final = 1024
NOBODY: Final[u64] = 9999

queues: Array[RunQueue, 2]
entities: Array[Entity, COUNT]


def set_share(number: u64, weight: u32, slice_ns: u64) -> None:
    entities[number].set_share(weight, slice_ns)


def forget(number: u64) -> None:
    """Let an entity that is away have no lag."""
    entities[number].lag = 0


def join(queue: u64, number: u64) -> None:
    queues[queue].join(entities[number])


def leave(queue: u64, number: u64) -> None:
    queues[queue].leave(entities[number])


def begin(queue: u64, now: u64) -> None:
    """Let an empty queue's time begin."""
    assert queues[queue].count == 0
    queues[queue].charged_at = now


def charge(queue: u64, now: u64) -> None:
    queues[queue].charge(now)


def pick(queue: u64) -> u64:
    return number_of(queues[queue].pick())


def give_up_slice(queue: u64) -> None:
    queues[queue].give_up_slice()


def slice_left(queue: u64) -> u64:
    return queues[queue].slice_left()


def lag(queue: u64, number: u64) -> i64:
    """Return w * W * (V - ve), which is whole: an entity's lag times W, in units."""
    here = queues[queue]
    entity = entities[number]
    behind = here.sum - i64(here.weight) * difference_from_base(queue, number)
    return behind * entity.weight


def difference_from_base(queue: u64, number: u64) -> i64:
    return eevdf.difference(entities[number].eligible, queues[queue].base)


def lag_while_away(number: u64) -> i64:
    return entities[number].lag


def eligible(number: u64) -> u64:
    return entities[number].eligible


def deadline(number: u64) -> u64:
    return entities[number].deadline


def ran_ns(number: u64) -> u64:
    return entities[number].ran_ns


def weight(queue: u64) -> u64:
    return queues[queue].weight


def number_of(entity: Ptr[Entity] | None) -> u64:
    if entity is None:
        return NOBODY
    return (entity.address - address_of(entities[0]).address) // sizeof(Entity)
