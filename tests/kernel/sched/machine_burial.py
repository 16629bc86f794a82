"""What is put aside for the undertaker does not wait for some interrupt to come by.

Machine: processors=2
"""

from __future__ import annotations

from typing import Final

from kernel.cpu.processor_set import ProcessorSet
from kernel.sched import burial, kernel_thread, scheduler, sleep
from kernel.time import clock
from lang import Array, Atomic, borrow, no_raise, u64

MS: Final[u64] = 1_000_000
ROUNDS: Final = 20

began: Atomic[u64]


def processors(bits: u64) -> ProcessorSet:
    return ProcessorSet(Array[u64, 4](bits, 0, 0, 0))


@no_raise
def live_briefly() -> None:
    """End on the second processor, which has nothing to do then, and no timer."""
    sleep.until(clock.uptime() + 5 * MS)
    began.fetch_add(1)


def test_a_thread_that_was_the_last_of_its_processor_is_buried() -> None:
    here = sleep.current()
    undertaker = borrow(burial.undertaker)
    assert undertaker is not None
    scheduler.restrict(here, processors(0b01))
    scheduler.restrict(undertaker, processors(0b10))
    began.store(0)
    for _ in range(ROUNDS):
        thread = kernel_thread.start("brief", live_briefly)
        scheduler.restrict(borrow(thread), processors(0b10))
        sleep.until(clock.uptime() + 30 * MS)
        assert burial.dead.load() is None
    assert began.load() == ROUNDS
    scheduler.restrict(undertaker, processors(~u64(0)))
    scheduler.restrict(here, processors(~u64(0)))
