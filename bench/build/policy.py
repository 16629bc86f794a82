"""Replacement policies for a cache: which page goes when another must come.

A policy is told of every access and asked for a victim; the cache neither knows nor cares how it
decides.
"""

from __future__ import annotations

from abc import ABC, abstractmethod

from lang import Array, no_raise, struct, u8, u32, u64, wrapping_mul

FRAMES = 16  # or 24, 32
PAGES = 64  # or 96, 128


class Policy(ABC):
    """What decides."""

    hits: u64
    misses: u64

    def __init__(self) -> None:
        self.hits = 0
        self.misses = 0

    @no_raise
    @abstractmethod
    def on_access(self, frame: u32) -> None:
        """A page that is in `frame` was used."""

    @no_raise
    @abstractmethod
    def victim(self) -> u32:
        """Return the frame whose page must go."""

    @no_raise
    def on_load(self, frame: u32) -> None:
        """A page came into `frame`."""
        self.on_access(frame)

    def score(self) -> u64:
        """Return the hits in a thousand accesses."""
        return self.hits * 1000 // (self.hits + self.misses + 1)


class Fifo(Policy):
    """The page that has been there for longest."""

    next: u32

    def __init__(self) -> None:
        super().__init__()
        self.next = 0

    def on_access(self, frame: u32) -> None:
        pass

    def victim(self) -> u32:
        frame = self.next
        self.next = (frame + 1) % FRAMES
        return frame


class LeastRecent(Policy):
    """The page whose last use is furthest back."""

    clock: u64
    used: Array[u64, FRAMES]

    def __init__(self) -> None:
        super().__init__()
        self.clock = 0
        self.used = Array[u64, FRAMES]()

    def on_access(self, frame: u32) -> None:
        self.clock += 1
        self.used[frame] = self.clock

    def victim(self) -> u32:
        oldest = u32(0)
        for frame in range(u32(FRAMES)):
            if self.used[frame] < self.used[oldest]:
                oldest = frame
        return oldest


class Clock(Policy):
    """The first page not used since a hand went over it."""

    hand: u32
    was_used: Array[bool, FRAMES]

    def __init__(self) -> None:
        super().__init__()
        self.hand = 0
        self.was_used = Array[bool, FRAMES]()

    def on_access(self, frame: u32) -> None:
        self.was_used[frame] = True

    def victim(self) -> u32:
        while self.was_used[self.hand]:
            self.was_used[self.hand] = False
            self.hand = (self.hand + 1) % FRAMES
        frame = self.hand
        self.hand = (frame + 1) % FRAMES
        return frame


class Frequent(Policy):
    """The page with the fewest uses, all of which count for less as time goes by."""

    uses: Array[u32, FRAMES]
    accesses: u32

    def __init__(self) -> None:
        super().__init__()
        self.accesses = 0
        self.uses = Array[u32, FRAMES]()

    def on_access(self, frame: u32) -> None:
        self.uses[frame] += 8
        self.accesses += 1
        if self.accesses % 64 == 0:
            for i in range(FRAMES):
                self.uses[i] //= 2

    @no_raise
    def on_load(self, frame: u32) -> None:
        self.uses[frame] = 8

    def victim(self) -> u32:
        rarest = u32(0)
        for frame in range(u32(FRAMES)):
            if self.uses[frame] < self.uses[rarest]:
                rarest = frame
        return rarest


@struct(pinned=True)
class Cache:
    """Which page is in which frame. A frame number of FRAMES means none."""

    page_of: Array[u32, FRAMES]
    frame_of: Array[u8, PAGES]
    filled: u32

    def clear(self) -> None:
        self.frame_of[:].fill(FRAMES)
        self.filled = 0

    def access(self, page: u32, policy: Policy) -> bool:
        """Use a page, loading it if need be; return whether it was there."""
        frame = u32(self.frame_of[page])
        if frame < FRAMES:
            policy.hits += 1
            policy.on_access(frame)
            return True

        policy.misses += 1
        if self.filled < FRAMES:
            frame = self.filled
            self.filled += 1
        else:
            frame = policy.victim()
            self.frame_of[self.page_of[frame]] = FRAMES
        self.page_of[frame] = page
        self.frame_of[page] = u8(frame)
        policy.on_load(frame)
        return False


cache: Cache


def make_policy(number: u64) -> Policy:
    """Return one of the policies."""
    match number % 4:
        case 0:
            return Fifo()
        case 1:
            return LeastRecent()
        case 2:
            return Clock()
        case _:
            return Frequent()


def exercise(seed: u64) -> u64:
    """Run the same accesses under each policy; return a checksum."""
    total = seed % 1000
    for number in range(u64(4)):
        try:
            policy = make_policy(seed + number)
        except MemoryError:
            break
        cache.clear()
        state = seed
        for i in range(u64(150)):
            state = wrapping_mul(state + i, 6364136223846793005)
            page = u32((state >> 33) % PAGES)
            if i % 3 != 0:
                page = page % (FRAMES // 2)
            cache.access(page, policy)
        total = total * 3 % 65537 + policy.score()
    return total
