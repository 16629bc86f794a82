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
from kernel.mem import frames, kernel_space
from kernel.mem.address_space import Protection
from kernel.mem.layout import PAGE_SIZE, to_virtual
from kernel.sync.spin_lock import SpinLock
from kernel.time import clock, timers
from kernel.time.timer_queue import Timer
from lang import (
    Array,
    Atomic,
    Ptr,
    Slice,
    Volatile,
    address_of,
    irq_safe,
    no_raise,
    spin_hint,
    truncate,
    u8,
    u16,
    u32,
    u64,
)
from modules.drivers.apic import local_apic
from modules.smp import smp
from tests.modules.smp import on_another

COUNT: Final = 4
MS = 1_000_000
ROUNDS = 1000
LINES: Final = 20
LINE_SIZE: Final = 29  # [   0.123-00-I] line 10 of 0
ABSENT_ID: Final[u32] = 0x77

done: Array[Atomic[u64], COUNT]  # by processor
numbers: Array[Atomic[u64], COUNT]
seen: Array[Atomic[u64], COUNT]
timer_of: Array[Timer, COUNT]
fired_on: Atomic[u64]  # the number of a processor, plus 1
finished: Atomic[u64]
text: Array[u8, 4096]
lock: SpinLock
total: Array[u64, 1]  # guarded by lock


@irq_safe
@no_raise
def me() -> u64:
    with interrupts_disabled():
        return processor.number()


def only(number: u16) -> ProcessorSet:
    result = ProcessorSet()
    result.add(number)
    return result


def clear() -> None:
    finished.store(0)
    for number in range(COUNT):
        done[number].store(0)


# Asking -----------------------------------------------------------------------------------------


@irq_safe
@no_raise
def note(argument: u64) -> None:
    done[me()].fetch_add(argument)
    numbers[me()].store(local_apic.own_id())


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
def ask_all() -> None:
    for _ in range(ROUNDS):
        ipi.run_on(ipi.all_online(), note, 1)
    finished.fetch_add(1)


def test_processors_that_ask_each_other_all_get_answers() -> None:
    """The others ask from within an interrupt, with interrupts off."""
    clear()
    for number in range(u16(1), u16(COUNT)):
        on_another.interrupt(number, ask_all)
    ask_all()
    while finished.load() < COUNT:
        pass
    for number in range(COUNT):
        assert done[number].load() == COUNT * ROUNDS


@irq_safe
@no_raise
def add_under_lock() -> None:
    """Two that are inside at once would lose one another's additions."""
    for _ in range(ROUNDS):
        with lock:
            before = Ptr[Volatile[u64]](address_of(total[0]).address)[0].load()
            spin_hint()
            total[0] = before + 1
    finished.fetch_add(1)


def test_one_processor_at_a_time_has_a_lock() -> None:
    clear()
    total[0] = 0
    for number in range(u16(1), u16(COUNT)):
        on_another.interrupt(number, add_under_lock)
    add_under_lock()
    while finished.load() < COUNT:
        pass
    assert total[0] == COUNT * ROUNDS


# Timers and the log -----------------------------------------------------------------------------


@irq_safe
@no_raise
def start_timer() -> None:
    timers.start(timer_of[me()], clock.uptime() + 2 * MS, fire)


@irq_safe
@no_raise
def fire(timer: Ptr[Timer]) -> None:
    fired_on.store(me() + 1)


def test_every_processor_has_its_own_deadlines() -> None:
    for number in range(u64(COUNT)):
        fired_on.store(0)
        on_another.interrupt(truncate(u16, number), start_timer)
        while fired_on.load() == 0:
            pass
        assert fired_on.load() == number + 1


@irq_safe
@no_raise
def note_time(argument: u64) -> None:
    seen[me()].store(clock.uptime())


def test_all_clocks_agree() -> None:
    for _ in range(ROUNDS):
        for number in range(u16(1), u16(COUNT)):
            before = clock.uptime()
            ipi.run_on(only(number), note_time)
            assert before <= seen[number].load() <= clock.uptime()


@irq_safe
@no_raise
def speak() -> None:
    log.info(f"here is {77}")


def test_lines_of_all_processors_are_in_the_log() -> None:
    begin = kept.end.load()
    for number in range(u16(COUNT)):
        on_another.interrupt(number, speak)
    found: u64 = 0
    while found != 0b1111:
        found = 0
        piece = kept.read(begin, text[:])
        for index in range(piece.length):
            if starts_with(text[index : piece.length], b"-I] here is 77\n"):
                found |= u64(1) << u64(text[index - 1] - 48)


@irq_safe
@no_raise
def speak_often() -> None:
    for round in range(u64(LINES)):
        log.info(f"line {round + 10} of {me()}")
    finished.fetch_add(1)


def test_lines_that_all_write_at_once_are_all_there_and_in_order() -> None:
    clear()
    begin = kept.end.load()
    for number in range(u16(1), u16(COUNT)):
        on_another.interrupt(number, speak_often)
    speak_often()
    while finished.load() < COUNT or kept.end.load() < begin + COUNT * LINES * LINE_SIZE:
        pass
    length = kept.read(begin, text[:]).length
    assert length == COUNT * LINES * LINE_SIZE
    for number in range(COUNT):
        done[number].store(10)
    for index in range(length // LINE_SIZE):
        line = text[index * LINE_SIZE : (index + 1) * LINE_SIZE]
        number = line[11] - 48
        assert line[LINE_SIZE - 2] == line[11]
        assert u64(line[21] - 48) * 10 + line[22] - 48 == done[number].fetch_add(1)


def starts_with(line: Slice[u8], wanted: Slice[u8]) -> bool:
    return len(line) >= len(wanted) and line[: len(wanted)] == wanted


# Memory -----------------------------------------------------------------------------------------


@irq_safe
@no_raise
def look(address: u64) -> None:
    seen[me()].store(Ptr[Volatile[u64]](address)[0].load())


def test_what_is_mapped_anew_is_seen_by_all() -> None:
    """Every processor remembers where the address led to before."""
    space = kernel_space.space
    at = space.reserve(PAGE_SIZE, Protection.READ | Protection.WRITE)
    for round in range(u64(1), u64(50)):
        Ptr[Volatile[u64]](at)[0].store(round)
        ipi.run_on(ipi.all_online(), look, at)
        for number in range(COUNT):
            assert seen[number].load() == round
        space.unmap(at, PAGE_SIZE)
        freed = frames.allocate()  # or the same page would be there again
        space.reserve(PAGE_SIZE, Protection.READ | Protection.WRITE, at)
        Ptr[Volatile[u64]](at)[0].store(round + 1)
        frames.free(freed)
    space.unmap(at, PAGE_SIZE)


def map_and_unmap() -> None:
    for _ in range(ROUNDS // 5):
        at = kernel_space.space.reserve(4 * PAGE_SIZE, Protection.READ | Protection.WRITE)
        for page in range(u64(4)):
            place = Ptr[Volatile[u64]](at + page * PAGE_SIZE)
            assert place[0].load() == 0
            place[0].store(at + me())
            assert place[0].load() == at + me()
        kernel_space.space.unmap(at, 4 * PAGE_SIZE)


@irq_safe
@no_raise
def map_and_unmap_here() -> None:
    try:
        map_and_unmap()
        finished.fetch_add(1)
    except BaseException:  # noqa: BLE001 - whatever it was, the test fails
        finished.fetch_add(100)


def test_processors_that_unmap_at_once_wait_for_each_other() -> None:
    """Each holds the space's lock while it waits for the others to forget, who wait for that lock."""
    clear()
    for number in range(u16(1), u16(COUNT)):
        on_another.interrupt(number, map_and_unmap_here)
    map_and_unmap_here()
    while finished.load() < COUNT:
        pass
    assert finished.load() == COUNT


# Starting ---------------------------------------------------------------------------------------


def test_a_processor_that_is_not_there_does_not_answer() -> None:
    smp.trampoline.make()
    smp.belongings.make(COUNT)
    assert not smp.start(ABSENT_ID, COUNT)
    smp.trampoline.free()
    assert COUNT not in ipi.all_online()


def take_all_frames() -> u64:
    """Return the last frame, which holds the address of the one taken before it, and so on to 0."""
    last: u64 = 0
    try:
        while True:
            frame = frames.allocate()
            Ptr[u64](to_virtual(frame))[0] = last
            last = frame
    except MemoryError:
        return last


def give_back(first: u64, most: u64) -> u64:
    """Free frames that were taken, as many as there are at most; return the first that is left."""
    at = first
    for _ in range(most):
        if at == 0:
            break
        before = Ptr[u64](to_virtual(at))[0]
        frames.free(at)
        at = before
    return at


def test_too_little_memory_for_a_processor_loses_none() -> None:
    before = frames.statistics().free
    taken = give_back(take_all_frames(), 10)
    is_enough = True
    try:
        smp.belongings.make(COUNT)
    except MemoryError:
        is_enough = False
    give_back(taken, before)
    assert not is_enough
    assert frames.statistics().free == before
