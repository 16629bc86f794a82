"""Target code for the tests of the spin lock."""

from __future__ import annotations

from kernel.cpu import instructions, interrupts, processor
from kernel.sync import spin_lock
from kernel.sync.spin_lock import SpinLock
from lang import Array, Order, holds, u16, u32, u64

lock: SpinLock
inner: SpinLock
total: u64
turn: u32
turns: Array[u32, 8]


def add(number: u16, rounds: u64) -> None:
    processor.become(number)
    for _ in range(rounds):
        with lock:
            increment()


def add_nested(number: u16, rounds: u64) -> None:
    processor.become(number)
    for _ in range(rounds):
        with lock, inner:
            increment()


def increment() -> None:
    """Two processors that are inside at once lose one another's additions."""
    global total
    before = total
    for _ in range(20):
        interrupts.are_enabled()
    total = before + 1


def take(number: u16) -> None:
    processor.become(number)
    lock.__enter__()


@holds("preemption")
def release() -> None:
    lock.__exit__()


def waiting() -> u32:
    """Return the number of the last in the queue, plus 1."""
    return lock.word.load(Order.ACQUIRE) >> u32(spin_lock.TAIL_SHIFT)


def note_turn(number: u16) -> None:
    global turn
    processor.become(number)
    with lock:
        turn += 1
        turns[number] = turn


def turn_of(number: u16) -> u32:
    return turns[number]


def is_held() -> bool:
    return lock.is_held


def interrupts_around(enabled: bool) -> tuple[bool, bool, bool]:
    """Return whether interrupts are on before, inside and after a block."""
    if enabled:
        instructions.enable_interrupts()
    else:
        interrupts.save_and_disable()
    before = interrupts.are_enabled()
    with lock:
        inside = interrupts.are_enabled()
    return before, inside, interrupts.are_enabled()
