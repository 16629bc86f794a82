"""What the explored threads do with words for which they sleep."""

from __future__ import annotations

from typing import Final

from core.errors import BadAddress
from kernel.cpu import processor
from kernel.sched import sleep
from kernel.sched.thread import WakeReason
from kernel.sync import futex
from lang import (
    Array,
    Atomic,
    Order,
    Ptr,
    UserPtr,
    address_of,
    export,
    irq_safe,
    no_raise,
    sleeps,
    u8,
    u16,
    u32,
    u64,
)

FREE: Final[u32] = 0
HELD: Final[u32] = 1
CONTENDED: Final[u32] = 2
MOMENTS: Final[u64] = (
    8  # in each of which others run: as many it takes at most until one gives up, or is woken
)

flag: Array[Atomic[u32], 1]
lock: Array[Atomic[u32], 1]
total: Atomic[u64]
woken: Atomic[u64]  # by their count
refused: Atomic[u64]
given_up: Atomic[u64]
waiting: Atomic[u64]  # how many threads go on waiting
wrong: u64


def reset() -> None:
    global wrong
    sleep.make_threads()
    flag[0].store(0)
    lock[0].store(0)
    total.store(0)
    woken.store(0)
    refused.store(0)
    given_up.store(0)
    waiting.store(0)
    wrong = 0


def become(number: u16) -> None:
    processor.become(number)


@sleeps
def wait_for_flag() -> None:
    while flag[0].load() == 0:
        sleep_while(address_of(flag[0]).address, 0)


def raise_flag() -> None:
    flag[0].store(1)
    wake(address_of(flag[0]).address, 2)


@sleeps
def wait_once() -> None:
    """Wait for the flag without looking at it, and note if it was raised already."""
    try:
        futex.wait(UserPtr[u32](address_of(flag[0]).address), 0, sleep.NEVER)
    except BlockingIOError:
        refused.fetch_add(1)


def raise_and_count() -> None:
    """Raise the flag, and count who waited for it."""
    flag[0].store(1)
    woken.fetch_add(futex.wake(UserPtr[u32](address_of(flag[0]).address), 1))
    woken.fetch_add(futex.wake(UserPtr[u32](address_of(flag[0]).address), 1))


@sleeps
def add_with_lock() -> None:
    """Add without atomicity under a lock made of a word. Drepper, "Futexes Are Tricky", section 5."""
    if lock[0].compare_exchange(FREE, HELD) != FREE:
        while lock[0].swap(CONTENDED) != FREE:
            sleep_while(address_of(lock[0]).address, CONTENDED)
    total.store(total.load(Order.RELAXED) + 1, Order.RELAXED)
    if lock[0].swap(FREE) == CONTENDED:
        wake(address_of(lock[0]).address, 1)


@sleeps
def add_for_long(times: u64) -> None:
    for _ in range(times):
        add_with_lock()


@sleeps
def take_turns(mine: u32, times: u64) -> None:
    """Of two threads, 0 and 1, each waits for its number in the flag, and puts the other one there."""
    for _ in range(times):
        while flag[0].load() != mine:
            sleep_while(address_of(flag[0]).address, 1 - mine)
        total.store(total.load(Order.RELAXED) + 1, Order.RELAXED)
        flag[0].store(1 - mine)
        wake(address_of(flag[0]).address, 1)


def expect(threads: u64) -> None:
    waiting.store(threads)


@sleeps
def wait_in_vain(times: u64) -> None:
    """Wait a while for a flag that stays down, again and again; count by what that ended."""
    for time in range(times):
        word = UserPtr[u32](address_of(flag[0]).address)
        if futex.wait(word, 0, 1 + time % MOMENTS) == WakeReason.WOKEN:
            total.fetch_add(1)
        else:
            given_up.fetch_add(1)
    waiting.fetch_sub(1)


def wake_all_along() -> None:
    """Wake one at a time while any wait, and count whom."""
    time: u64 = 0
    while waiting.load() > 0:
        woken.fetch_add(futex.wake(UserPtr[u32](address_of(flag[0]).address), 1))
        for _ in range(time % MOMENTS):
            processor.wait_a_moment()
        time += 1


@sleeps
def wait_at_no_word() -> None:
    """Wait for a word that is not the program's."""
    try:
        futex.wait(UserPtr[u32](0), 0, sleep.NEVER)
    except BadAddress:
        refused.fetch_add(1)


@sleeps
def sleep_while(word: u64, value: u32) -> None:
    try:
        futex.wait(UserPtr[u32](word), value, sleep.NEVER)
    except BlockingIOError:
        pass


def wake(word: u64, count: u32) -> None:
    futex.wake(UserPtr[u32](word), count)


@export("__pw_copy_from_user")
@irq_safe
@no_raise
def copy_from_user(to: Ptr[u8], source: u64, size: u64) -> bool:
    """Read a word in one step; there is none at 0."""
    if source == 0:
        return False
    to.cast(u32)[0] = Ptr[Atomic[u32]](source)[0].load()
    return True


@export("__pw_copy_to_user")
@irq_safe
@no_raise
def copy_to_user(to: u64, source: Ptr[u8], size: u64) -> bool:
    return False
