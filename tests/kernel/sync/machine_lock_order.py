"""Each misuse of a lock is reported, once; what is right is not."""

from __future__ import annotations

from typing import Final

from kernel.cpu.interrupts import interrupts_disabled
from kernel.init import lock_reports
from kernel.sched import scheduler, sleep
from kernel.sync import lock_order, rcu
from kernel.sync.lock_order import Complaint, Report
from kernel.sync.mutex import Mutex
from kernel.sync.rcu import Later
from kernel.sync.spin_lock import SpinLock
from kernel.time import clock
from lang import (
    Array,
    Atomic,
    Ptr,
    address_of,
    irq_safe,
    no_raise,
    noinline,
    spin_hint,
    struct,
    u16,
    u64,
    usize,
)

MS: Final[u64] = 1_000_000


@struct(pinned=True)
class Account:
    lock: SpinLock
    balance: u64


class Base:
    lock: SpinLock

    def take_both(self) -> None:
        with seventh, self.lock:
            pass


class Derived(Base):
    pass


first: SpinLock
second: SpinLock
third: SpinLock
fourth: SpinLock
fifth: SpinLock
sixth: SpinLock
seventh: SpinLock
declared_outer: SpinLock
declared_inner: SpinLock
long: SpinLock
asleep: SpinLock
busy: SpinLock
logged: SpinLock
outer: Mutex
inner: Mutex
accounts: Array[Account, 2]
put_off: Later
calls_made: Atomic[u64]

count: u64
length: usize
depth: usize  # of the calls that led to where it began
complaint: Complaint
circle: Array[u16, 8]


@irq_safe
@no_raise
def note(report: Ptr[Report]) -> None:
    global count, length, depth, complaint
    count += 1
    length = report.length
    depth = report.depth
    complaint = report.complaint
    for index in range(min(length, 8)):
        circle[index] = report.circle[index]


def listen() -> None:
    global count
    count = 0
    lock_order.reporter = note


def test_two_orders_are_reported_once_with_both_places() -> None:
    listen()
    with first, second:
        pass
    assert count == 0
    with second, first:
        pass
    assert count == 1 and complaint == Complaint.CIRCLE and length == 2
    assert lock_order.name_of(circle[0]) == b"tests.kernel.sync.machine_lock_order.first"
    assert lock_order.name_of(circle[1]) == b"tests.kernel.sync.machine_lock_order.second"
    edge = lock_order.find_edge(circle[0], circle[1])
    assert edge is not None and edge.depth > 1
    for _ in range(3):
        with second, first:
            pass
    assert count == 1


def test_a_circle_of_three_is_found() -> None:
    listen()
    with second, third:
        pass
    with third, fourth:
        pass
    assert count == 0
    with fourth, second:
        pass
    assert count == 1 and length == 3


def test_the_first_lock_against_a_declared_order_is_reported() -> None:
    listen()
    lock_order.declare(
        b"tests.kernel.sync.machine_lock_order.declared_outer",
        b"tests.kernel.sync.machine_lock_order.declared_inner",
    )
    with declared_outer, declared_inner:
        pass
    assert count == 0
    with declared_inner, declared_outer:
        pass
    assert count == 1 and complaint == Complaint.CIRCLE and length == 2


def test_locks_of_a_derived_class_are_those_of_its_base() -> None:
    listen()
    derived = Derived()
    with derived.lock, seventh:
        pass
    assert count == 0
    derived.take_both()
    assert count == 1


def test_mutexes_have_an_order_too() -> None:
    listen()
    with outer, inner:
        pass
    assert count == 0
    with inner, outer:
        pass
    assert count == 1 and complaint == Complaint.CIRCLE


def test_all_locks_of_a_field_are_one_class() -> None:
    """The second account's lock was never held with `third`, but another one's was."""
    listen()
    with accounts[0].lock, third:
        pass
    assert count == 0
    with third, accounts[1].lock:
        pass
    assert count == 1


def test_a_spin_lock_that_is_held_long_is_reported() -> None:
    listen()
    limit = lock_order.longest_hold_ns
    lock_order.longest_hold_ns = 2 * MS
    for _ in range(2):
        hold_long()
    lock_order.longest_hold_ns = limit
    assert count == 1 and complaint == Complaint.HELD_LONG and depth > 2


def hold_long() -> None:
    with long:
        end = clock.uptime() + 3 * MS
        while clock.uptime() < end:
            spin_hint()


def test_a_mutex_may_be_held_long() -> None:
    listen()
    limit = lock_order.longest_hold_ns
    lock_order.longest_hold_ns = 2 * MS
    with inner:
        sleep.until(clock.uptime() + 3 * MS)
    lock_order.longest_hold_ns = limit
    assert count == 0


def test_sleeping_with_a_spin_lock_is_reported() -> None:
    """The compiler refuses it in a block, so there is none."""
    listen()
    asleep.__enter__(b"asleep")
    for _ in range(2):
        sleep.until(clock.uptime() + MS)
    with interrupts_disabled():
        asleep.__exit__()
    assert count == 1 and complaint == Complaint.ASLEEP and depth > 1
    assert lock_order.name_of(circle[0]) == b"asleep"


def test_taking_a_mutex_with_a_spin_lock_is_reported_though_it_is_free() -> None:
    listen()
    busy.__enter__(b"busy")
    with inner:
        pass
    with interrupts_disabled():
        busy.__exit__()
    assert count == 1 and complaint == Complaint.ASLEEP


def test_sleeping_while_reading_is_reported_once_for_each_place() -> None:
    listen()
    for _ in range(2):
        sleep_while_reading()
    assert count == 1 and complaint == Complaint.ASLEEP_READING and depth > 2
    with rcu.read():
        pass
    assert count == 1
    reading = rcu.read()
    reading.__enter__()
    sleep.until(clock.uptime() + MS)
    with interrupts_disabled():
        assert scheduler.preemption_depth.load() == 1
        reading.__exit__()
    assert count == 2


def sleep_while_reading() -> None:
    reading = rcu.read()
    reading.__enter__()
    sleep.until(clock.uptime() + MS)
    with interrupts_disabled():
        reading.__exit__()


def test_waiting_for_readings_in_one_is_reported_though_nobody_sleeps() -> None:
    listen()
    reading = rcu.read()
    reading.__enter__()
    rcu.synchronize()
    with interrupts_disabled():
        reading.__exit__()
    assert count == 1 and complaint == Complaint.ASLEEP_READING


def test_a_call_that_is_put_off_twice_is_reported_and_made_once() -> None:
    listen()
    calls_made.store(0)
    for _ in range(2):
        rcu.call(address_of(put_off), note_call)
    rcu.finish()
    assert count == 1 and complaint == Complaint.PUT_OFF_TWICE and depth >= 2
    assert calls_made.load() == 1
    rcu.call(address_of(put_off), note_call)
    rcu.finish()
    assert count == 1 and calls_made.load() == 2


@no_raise
def note_call(later: Ptr[Later]) -> None:
    calls_made.fetch_add(1)


def test_where_a_function_that_has_returned_took_a_lock_is_known_too() -> None:
    listen()
    take_and_return()
    sleep.until(clock.uptime() + MS)
    with interrupts_disabled():
        logged.__exit__()
    assert count == 1 and complaint == Complaint.ASLEEP and depth >= 2


@noinline
def take_and_return() -> None:
    logged.__enter__(b"returned")


def test_the_log_says_what_is_wrong_and_where() -> None:
    """
    Panics: locks in two orders: tests.kernel.sync.machine_lock_order.fifth is taken here while
    Panics: tests.kernel.sync.machine_lock_order.sixth was taken here while
    Panics: AssertionError: the end
    """
    lock_order.reporter = lock_reports.say
    with fifth, sixth:
        pass
    with sixth, fifth:
        pass
    assert count > 1_000_000, "the end"


def test_a_spin_lock_that_is_taken_twice_stops_the_kernel() -> None:
    """
    Panics: a lock is taken again by who holds it
    Panics:     first.__enter__()
    """
    with first:
        first.__enter__()


def test_the_log_says_where_it_began_and_where_it_shows() -> None:
    """The tests before this one stop the kernel, so that nothing was reported yet.

    Panics: held too long: tests.kernel.sync.machine_lock_order.long, for
    Panics: it was taken here
    Panics:     with long:
    Panics: sleeping while atomic: a thread sleeps here while its processor holds logged
    Panics:     sleep.until(clock.uptime() + MS)
    Panics:     logged.__enter__(b"logged")
    Panics: RCU misuse: a thread sleeps here while it reads, or with preemption off
    Panics:     sleep.until(clock.uptime() + 2 * MS)
    Panics: that began here
    Panics:     reading.__enter__()
    Panics: RCU misuse: a call is put off here that is put off already
    Panics:     put_off_again()
    Panics: it was put off here
    Panics:     rcu.call(address_of(put_off), note_call)  # for the first time
    Panics: AssertionError: the end
    """
    lock_order.reporter = lock_reports.say
    lock_order.longest_hold_ns = 2 * MS
    hold_long()
    logged.__enter__(b"logged")
    sleep.until(clock.uptime() + MS)
    with interrupts_disabled():
        logged.__exit__()
    reading = rcu.read()
    reading.__enter__()
    sleep.until(clock.uptime() + 2 * MS)
    with interrupts_disabled():
        reading.__exit__()
    rcu.call(address_of(put_off), note_call)  # for the first time
    put_off_again()
    assert count > 1_000_000, "the end"


@noinline
def put_off_again() -> None:
    rcu.call(address_of(put_off), note_call)
