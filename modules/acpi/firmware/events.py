"""Events: the interrupt by which the machine says that something happened, and what is done about it.

    fixed events      bits of the PM1 status registers; of them, the power button
    general events    bits of up to two blocks; each has a method \\_GPE._Lxx or _Exx, or is the embedded controller's

The interrupt handler only notes what has come, and turns general events off; a thread has the methods called, and turns them
on again. An event whose status a method leaves on comes at once again; one that comes too often stays off.

    _Exx    by an edge: the status is cleared before the method is called, so that a second one is not lost
    _Lxx    as long as something is so: cleared afterwards, when the method has dealt with it

Lock order: beginning before loaded.lock. `turning` is the last to be taken.

Source: ACPI 6.5, sections 4.8.3.1 (PM1 event registers), 4.8.4.1 (general purpose events), 5.6.4.1, 12.6 (the controller's
events).
"""

from __future__ import annotations

from typing import Final

from kernel.cpu import port
from kernel.interrupt.routing import Handler, LineBusy, NoVector
from kernel.log import log
from kernel.sched import kernel_thread
from kernel.sync.mutex import Mutex
from kernel.sync.spin_lock import SpinLock
from kernel.sync.wait_queue import WaitQueue
from kernel.time import clock
from lang import (
    Array,
    Atomic,
    Order,
    Ptr,
    irq_safe,
    no_raise,
    sleeps,
    struct,
    trailing_zeros,
    truncate,
    u8,
    u16,
    u32,
    u64,
)
from modules.acpi import acpi, control
from modules.acpi.firmware import loaded, notices, wiring
from modules.acpi.firmware.general_event import GeneralEvent, HasMethod
from modules.acpi.resources.link import Line
from modules.acpi.tables.fadt import Flag, GeneralEvents
from modules.acpi.tables.table import GenericAddress

POWER_BUTTON: Final[u16] = 1 << 8  # in the PM1 registers
EVENTS: Final[u64] = 256  # general ones that there can be
WORDS: Final = 4
BLOCKS: Final = 2
LAST_PORT: Final[u64] = 0xFFFF
MOST_IN_A_SECOND: Final[u32] = 1000  # of one general event


@struct
class Fixed:
    """A PM1 event block; port 0: there is none."""

    status: u16
    enable: u16


@struct
class Block:
    """A block of general events; of no bytes if there is none."""

    status: u16
    enable: u16
    count: u32  # of status bytes
    first: u32  # number of its first event


# Constant once events have begun.
fixed: Array[Fixed, BLOCKS]
blocks: Array[Block, BLOCKS]
handler: Handler

beginning: Mutex
has_begun: bool = False  # guarded by beginning

turning: SpinLock  # guards the enable registers of general events
pressed: Atomic[u32]  # how often, not told yet
pending: Array[Atomic[u64], WORDS]  # general events that came
has_work: WaitQueue

# Of the thread.
second: u64 = 0  # of the uptime
in_second: Array[u32, EVENTS]  # how often each came in it


@no_raise
@sleeps
def begin() -> None:
    """Have events come, unless they do."""
    global has_begun
    with beginning:
        if has_begun or not acpi.has_hardware:
            return
        has_begun = True
        try:
            loaded.carry_out(loaded.Nothing())
            kernel_thread.start("firmware events", run)
            find_registers()
            add_handler()
            turn_on()
        except (MemoryError, LineBusy, NoVector):
            log.error("acpi: the firmware's events cannot come")


@no_raise
def find_registers() -> None:
    hardware = acpi.hardware
    set_fixed(0, hardware.event_a)
    set_fixed(1, hardware.event_b)
    set_block(0, hardware.general)
    set_block(1, hardware.second_general)


@no_raise
def set_fixed(index: u64, register: GenericAddress) -> None:
    size = acpi.hardware.event_size
    if is_block(register, size):
        fixed[index].status = truncate(u16, register.address)
        fixed[index].enable = fixed[index].status + size // 2


@no_raise
def set_block(index: u64, events: GeneralEvents) -> None:
    half = events.size // 2
    is_whole = events.first % 8 == 0 and events.first + u32(half) * 8 <= EVENTS
    if is_whole and is_block(events.block, events.size):
        block = blocks[index]
        block.status = truncate(u16, events.block.address)
        block.enable = block.status + half
        block.count = half
        block.first = events.first


@no_raise
def is_block(register: GenericAddress, size: u8) -> bool:
    """Whether registers of a size are there, and are ports."""
    return control.is_port(register) and register.address + size <= LAST_PORT + 1


def add_handler() -> None:
    """Have the interrupt handled; it is active while low, unless the firmware says something else.

    Raises:
        LineBusy, NoVector: as routing.add.
    """
    wiring.add(handler, Line(u32(acpi.hardware.sci_interrupt), False, True), on_interrupt)


@no_raise
@sleeps
def turn_on() -> None:
    """Let the power button and all events that have a method come; what came before is forgotten."""
    for each in fixed[:]:
        if each.status != 0:
            port.write16(each.status, POWER_BUTTON)
            is_there = acpi.hardware.flags & Flag.NO_POWER_BUTTON == 0
            port.write16(each.enable, POWER_BUTTON if is_there else u16(0))
    for block in blocks[:]:
        for index in range(u16(block.count)):
            port.write8(block.enable + index, 0)
            port.write8(block.status + index, 0xFF)
            port.write8(block.enable + index, wanted(block.first + u32(index) * 8))


@no_raise
@sleeps
def wanted(first: u32) -> u8:
    """Return which of eight events have a method."""
    result: u8 = 0
    for bit in range(u32(8)):
        try:
            asked = HasMethod(first + bit)
            loaded.carry_out(asked)
            result |= u8(asked.answer) << truncate(u8, bit)
        except MemoryError:
            log.warning(f"acpi: there is too little memory to ask for event {first + bit:#x}")
    return result


# The interrupt ----------------------------------------------------------------------------------


@irq_safe
@no_raise
def on_interrupt(mine: Ptr[Handler]) -> bool:
    """Note what has come."""
    has_come = False
    for each in fixed[:]:
        if each.status != 0:
            active = port.read16(each.status) & port.read16(each.enable)
            if active != 0:
                port.write16(each.status, active)
                has_come = True
            if active & POWER_BUTTON != 0:
                pressed.fetch_add(1)
    for block in blocks[:]:
        for index in range(u16(block.count)):
            if note(block, index):
                has_come = True
    if has_come:
        has_work.wake_all()
    return has_come


@irq_safe
@no_raise
def note(block: Block, index: u16) -> bool:
    """Note eight events, and turn those off that came; return whether any did."""
    with turning:
        enabled = port.read8(block.enable + index)
        active = port.read8(block.status + index) & enabled
        if active == 0:
            return False
        port.write8(block.enable + index, enabled & ~active)
    number = block.first + u32(index) * 8
    pending[number >> 6].fetch_or(u64(active) << (number & 63))
    return True


# The thread -------------------------------------------------------------------------------------


@no_raise
@sleeps
def run() -> None:
    """Deal with what has come, for ever."""
    while True:
        has_work.wait_uninterrupted(is_anything_pending)
        for _ in range(pressed.swap(0)):
            notices.press()
        for word in range(u32(WORDS)):
            left = pending[word].swap(0)
            while left != 0:
                deal_with(word * 64 + u32(trailing_zeros(left)))
                left &= left - 1


@irq_safe
@no_raise
def is_anything_pending() -> bool:
    for each in pending[:]:
        if each.load(Order.RELAXED) != 0:
            return True
    return pressed.load(Order.RELAXED) != 0


@no_raise
@sleeps
def deal_with(number: u32) -> None:
    """Have a general event's method called, and let it come again."""
    try:
        event = GeneralEvent(number)
    except MemoryError:
        log.error(f"acpi: there is too little memory for event {number:#x}")
        return
    event.is_edge = is_by_edge(number)
    if event.is_edge:
        clear(number)
    loaded.carry_out(event)
    if not event.is_edge:
        clear(number)
    if is_too_often(number):
        log.warning(f"acpi: event {number:#x} comes without end, and stays off from now on")
    else:
        let_come(number)


@no_raise
@sleeps
def is_by_edge(number: u32) -> bool:
    try:
        asked = HasMethod(number)
        loaded.carry_out(asked)
        return asked.is_edge
    except MemoryError:
        return False


@no_raise
def is_too_often(number: u32) -> bool:
    """Count an event, and return whether it came too often in this second."""
    global second
    now = clock.uptime() // clock.NS_PER_SECOND
    if now != second:
        second = now
        in_second[:].fill(0)
    in_second[number] += 1
    return in_second[number] > MOST_IN_A_SECOND


@no_raise
def clear(number: u32) -> None:
    for block in blocks[:]:
        if block.first <= number < block.first + block.count * 8:
            at = truncate(u16, (number - block.first) >> 3)
            port.write8(block.status + at, u8(1) << truncate(u8, number & 7))


@no_raise
def let_come(number: u32) -> None:
    for block in blocks[:]:
        if block.first <= number < block.first + block.count * 8:
            at = block.enable + truncate(u16, (number - block.first) >> 3)
            with turning:
                port.write8(at, port.read8(at) | u8(1) << truncate(u8, number & 7))
