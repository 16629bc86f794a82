"""What the kernel has in use: for tests which show that something leaves nothing behind."""

from __future__ import annotations

from kernel.fs import dentry_cache
from kernel.mem import frames, kernel_stack, object_cache
from kernel.sched import sleep
from kernel.time import clock
from lang import no_raise, sleeps, u64


@no_raise
def objects() -> u64:
    """Return how many objects are alive, of all classes and sizes."""
    total: u64 = 0
    for number in range(object_cache.count):
        total += object_cache.live(number + 1)
    return total


@no_raise
def free_pages() -> u64:
    return frames.statistics().free


@no_raise
@sleeps
def settle(wait_ns: u64) -> None:
    """Wait until all that ends by itself has, and give back what is only at hand."""
    dentry_cache.empty()
    sleep.until(clock.uptime() + wait_ns)
    kernel_stack.free_kept()
    object_cache.drain()
    frames.drain_cache()
