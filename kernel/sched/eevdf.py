"""Run queue: shares one processor among entities in proportion to their weights.

Earliest eligible virtual deadline first (EEVDF). For the entities of one queue:

    w_i      weight of entity i
    W        sum of w_i
    ve_i     eligible time: the virtual time at which entity i has had exactly its share
    V        virtual time: the mean of the ve_i, weighted with w_i
    lag_i    w_i * (V - ve_i): what entity i has had too little, in ns of processor time
    r_i      length of its request: for how long it wants to run, a slice at most
    vd_i     virtual deadline: vd_i = ve_i + r_i / w_i at the start of each request

Entity i is eligible when ve_i <= V, that is, when it has had no more than its share. The eligible one with
the least vd_i runs. Running for dt moves its ve_i on by dt / w_i, and so V by dt / W; when ve_i reaches
vd_i its request is fulfilled, and it makes the next.

That V is the mean is the paper's rule that all lags cancel (section 4). So V needs no bookkeeping of its own:
an entity that leaves with lag l moves V by l / (W - w_i), as the paper's leave demands, since the mean of
the others is what it is; and one that joins with lag l gets the ve_i with which its lag is l afterwards:

    ve_i = V - l / w_i - l / W

What it is owed, an entity keeps while it is away (sleeps, or moves to another queue). What it owes, it pays
back while it is away: the paper lets nobody leave before the lag is 0, so that a debtor stays, unserved,
until V reaches its ve_i. Here it does leave, and finds on its return that V has moved on. That is the same, and
to the nanosecond: its departure sets V back by -l / (W - w_i), but then V moves at 1 / (W - w_i) instead of
1 / W, and reaches ve_i at the same moment; so ve_i = max(ve_i, V) when it comes back. Neither goes beyond
a slice: an old claim would keep everybody else waiting.

The first request after a sleep is as long as the entity usually runs before it sleeps again, all others are a
slice. Who needs little gets it soon, since its deadline is near; but not more, since that is the lag's affair.

In numbers: virtual times are u64 in units of 1 / UNITS ns, which wrap around; only differences count. The
queue keeps S = sum of w_i * (ve_i - base), so that V = base + S / W, and whether an entity is eligible is

    (ve_i - base) * W <= S

in whole numbers, without a division and without an error: some entity always is. The base follows V.

The tree holds all but the running entity, by deadline; each node knows the least ve_i of its subtree.

Bounds: weights are 2**10 at most, requests 2**34 units (10 ms at weight 1). Of a time much longer than a slice, in
which nothing could preempt the running entity, only LONGEST_CHARGE_NS count for its lag: most likely the whole
machine stood still, a virtual one. It gets MOST_AHEAD = 2**38 units ahead of the base at most. So
(ve_i - base) * W stays below 2**63 up to W = 2**24, which is 2**18 threads of priority 63.

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
LONGEST_REQUEST: Final[u64] = LONGEST_SLICE_NS << UNIT_SHIFT  # in virtual time, at weight 1
LARGEST_WEIGHT: Final[u32] = 1 << 10
QUANTUM_NS: Final[u64] = 100_000  # shorter requests interrupt nobody when they are over
SHORTEST_REQUEST_SHIFT: Final[u64] = 8  # a request is at least this fraction of a slice

# How far the running entity gets from the base: before that follows, and at most.
BASE_SLACK: Final[i64] = 1 << 36
MOST_AHEAD: Final[i64] = 1 << 38

# How much time counts at once: for the lag, and for one without others, where 13 days are far from any limit.
LONGEST_CHARGE_NS: Final[u64] = 100_000_000
LONGEST_ALONE_NS: Final[u64] = 1 << 50


@struct(pinned=True)
class Entity:
    """What has a share: it is in one queue, or away from all. Guarded by the lock of its queue."""

    weight: u32
    slice: u64  # its longest request: slice / weight, in virtual time
    first_request: u64  # the one after a sleep
    eligible: u64  # while it is away: what it was on leaving
    deadline: u64
    joined_at: u64  # `eligible` when it joined
    lag: i64  # while it is away: in units of processor time
    home: Ptr[RunQueue] | None  # the queue that it left, while away
    ran_ns: u64  # in its life

    link: TreeLink[Entity]  # linked while it waits in a queue
    least_eligible: u64  # in the subtree below

    @irq_safe
    @no_raise
    def set_share(self, weight: u32, slice_ns: u64) -> None:
        """Set what an entity asks for that is new; RunQueue.reweight changes it.

        weight: 1 to LARGEST_WEIGHT. slice_ns: how long it wants to run at a time, LONGEST_SLICE_NS at most.
        """
        assert 1 <= weight <= LARGEST_WEIGHT and slice_ns <= LONGEST_SLICE_NS
        self.weight = weight
        self.slice = (slice_ns << UNIT_SHIFT) // weight
        self.first_request = self.slice

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

    @irq_safe
    @no_raise
    def learn(self) -> None:
        """Ask next for what it has run since it joined, or a little less than the last time."""
        ran = u64(max(0, difference(self.eligible, self.joined_at)))
        asked = self.first_request
        expected = ran if ran >= asked else asked - ((asked - ran) >> 2)
        self.first_request = max(self.slice >> SHORTEST_REQUEST_SHIFT, min(expected, self.slice))


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
    idle_ns: u64  # for how long nobody ran

    @irq_safe
    @no_raise
    def join(self, entity: Entity) -> None:
        """Let an entity that is away wait here, with the lag that it has. The queue is charged."""
        now = self.virtual_time()
        if entity.lag < 0 and entity.home == address_of(self):
            entity.eligible = wrapping_add(now, self._debt(entity))
        elif self.weight > 0:
            behind = entity.lag // entity.weight + entity.lag // i64(self.weight)
            entity.eligible = wrapping_sub(now, bit_cast(u64, behind))
        else:
            entity.eligible = now
        entity.joined_at = entity.eligible
        entity.deadline = wrapping_add(entity.eligible, entity.first_request)
        self._add(entity)
        self.count += 1
        self.waiting.insert(entity)

    @irq_safe
    @no_raise
    def leave(self, entity: Entity) -> None:
        """Let an entity go, running or waiting; it keeps its lag, up to a slice. The queue is charged."""
        now = self.virtual_time()
        most = i64(entity.slice)
        behind = max(-most, min(difference(now, entity.eligible), most))
        if self.running == address_of(entity):
            self.running = None
            entity.learn()
        else:
            self.waiting.remove(entity)
        self._subtract(entity)
        self.count -= 1
        entity.lag = behind * entity.weight
        entity.eligible = wrapping_sub(now, bit_cast(u64, behind))
        entity.home = address_of(self)
        if self.count == 0:
            # Nobody wants to run, so that nobody owes anything: V is moved beyond all debts.
            self.base = wrapping_add(now, LONGEST_REQUEST)

    @irq_safe
    @no_raise
    def settle(self, entity: Entity) -> None:
        """Let an entity take its lag to another queue, which left this one. The queue is charged."""
        if entity.lag < 0 and entity.home == address_of(self):
            debt = i64(self._debt(entity) * entity.weight)
            weight = i64(self.weight)
            entity.lag = -(debt * weight // (weight + entity.weight))
        entity.home = None

    @irq_safe
    @no_raise
    def reweight(self, entity: Entity, weight: u32, slice_ns: u64) -> None:
        """Change what an entity asks for that is here, or left this queue last. The queue is charged.

        As in the paper (section 4.1) it leaves and comes back, with the same lag. The running one goes on running
        until the next `pick`. One that is away keeps a debt until it is back, as it does for another queue.
        """
        is_running = self.running == address_of(entity)
        is_here = is_running or entity.link.is_linked
        if is_here:
            self.leave(entity)
        self.settle(entity)
        entity.set_share(weight, slice_ns)
        most = i64(entity.slice * weight)
        entity.lag = max(-most, min(entity.lag, most))
        if is_here:
            self.join(entity)
        if is_running:
            self.waiting.remove(entity)
            self.running = address_of(entity)

    @irq_safe
    @no_raise
    def charge(self, now: u64) -> None:
        """Account the time since the last call to the running entity.

        now: the uptime. Processors' clocks may differ a little, so that it may seem to go back.
        """
        if now <= self.charged_at:
            return
        passed = now - self.charged_at
        self.charged_at = now
        entity = self.running
        if entity is None:
            self.idle_ns += passed
            return
        entity.ran_ns += passed
        if self.count == 1:
            virtual = (min(passed, LONGEST_ALONE_NS) << UNIT_SHIFT) // entity.weight
            entity.eligible = wrapping_add(entity.eligible, virtual)
            self.base = entity.eligible
            self.sum = 0
        else:
            virtual = (min(passed, LONGEST_CHARGE_NS) << UNIT_SHIFT) // entity.weight
            room = max(0, MOST_AHEAD - difference(entity.eligible, self.base))
            virtual = min(virtual, u64(room))
            entity.eligible = wrapping_add(entity.eligible, virtual)
            self.sum += i64(virtual * entity.weight)
            if difference(entity.eligible, self.base) > BASE_SLACK:
                self._move_base()
        if difference(entity.eligible, entity.deadline) >= 0:
            entity.deadline = wrapping_add(entity.eligible, entity.slice)

    @irq_safe
    @no_raise
    def pick(self) -> Ptr[Entity] | None:
        """Let the eligible entity with the earliest deadline run, and return it; None if there is nobody.

        Of equal ones, those that wait come first.
        """
        chosen = self._find()
        running = self.running
        if (
            running is not None
            and self.is_eligible(running.eligible)
            and (chosen is None or running.precedes(chosen[0]))
        ):
            return running
        self._run(chosen)
        return chosen

    @irq_safe
    @no_raise
    def pick_other(self) -> Ptr[Entity] | None:
        """Let another entity run than the running one, if any waits, and return it.

        The running one gives up its request and what it is owed. Without that the lags of all others cancel or are
        positive, so that one of them is eligible.
        """
        running = self.running
        if running is None or self.count == 1:
            return self.pick()
        self._subtract(running[0])
        claim = difference(self.virtual_time(), running.eligible)
        if claim > 0:
            running.eligible = wrapping_add(running.eligible, u64(claim))
            running.joined_at = wrapping_add(running.joined_at, u64(claim))
        self._add(running[0])
        running.deadline = wrapping_add(running.eligible, 2 * running.slice)
        chosen = self._find()
        self._run(chosen)
        return chosen

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
        """Return after how many ns of running the queue is to pick again; some entity is running."""
        entity = self.running
        assert entity is not None
        left = difference(entity.deadline, entity.eligible)
        return max((u64(left) * entity.weight >> UNIT_SHIFT) + 1, QUANTUM_NS)

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
    def _debt(self, entity: Entity) -> u64:
        """Return how far V is from the eligible time of an entity that left; 0 if it has come there."""
        ahead = difference(entity.eligible, self.virtual_time())
        # Farther than any debt can be: times have wrapped around, and the debt is a hundred days old.
        return u64(ahead) if 0 < ahead <= i64(2 * LONGEST_REQUEST) else 0

    @irq_safe
    @no_raise
    def _add(self, entity: Entity) -> None:
        self.weight += entity.weight
        self.sum += entity.weight * difference(entity.eligible, self.base)

    @irq_safe
    @no_raise
    def _subtract(self, entity: Entity) -> None:
        self.weight -= entity.weight
        self.sum -= entity.weight * difference(entity.eligible, self.base)

    @irq_safe
    @no_raise
    def _find(self) -> Ptr[Entity] | None:
        """Return the eligible entity with the earliest deadline of those that wait.

        Everything to the left of a node has an earlier deadline, so go left whenever something there is
        eligible.
        """
        node = self.waiting.root
        while node is not None:
            left = node.link.left
            if left is not None and self.is_eligible(left.least_eligible):
                node = left
            elif self.is_eligible(node.eligible):
                return node
            else:
                node = node.link.right
        return None

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
