"""A panic stops all processors, and says what each was doing.

Machine: processors=3
"""

from __future__ import annotations

from kernel.cpu.interrupts import interrupts_disabled
from kernel.panic import panic
from lang import Atomic, irq_safe, no_raise, noinline
from tests.modules.smp import on_another

is_spinning: Atomic[bool]


@irq_safe
@no_raise
def spin() -> None:
    spin_for_ever()


@noinline
@irq_safe
@no_raise
def spin_for_ever() -> None:
    is_spinning.store(True)
    while True:
        pass


@irq_safe
@no_raise
def die() -> None:
    panic.stop("the second one dies")


def keep_processor_1_busy() -> None:
    on_another.interrupt(1, spin)
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
        on_another.interrupt(2, die)
        while True:
            pass
