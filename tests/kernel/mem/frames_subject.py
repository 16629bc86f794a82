"""Target code for the tests of the frame allocator."""

from __future__ import annotations

from kernel.cpu import processor  # noqa: F401 - the lock's
from kernel.mem import buddies, frames
from kernel.mem.buddies import Zone
from lang import holds, u64
from tests.kernel.mem import fresh_memory


@holds("preemption")
def reset() -> None:
    """Forget all pages."""
    fresh_memory.forget()


def add(page: u64, count: u64) -> None:
    frames.add(page * 4096, count)


def allocate() -> u64:
    return frames.allocate() // 4096


def retain(page: u64) -> None:
    frames.retain(page * 4096)


def free(page: u64) -> None:
    frames.free(page * 4096)


def allocate_contiguous(count: u64, alignment: u64, highest: Zone) -> u64:
    return frames.allocate_contiguous(count, alignment, highest) // 4096


def free_contiguous(page: u64, count: u64) -> None:
    frames.free_contiguous(page * 4096, count)


def drain_cache() -> None:
    frames.drain_cache()


def total() -> u64:
    return frames.statistics().total


def available() -> u64:
    return frames.statistics().free


def largest_order() -> u64:
    """Return the order of the largest free block, 99 if there is none."""
    for below in range(u64(buddies.ORDERS)):
        order = buddies.ORDERS - 1 - below
        for zone in buddies.blocks:
            if zone.orders >> order & 1 != 0:
                return order
    return 99
