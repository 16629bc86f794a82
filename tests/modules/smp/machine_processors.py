"""Four processors run the kernel, each with its own variables, and do what others ask of them.

Machine: processors=4
"""

from __future__ import annotations

from typing import Final

from kernel.cpu import processor
from kernel.cpu.interrupts import interrupts_disabled
from kernel.cpu.processor_set import ProcessorSet
from kernel.interrupt import ipi
from kernel.log import kept, log
from kernel.time import clock, timers
from kernel.time.timer_queue import Timer
from lang import Array, Atomic, Ptr, Slice, irq_safe, no_raise, truncate, u8, u16, u32, u64
from modules.drivers.apic import local_apic
from modules.smp import start

COUNT: Final = 4
MS = 1_000_000
ROUNDS = 1000
ABSENT_ID: Final[u32] = 0x77

done: Array[Atomic[u64], COUNT]  # by processor
numbers: Array[Atomic[u64], COUNT]
timer_of: Array[Timer, COUNT]
fired_on: Atomic[u64]  # the number of a processor, plus 1
finished: Atomic[u64]
text: Array[u8, 4096]


@irq_safe
@no_raise
def me() -> u64:
    with interrupts_disabled():
        return processor.number()


def only(number: u16) -> ProcessorSet:
    result = ProcessorSet()
    result.add(number)
    return result


@irq_safe
@no_raise
def note(argument: u64) -> None:
    done[me()].fetch_add(argument)
    numbers[me()].store(local_apic.own_id())


def clear() -> None:
    for number in range(COUNT):
        done[number].store(0)


def test_all_processors_do_what_one_asks() -> None:
    clear()
    for _ in range(ROUNDS):
        ipi.run_on(ipi.all_online(), note, 3)
    for number in range(COUNT):
        assert done[number].load() == 3 * ROUNDS
        assert numbers[number].load() == local_apic.ids[number]


def test_one_processor_can_be_asked() -> None:
    clear()
    ipi.run_on(only(2), note, 1)
    for number in range(COUNT):
        assert done[number].load() == (1 if number == 2 else 0)


@irq_safe
@no_raise
def start_timer(number: u64) -> None:
    timers.start(timer_of[number], clock.uptime() + 2 * MS, fire)


@irq_safe
@no_raise
def fire(timer: Ptr[Timer]) -> None:
    fired_on.store(me() + 1)


def test_every_processor_has_its_own_deadlines() -> None:
    for number in range(u64(COUNT)):
        fired_on.store(0)
        ipi.run_on(only(truncate(u16, number)), start_timer, number)
        while fired_on.load() == 0:
            pass
        assert fired_on.load() == number + 1


@irq_safe
@no_raise
def ask_all(timer: Ptr[Timer]) -> None:
    for _ in range(ROUNDS):
        ipi.run_on(ipi.all_online(), note, 1)
    finished.fetch_add(1)


@irq_safe
@no_raise
def ask_soon(number: u64) -> None:
    timers.start(timer_of[number], clock.uptime(), ask_all)


def test_processors_that_ask_each_other_all_get_answers() -> None:
    """The others ask from within an interrupt, with interrupts off."""
    clear()
    finished.store(0)
    for number in range(u64(1), u64(COUNT)):
        ipi.run_on(only(truncate(u16, number)), ask_soon, number)
    for _ in range(ROUNDS):
        ipi.run_on(ipi.all_online(), note, 1)
    while finished.load() < COUNT - 1:
        pass
    for number in range(COUNT):
        assert done[number].load() == COUNT * ROUNDS


@irq_safe
@no_raise
def speak(argument: u64) -> None:
    log.info(f"here is {argument}")


def test_lines_of_all_processors_are_in_the_log() -> None:
    begin = kept.end.load()
    ipi.run_on(ipi.all_online(), speak, 77)
    found: u64 = 0
    while found != 0b1111:
        found = 0
        piece = kept.read(begin, text[:])
        for index in range(piece.length):
            if starts_with(text[index : piece.length], b"-I] here is 77\n"):
                found |= u64(1) << u64(text[index - 1] - 48)


def starts_with(line: Slice[u8], wanted: Slice[u8]) -> bool:
    return len(line) >= len(wanted) and line[: len(wanted)] == wanted


def test_a_processor_that_is_not_there_does_not_answer() -> None:
    start.trampoline.make()
    start.belongings.make(COUNT)
    assert not start.start(ABSENT_ID, COUNT)
    start.trampoline.free()
    assert not processor_is_online(COUNT)


def processor_is_online(number: u16) -> bool:
    return number in ipi.all_online()
