"""Routing: devices' interrupts, from a line of a chip to the handlers of a driver.

Every line has a number, the same in all of the machine; a chip deals with a row of lines. The old PC's
interrupts, 0 to 15, arrive at lines that the firmware tells of (`isa`).

    add         a handler for a line; the first one gets the line a vector, and has the chip let it in
    add_message a handler for messages, which devices send to processors without a line
    remove      the last one has the chip keep it out again
    deliver     a vector came: all its handlers look whether it was their device. A line that goes on
                though it is no handler's would leave the processor no time, and is kept out

A line may have handlers before there is a chip for it; it is let in when the chip registers.

Handlers of a vector are a list that `deliver` walks without a lock, so that handlers may do anything but
add and remove. A handler that is removed may still be walked on; so `remove` unlinks it, and waits until
nobody is on the vector's list. New handlers are linked at the front, by one store.

Locks: `lock` guards all changes; taken before any lock of a chip. Context: not from handlers.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import IntFlag
from typing import Annotated, Final

from kernel.cpu.vectors import DEVICES_END, FIRST_DEVICE
from kernel.interrupt import controller
from kernel.log import log
from kernel.sync.spin_lock import SpinLock
from lang import (
    Array,
    Atomic,
    Order,
    Ptr,
    address_of,
    cold,
    holds,
    irq_safe,
    no_raise,
    over,
    spin_hint,
    struct,
    truncate,
    u8,
    u16,
    u32,
    u64,
    usize,
)

VECTORS: Final = DEVICES_END - FIRST_DEVICE
MOST_CHIPS: Final = 64
ISA_INTERRUPTS: Final = 16
FIRST_MESSAGE: Final[u32] = 1 << 31  # above all lines of chips: what no line leads to, each its own
MOST_UNCLAIMED: Final = 10_000  # interrupts of a line in a row


class NoVector(Exception):
    """All vectors are in use."""


class LineBusy(Exception):
    """Others use the line, and not in the same way, or one of them not with others."""


class ChipExists(Exception):
    """There is a chip for these lines, or no room for another chip."""


@over(u8)
class Signal(IntFlag):
    """How a line says that it interrupts; none of these: by being high, and for one device only."""

    ACTIVE_LOW = 1 << 0
    EDGE = 1 << 1  # by changing, rather than until it is dealt with
    SHARED = 1 << 2  # with other devices


Handle = Annotated[Callable[[Ptr["Handler"]], bool], irq_safe, no_raise]
LetIn = Annotated[Callable[[Ptr["Chip"], u32, u8, Signal, u16], None], irq_safe, no_raise]
KeepOut = Annotated[Callable[[Ptr["Chip"], u32], None], irq_safe, no_raise]


@struct(pinned=True)
class Handler:
    """One driver's part in a line; a member of whatever the driver has for the device."""

    handle: Handle | None  # returns whether it was its device
    line: u32
    next: Atomic[Ptr[Handler] | None]


@struct(pinned=True)
class Chip:
    """What a driver of interrupt chips offers for a row of lines; a member of what it has for the chip.

    Set before it is added, then constant.
    """

    first: u32
    count: u32
    let_in: LetIn | None  # a line, counted from 0, as a vector, with a signal, to a processor
    keep_out: KeepOut | None


@struct(pinned=True)
class Route:
    """A vector's line and handlers; free without handlers."""

    line: u32
    signal: Signal
    target: u16  # the processor that it goes to
    handlers: Atomic[Ptr[Handler] | None]
    walkers: Atomic[u32]  # who is on the list
    count: Atomic[u64]  # how often it came
    unclaimed: Atomic[u64]  # and was no handler's, since it last was one's
    is_late: Atomic[bool]  # it may be on its way still, for a handler that was the last and is gone


@struct
class IsaRoute:
    """Where an interrupt of the old PC arrives."""

    line: u32
    signal: Signal


lock: SpinLock
routes: Array[Route, VECTORS]  # changed under lock
chips: Array[Ptr[Chip] | None, MOST_CHIPS]  # guarded by lock
chip_count: usize = 0  # guarded by lock
isa: Array[IsaRoute, ISA_INTERRUPTS]  # set before devices are attached, then constant


# Handlers ---------------------------------------------------------------------------------------


def add(handler: Handler, line: u32, signal: Signal, handle: Handle, target: u16 = 0) -> None:
    """Have a handler called when a line interrupts; it stays where it is until it is removed.

    target: the processor to interrupt; where a line is shared, the first to come chooses.

    Raises:
        LineBusy: others use the line in another way, or not with others.
        NoVector: all are in use.
    """
    with lock:
        index = _find(line)
        route = routes[index]
        is_first = route.handlers.load() is None
        if not is_first and (route.signal != signal or signal & Signal.SHARED == 0):
            raise LineBusy
        handler.handle = handle
        handler.line = line
        handler.next.store(route.handlers.load(), Order.RELAXED)
        if is_first:
            route.line = line
            route.signal = signal
            route.target = target
        route.handlers.store(address_of(handler), Order.RELEASE)
        if is_first:
            _let_in(index)


def add_message(handler: Handler, handle: Handle, target: u16 = 0) -> u8:
    """Have a handler called when a device sends a message, and return the vector that it is to send to the processor.

    Raises:
        NoVector: all are in use.
    """
    with lock:
        for index in range(u32(VECTORS)):
            route = routes[index]
            if route.handlers.load() is None:
                handler.handle = handle
                handler.line = FIRST_MESSAGE + index
                handler.next.store(None, Order.RELAXED)
                route.line = handler.line
                route.signal = Signal.EDGE
                route.target = target
                route.handlers.store(address_of(handler), Order.RELEASE)
                return truncate(u8, FIRST_DEVICE + index)
    raise NoVector


@no_raise
def remove(handler: Handler) -> None:
    """Have a handler, which was added, called no longer; afterwards it is not running anywhere.

    Interrupts are on, since a handler that runs elsewhere may ask something of this processor.
    """
    with lock:
        route = routes[_index_of(handler)]
        link = address_of(route.handlers)
        at = link.load()
        while at is not None and at != address_of(handler):
            link = address_of(at.next)
            at = link.load()
        link.store(handler.next.load())
        if route.handlers.load() is None:
            _keep_out(route)
            route.is_late.store(True)
    while route.walkers.load() != 0:
        spin_hint()


@irq_safe
@no_raise
def deliver(vector: u64) -> None:
    """Have the handlers of a vector called. Interrupts are off."""
    route = routes[vector - FIRST_DEVICE]
    route.walkers.fetch_add(1)
    route.count.fetch_add(1, Order.RELAXED)
    is_claimed = False
    handler = route.handlers.load()
    while handler is not None:
        handle = handler.handle
        if handle is not None and handle(handler):
            is_claimed = True
        handler = handler.next.load(Order.ACQUIRE)
    route.walkers.fetch_sub(1)
    if is_claimed:
        route.unclaimed.store(0, Order.RELAXED)
    else:
        _note_unclaimed(route, vector)
    controller.end()


@cold
@irq_safe
@no_raise
def _note_unclaimed(route: Route, vector: u64) -> None:
    """Warn of an interrupt that is nobody's, and keep a line out that does not stop."""
    if route.is_late.swap(False):
        return
    times = route.unclaimed.fetch_add(1) + 1
    if times == 1:
        log.warning(f"interrupt vector {vector} came, and no device says why")
    elif times == MOST_UNCLAIMED:
        log.error(f"line {route.line} interrupts without end, and is kept out from now on")
        with lock:
            if route.handlers.load() is not None:
                _keep_out(route)


# Chips ------------------------------------------------------------------------------------------


def add_chip(chip: Chip) -> None:
    """Let a chip deal with its lines; those that have handlers already are let in.

    Raises:
        ChipExists: another one does, or there are too many.
    """
    global chip_count
    with lock:
        if chip_count == MOST_CHIPS or chip.count == 0:
            raise ChipExists
        for index in range(chip_count):
            other = chips[index]
            if other is not None and _overlap(other[0], chip):
                raise ChipExists
        chips[chip_count] = address_of(chip)
        chip_count += 1
        for index in range(usize(VECTORS)):
            if routes[index].handlers.load() is not None and _has(chip, routes[index].line):
                _let_in(index)


@no_raise
def _overlap(a: Chip, b: Chip) -> bool:
    return a.first < u64(b.first) + b.count and b.first < u64(a.first) + a.count


@irq_safe
@no_raise
def _has(chip: Chip, line: u32) -> bool:
    return chip.first <= line < u64(chip.first) + chip.count


@holds("lock")
@no_raise
def _chip_of(line: u32) -> Ptr[Chip] | None:
    for index in range(chip_count):
        chip = chips[index]
        if chip is not None and _has(chip[0], line):
            return chip
    return None


@holds("lock")
@no_raise
def _let_in(index: usize) -> None:
    route = routes[index]
    chip = _chip_of(route.line)
    if chip is None:
        return
    let_in = chip.let_in
    if let_in is not None:
        vector = truncate(u8, FIRST_DEVICE + index)
        let_in(chip, route.line - chip.first, vector, route.signal, route.target)


@holds("lock")
@no_raise
def _keep_out(route: Route) -> None:
    chip = _chip_of(route.line)
    if chip is None:
        return
    keep_out = chip.keep_out
    if keep_out is not None:
        keep_out(chip, route.line - chip.first)


@holds("lock")
def _find(line: u32) -> usize:
    """Return the index of a line's route, or of a free one."""
    free: usize = VECTORS
    for index in range(usize(VECTORS)):
        if routes[index].handlers.load() is None:
            free = min(free, index)
        elif routes[index].line == line:
            return index
    if free == VECTORS:
        raise NoVector
    return free


@holds("lock")
@no_raise
def _index_of(handler: Handler) -> usize:
    """Return the index of the route that a handler was added to."""
    for index in range(usize(VECTORS)):
        if routes[index].line == handler.line and routes[index].handlers.load() is not None:
            return index
    assert False, "a handler that was not added"
    return 0


# The old PC's interrupts ------------------------------------------------------------------------


@no_raise
def begin() -> None:
    """Let each interrupt of the old PC arrive at the line of its own number, by a rising edge."""
    for number in range(u32(ISA_INTERRUPTS)):
        set_isa(number, number, Signal.EDGE)


@no_raise
def set_isa(number: u32, line: u32, signal: Signal) -> None:
    """Say where an interrupt of the old PC arrives."""
    isa[number].line = line
    isa[number].signal = signal
