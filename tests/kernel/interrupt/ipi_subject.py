"""Target code for the tests of calls between processors: threads that look into their inboxes."""

from __future__ import annotations

from kernel.cpu import calls, processor
from kernel.cpu.interrupts import interrupts_disabled
from kernel.cpu.processor_set import ProcessorSet
from kernel.interrupt import controller, ipi
from kernel.interrupt.controller import Controller
from kernel.io import serial
from lang import Array, Atomic, irq_safe, no_raise, u8, u16, u64

done: Array[Atomic[u64], 256]  # by processor: the sum of what it was asked to add
finished: Atomic[u64]
sent: Atomic[u64]


@irq_safe
@no_raise
def end() -> None:
    """Nothing here is an interrupt."""


@irq_safe
@no_raise
def send(to: u16, vector: u8) -> None:
    sent.fetch_add(1)


@irq_safe
@no_raise
def send_nmi(processor: u16) -> None:
    """Nothing here is sent."""


@irq_safe
@no_raise
def message_address(to: u16) -> u64:
    return 0xFEE0_0000


CONTROLLER: Controller = Controller("test", end, send, send_nmi, message_address)


@irq_safe
@no_raise
def add(amount: u64) -> None:
    with interrupts_disabled():
        done[processor.number()].fetch_add(amount)


def answer() -> None:
    with interrupts_disabled():
        calls.answer()


def begin() -> None:
    serial.is_there = False
    controller.use(CONTROLLER)


def ask_all(number: u16, count: u64, rounds: u64) -> None:
    """Be a processor that asks all `count`, itself included, again and again, and then only answers."""
    processor.become(number)
    ipi.come_online()
    while online_count() < count:
        answer()
    targets = ProcessorSet()
    for each in range(u16(256)):
        targets.add(each)
    for round in range(rounds):
        ipi.run_on(targets, add, round + 1)
    finished.fetch_add(1)
    while finished.load() < count:
        answer()


def ask_nobody(number: u16) -> None:
    processor.become(number)
    ipi.run_on(ProcessorSet(), add, 1000)


def ask_itself(number: u16) -> None:
    processor.become(number)
    ipi.come_online()
    targets = ProcessorSet()
    targets.add(number)
    targets.add(200)  # which is not online
    ipi.run_on(targets, add, 7)


def online_count() -> u64:
    count: u64 = 0
    online = ipi.all_online()
    for each in range(u16(256)):
        if each in online:
            count += 1
    return count


def total(number: u64) -> u64:
    return done[number].load()


def sent_count() -> u64:
    return sent.load()
