"""Run queue: shares one processor among entities in proportion to their weights.

Earliest eligible virtual deadline first (EEVDF). For the entities of one queue:

    w_i      weight of entity i
    W        sum of w_i
    ve_i     eligible time: the virtual time at which entity i has had exactly its share
    V        virtual time: the mean of the ve_i, weighted with w_i
    lag_i    w_i * (V - ve_i): what entity i has had too little, in ns of processor time
    vd_i     virtual deadline: vd_i = ve_i + slice_i / w_i at the start of each request

Entity i is eligible when ve_i <= V, that is, when it has had no more than its share. The eligible one with
the least vd_i runs. Running for dt moves its ve_i on by dt / w_i, and so V by dt / W; when ve_i reaches
vd_i its request is fulfilled, and it makes the next.

That V is the mean is the paper's rule that all lags cancel (section 4). So V needs no bookkeeping of its own:
an entity that leaves with lag l moves V by l / (W - w_i), as the paper's leave demands, since the mean of
the others is what it is; and one that joins with lag l gets the ve_i with which its lag is l afterwards:

    ve_i = V - l / w_i * (W + w_i) / W

An entity keeps its lag while it is away (sleeps, or moves to another queue); more than a slice is cut off.

In numbers: virtual times are u64 in units of 1 / UNITS ns, which wrap around; only differences count. The
queue keeps S = sum of w_i * (ve_i - base), so that V = base + S / W, and whether an entity is eligible is

    (ve_i - base) * W <= S

in whole numbers, without a division and without an error: some entity always is. The base follows V.

The tree holds all but the running entity, by deadline; each node knows the least ve_i of its subtree.

Bounds: the spread of ve_i - base is below 2**37 units (128 ms of virtual time, with slices of 10 ms at most),
so products with W stay below 2**63 up to W = 2**26: a million threads of the highest weight.

Locks: the owner's. Context: callable from interrupt handlers; every operation is O(log n) and allocates nothing.
Source: Stoica and Abdel-Wahab, "Earliest Eligible Virtual Deadline First", ODU TR-95-22, 1995.
"""

from __future__ import annotations

from typing import Final

from core.collections.tree import RedBlackTree, TreeLink
from lang import (
    Ptr,
    address_of,
    bit_cast,
    i64,
    irq_safe,
    no_raise,
    struct,
    u32,
    u64,
    wrapping_add,
    wrapping_sub,
)

UNIT_SHIFT: Final = 10
LONGEST_SLICE_NS: Final[u64] = 10_000_000
BASE_SLACK: Final[i64] = (
    1 << 36
)  # how far the running entity gets from the base before that follows


@struct(pinned=True)
class Entity:
    """What has a share: it is in one queue, or away from all. Guarded by the lock of its queue."""

    weight: u32
    request: u64  # slice / weight, in virtual time
    eligible: u64
    deadline: u64
    lag: i64  # while it is away: V - ve_i when it left
    ran_ns: u64  # in its life

    link: TreeLink[Entity]  # linked while it waits in a queue
    least_eligible: u64  # in the subtree below

    @irq_safe
    @no_raise
    def set_share(self, weight: u32, slice_ns: u64) -> None:
        """Set what the entity asks for, while it is away.

        weight: 1 to 2**10. slice_ns: how long it wants to run at a time, LONGEST_SLICE_NS at most.
        """
        assert 1 <= weight <= 1 << 10 and slice_ns <= LONGEST_SLICE_NS
        self.weight = weight
        self.request = (slice_ns << UNIT_SHIFT) // weight

    @irq_safe
    @no_raise
    def precedes(self, other: Entity) -> bool:
        return difference(self.deadline, other.deadline) < 0

    @irq_safe
    @no_raise
    def update(self) -> bool:
        least = self.eligible
        left, right = self.link.left, self.link.right
        if left is not None and difference(left.least_eligible, least) < 0:
            least = left.least_eligible
        if right is not None and difference(right.least_eligible, least) < 0:
            least = right.least_eligible
        changed = least != self.least_eligible
        self.least_eligible = least
        return changed


@struct(pinned=True)
class RunQueue:
    """Entities that want to run on one processor, of which one does."""

    waiting: RedBlackTree[Entity]
    running: Ptr[Entity] | None  # None: nobody, or the owner's idle thread
    count: u32  # waiting and running
    weight: u64  # W
    base: u64
    sum: i64  # S
    charged_at: u64  # up to when the running entity was charged, in ns

    @irq_safe
    @no_raise
    def join(self, entity: Entity) -> None:
        """Let an entity that is away wait here, with the lag that it has."""
        lag = entity.lag
        if self.weight > 0:
            lag += lag * entity.weight // i64(self.weight)
        entity.eligible = wrapping_sub(self.virtual_time(), bit_cast(u64, lag))
        entity.deadline = wrapping_add(entity.eligible, entity.request)
        self._add(entity)
        self.waiting.insert(entity)

    @irq_safe
    @no_raise
    def leave(self, entity: Entity) -> None:
        """Let an entity go, running or waiting; it keeps its lag, up to a slice."""
        most = i64(entity.request)
        lag = difference(self.virtual_time(), entity.eligible)
        entity.lag = max(-most, min(lag, most))
        if self.running == address_of(entity):
            self.running = None
        else:
            self.waiting.remove(entity)
        self.count -= 1
        self.weight -= entity.weight
        self.sum -= entity.weight * difference(entity.eligible, self.base)

    @irq_safe
    @no_raise
    def charge(self, now: u64) -> None:
        """Account the time since the last call to the running entity."""
        passed = now - self.charged_at
        self.charged_at = now
        entity = self.running
        if entity is None:
            return
        entity.ran_ns += passed
        virtual = (passed << UNIT_SHIFT) // entity.weight
        entity.eligible = wrapping_add(entity.eligible, virtual)
        self.sum += i64(virtual * entity.weight)
        if difference(entity.eligible, entity.deadline) >= 0:
            entity.deadline = wrapping_add(entity.eligible, entity.request)
        if difference(entity.eligible, self.base) > BASE_SLACK:
            self._move_base()

    @irq_safe
    @no_raise
    def pick(self) -> Ptr[Entity] | None:
        """Let the eligible entity with the earliest deadline run, and return it; None if there is nobody.

        Everything to the left of a node has an earlier deadline, so go left whenever something there is
        eligible. Of equal ones, those that wait come first.
        """
        chosen = self.running
        if chosen is not None and not self.is_eligible(chosen.eligible):
            chosen = None
        node = self.waiting.root
        while node is not None:
            left = node.link.left
            if left is not None and self.is_eligible(left.least_eligible):
                node = left
            elif self.is_eligible(node.eligible):
                if chosen is None or not chosen[0].precedes(node[0]):
                    chosen = node
                break
            else:
                node = node.link.right
        self._run(chosen)
        return chosen

    @irq_safe
    @no_raise
    def give_up_slice(self) -> None:
        """Let the running entity's request count as fulfilled: the others' come first."""
        entity = self.running
        if entity is not None:
            entity.deadline = wrapping_add(entity.deadline, entity.request)

    @irq_safe
    @no_raise
    def would_preempt(self, entity: Entity) -> bool:
        """Whether a waiting entity comes before the running one, if that is charged."""
        running = self.running
        return running is None or (
            self.is_eligible(entity.eligible)
            and (entity.precedes(running[0]) or not self.is_eligible(running.eligible))
        )

    @irq_safe
    @no_raise
    def slice_left(self) -> u64:
        """Return for how many ns of running the request of the running entity lasts; there is one."""
        entity = self.running
        assert entity is not None
        left = difference(entity.deadline, entity.eligible)
        return (u64(left) * entity.weight >> UNIT_SHIFT) + 1

    @irq_safe
    @no_raise
    def virtual_time(self) -> u64:
        """Return V, rounded down."""
        if self.weight == 0:
            return self.base
        return wrapping_add(self.base, bit_cast(u64, self.sum // i64(self.weight)))

    @irq_safe
    @no_raise
    def is_eligible(self, eligible: u64) -> bool:
        return difference(eligible, self.base) * i64(self.weight) <= self.sum

    @irq_safe
    @no_raise
    def _add(self, entity: Entity) -> None:
        self.count += 1
        self.weight += entity.weight
        self.sum += entity.weight * difference(entity.eligible, self.base)

    @irq_safe
    @no_raise
    def _run(self, chosen: Ptr[Entity] | None) -> None:
        """Put the running entity back among those that wait, and take out the next."""
        before = self.running
        if before == chosen:
            return
        if before is not None:
            self.waiting.insert(before[0])
        if chosen is not None:
            self.waiting.remove(chosen[0])
        self.running = chosen

    @irq_safe
    @no_raise
    def _move_base(self) -> None:
        """Let the base be V; the lags stay what they are."""
        behind = self.sum // i64(self.weight)
        self.base = wrapping_add(self.base, bit_cast(u64, behind))
        self.sum -= behind * i64(self.weight)


@irq_safe
@no_raise
def difference(a: u64, b: u64) -> i64:
    """Return a - b for times that have wrapped around."""
    return bit_cast(i64, wrapping_sub(a, b))
