"""A panic stops all processors, and says what each was doing.

Machine: processors=3
"""

from __future__ import annotations

from kernel.cpu.interrupts import interrupts_disabled
from kernel.cpu.processor_set import ProcessorSet
from kernel.interrupt import ipi
from kernel.panic import panic
from kernel.time import clock, timers
from kernel.time.timer_queue import Timer
from lang import Atomic, Ptr, irq_safe, no_raise, noinline, u16, u64

timer: Timer
other_timer: Timer
is_spinning: Atomic[bool]


def on(number: u16) -> ProcessorSet:
    result = ProcessorSet()
    result.add(number)
    return result


@noinline
@irq_safe
@no_raise
def spin_for_ever() -> None:
    is_spinning.store(True)
    while True:
        pass


@irq_safe
@no_raise
def spin(expired: Ptr[Timer]) -> None:
    spin_for_ever()


@irq_safe
@no_raise
def spin_soon(argument: u64) -> None:
    timers.start(timer, clock.uptime(), spin)


def keep_processor_1_busy() -> None:
    ipi.run_on(on(1), spin_soon)
    while not is_spinning.load():
        pass


def test_what_others_were_doing() -> None:
    """
    Panics: processor 1: Traceback
    Panics: , in tests.kernel.panic.machine_others.spin_for_ever
    Panics: other processors that had nothing to do: 1
    Panics: kernel panic: enough
    """
    keep_processor_1_busy()
    panic.stop("enough")


@irq_safe
@no_raise
def die(expired: Ptr[Timer]) -> None:
    panic.stop("the second one dies")


@irq_safe
@no_raise
def die_soon(argument: u64) -> None:
    timers.start(other_timer, clock.uptime(), die)


def test_a_panic_of_another_processor() -> None:
    """
    Panics: kernel panic: the second one dies
    Panics: s after the start, on processor 2
    Panics: processor 0: Traceback
    Panics: , in tests.kernel.panic.machine_others.test_a_panic_of_another_processor
    Panics: processor 1: Traceback
    """
    keep_processor_1_busy()
    with interrupts_disabled():
        ipi.run_on(on(2), die_soon)
        while True:
            pass
