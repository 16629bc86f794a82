"""Run queues of a few entities, told apart by numbers."""

from __future__ import annotations

from typing import Final

from kernel.sched import eevdf
from kernel.sched.eevdf import Entity, RunQueue
from lang import Array, Ptr, address_of, i64, sizeof, truncate, u32, u64, u128

COUNT: Final = 1024
NOBODY: Final[u64] = 9999

queues: Array[RunQueue, 2]
entities: Array[Entity, COUNT]


def set_share(number: u64, weight: u32, slice_ns: u64) -> None:
    entities[number].set_share(weight, slice_ns)


def forget(number: u64) -> None:
    """Let an entity that is away have no lag, and no history."""
    entities[number].lag = 0
    entities[number].home = None


def join(queue: u64, number: u64) -> None:
    queues[queue].join(entities[number])


def leave(queue: u64, number: u64) -> None:
    queues[queue].leave(entities[number])


def settle(queue: u64, number: u64) -> None:
    queues[queue].settle(entities[number])


def reweight(queue: u64, number: u64, weight: u32, slice_ns: u64) -> None:
    queues[queue].reweight(entities[number], weight, slice_ns)


def begin(queue: u64, now: u64) -> None:
    """Let an empty queue's time begin."""
    assert queues[queue].count == 0
    queues[queue].charged_at = now


def charge(queue: u64, now: u64) -> None:
    queues[queue].charge(now)


def pick(queue: u64) -> u64:
    return number_of(queues[queue].pick())


def pick_other(queue: u64) -> u64:
    return number_of(queues[queue].pick_other())


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


def first_request(number: u64) -> u64:
    return entities[number].first_request


def would_preempt(queue: u64, number: u64) -> bool:
    return queues[queue].would_preempt(entities[number])


def eligible(number: u64) -> u64:
    return entities[number].eligible


def deadline(number: u64) -> u64:
    return entities[number].deadline


def ran_ns(number: u64) -> u64:
    return entities[number].ran_ns


def weight(queue: u64) -> u64:
    return queues[queue].weight


def is_sound(queue: u64) -> bool:
    """Whether deadlines are in order, each node knows the least eligible time below it, and sums are right."""
    here = queues[queue]
    weight: u64 = 0
    sum: i64 = 0
    count: u32 = 0
    before = here.waiting.find_first()
    for entity in here.waiting:
        if before is None or entity.precedes(before[0]):
            return False
        if entity.least_eligible != least_eligible_below(entity):
            return False
        weight += entity.weight
        sum += entity.weight * eevdf.difference(entity.eligible, here.base)
        count += 1
        before = entity
    running = here.running
    if running is not None:
        if running.link.is_linked:
            return False
        weight += running.weight
        sum += running.weight * eevdf.difference(running.eligible, here.base)
        count += 1
    return weight == here.weight and sum == here.sum and count == here.count


def least_eligible_below(top: Ptr[Entity]) -> u64:
    least = top.eligible
    left, right = top.link.left, top.link.right
    if left is not None:
        least = earlier(least, least_eligible_below(left))
    if right is not None:
        least = earlier(least, least_eligible_below(right))
    return least


def earlier(a: u64, b: u64) -> u64:
    return a if eevdf.difference(a, b) < 0 else b


def count_wrong_picks(rounds: u64, seed: u64) -> u64:
    """Return in how many of `rounds` random queues another entity is picked than the definition says."""
    here = queues[1]
    state = seed
    wrong: u64 = 0
    for _ in range(rounds):
        state = next_random(state)
        count = 1 + state % 12
        for number in range(count):
            state = next_random(state)
            entities[number].home = None
            entities[number].set_share(u32(1 + state % 64), 1000 + (state >> 8) % 3_000_000)
            entities[number].lag = i64((state >> 32) % (1 << 28)) - (1 << 27)
            here.join(entities[number])
        expected = best(count)
        chosen = here.pick()
        if (
            chosen is None
            or expected is None
            or chosen.deadline != expected.deadline
            or not is_owed(count, chosen)
        ):
            wrong += 1
        state = next_random(state)
        here.charge(here.charged_at + state % 10_000_000)
        again = best(count)
        chosen = here.pick()
        if chosen is None or again is None or chosen.deadline != again.deadline:
            wrong += 1
        for number in range(count):
            here.leave(entities[number])
    return wrong


def best(count: u64) -> Ptr[Entity] | None:
    """Return the eligible one of the first entities whose deadline is the earliest."""
    found: Ptr[Entity] | None = None
    for number in range(count):
        entity = address_of(entities[number])
        if is_owed(count, entity) and (found is None or entity[0].precedes(found[0])):
            found = entity
    return found


def is_owed(count: u64, entity: Ptr[Entity]) -> bool:
    """Whether it is eligible, by the weighted mean of the distances of the others from it."""
    sum: i64 = 0
    for number in range(count):
        other = address_of(entities[number])
        sum += other.weight * eevdf.difference(other.eligible, entity.eligible)
    return sum >= 0


def next_random(state: u64) -> u64:
    """Source: Marsaglia, "Xorshift RNGs", 2003."""
    mixed = state ^ truncate(u64, u128(state) << 13)
    mixed ^= mixed >> 7
    return mixed ^ truncate(u64, u128(mixed) << 17)


def number_of(entity: Ptr[Entity] | None) -> u64:
    if entity is None:
        return NOBODY
    return (entity.address - address_of(entities[0]).address) // sizeof(Entity)
