"""Interrupts of devices arrive where they were asked for, and nowhere else."""

from __future__ import annotations

from typing import Final

from kernel.cpu import port
from kernel.cpu.interrupts import interrupts_disabled
from kernel.cpu.processor_set import ProcessorSet
from kernel.interrupt import controller, ipi, routing
from kernel.interrupt.routing import Handler
from kernel.time import clock
from lang import Atomic, Ptr, irq_safe, no_raise, u8, u16, u64

MS = 1_000_000
# The old PC's interval timer, channel 0, once: mode 0, both bytes of the count. It is interrupt 0.
TIMER_COUNT: Final[u16] = 0x40
TIMER_CONTROL: Final[u16] = 0x43
ONCE: Final[u8] = 0x30
UNUSED_VECTOR = 239

handler: Handler
came: Atomic[u64]


@irq_safe
@no_raise
def note(mine: Ptr[Handler]) -> bool:
    came.fetch_add(1)
    return True


def begin_interval() -> None:
    """Have the interval timer interrupt in about a millisecond."""
    port.write8(TIMER_CONTROL, ONCE)
    port.write8(TIMER_COUNT, 0xA9)
    port.write8(TIMER_COUNT, 0x04)


def wait_for(count: u64) -> None:
    while came.load() < count:
        pass


def stay(milliseconds: u64) -> None:
    start = clock.uptime()
    while clock.uptime() < start + milliseconds * MS:
        pass


def test_a_device_interrupts_while_it_has_a_handler() -> None:
    isa = routing.isa[0]
    came.store(0)
    routing.add(handler, isa.line, isa.signal, note)
    begin_interval()
    wait_for(1)
    begin_interval()
    wait_for(2)

    routing.remove(handler)
    begin_interval()
    stay(10)
    assert came.load() == 2


def test_an_interrupt_waits_while_they_are_off() -> None:
    isa = routing.isa[0]
    came.store(0)
    routing.add(handler, isa.line, isa.signal, note)
    with interrupts_disabled():
        begin_interval()
        stay(10)
        assert came.load() == 0
    wait_for(1)
    routing.remove(handler)


def test_a_processor_can_interrupt_itself() -> None:
    before = routing.routes[UNUSED_VECTOR - 32].count.load()
    with interrupts_disabled():
        controller.send(0, UNUSED_VECTOR)
    while routing.routes[UNUSED_VECTOR - 32].count.load() == before:
        pass


@irq_safe
@no_raise
def add(amount: u64) -> None:
    came.fetch_add(amount)


def test_a_call_to_all_reaches_this_processor() -> None:
    came.store(0)
    ipi.run_on(ipi.all_online(), add, 5)
    ipi.run_on(ProcessorSet(), add, 100)
    assert came.load() == 5
