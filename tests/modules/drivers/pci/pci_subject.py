"""Target code for the tests of finding devices on PCI."""

from __future__ import annotations

from kernel.cpu import mmio, port
from kernel.cpu.vectors import FIRST_DEVICE
from kernel.interrupt import controller, routing
from kernel.interrupt.controller import Controller
from kernel.interrupt.routing import Handler, Signal
from kernel.io import serial
from lang import Array, Ptr, Slice, irq_safe, no_raise, u8, u16, u32, u64, usize
from modules.acpi import acpi
from modules.acpi.firmware import pins
from modules.acpi.resources.link import Line
from modules.acpi.tables import madt
from modules.drivers.pci import configuration, lines, messages
from modules.drivers.pci import scan as scanning
from modules.drivers.pci.configuration import Mapped
from modules.drivers.pci.extended import Walk

handler: Handler
calls: u32 = 0


@irq_safe
@no_raise
def end() -> None:
    """Nothing here ends."""


@irq_safe
@no_raise
def send(processor: u16, vector: u8) -> None:
    """Nothing here is sent."""


@irq_safe
@no_raise
def send_nmi(processor: u16) -> None:
    """Nothing here is sent."""


@irq_safe
@no_raise
def message_address(processor: u16) -> u64:
    return 0xFEE0_0000 | u64(processor) << 12 if processor < 255 else u64(0)


CONTROLLER: Controller = Controller("test", end, send, send_nmi, message_address)


def clear() -> None:
    port.count = 0
    scanning.count = 0
    scanning.ignored = 0


def add(place: u32, content: Slice[u8], writable: Slice[u8]) -> None:
    start = port.count * port.SIZE
    port.places[port.count] = place
    port.content[start : start + port.SIZE].copy_from(content)
    port.writable[start : start + port.SIZE].copy_from(writable)
    port.count += 1


def scan() -> u64:
    """Return how many functions are found."""
    scanning.scan(0, 0)
    return scanning.count


def ignored() -> u32:
    return scanning.ignored


def identity(index: usize) -> tuple[u32, u32, u32, u32]:
    """Return the place, vendor and device, the class, and the header of a function."""
    found = scanning.functions[index]
    return (
        found.place,
        u32(found.vendor) << 16 | found.device,
        found.class_code,
        found.header,
    )


def range_of(index: usize, number: usize) -> tuple[u8, u64, u64, bool]:
    found = scanning.functions[index].ranges[number]
    return u8(found.kind), found.start, found.size, found.is_prefetchable


def capability(index: usize, which: usize) -> u8:
    return scanning.functions[index].capabilities[which]


def content(index: usize) -> Slice[u8]:
    """Return what stands in a configuration space now."""
    return port.content[index * port.SIZE : (index + 1) * port.SIZE]


# Messages ---------------------------------------------------------------------------------------


@irq_safe
@no_raise
def count(mine: Ptr[Handler]) -> bool:
    global calls
    calls += 1
    return True


def use_messages(index: usize, target: u16) -> None:
    serial.is_there = False
    controller.use(CONTROLLER)
    messages.use(scanning.functions[index], handler, count, target)


def deliver(vector: u64) -> u32:
    """Let a vector come, and return how often the handler was called."""
    routing.deliver(vector)
    return calls


def stop(index: usize) -> None:
    """Have a function send no messages any more."""
    global calls
    messages.stop(scanning.functions[index], handler)
    calls = 0


# Lines ------------------------------------------------------------------------------------------

at_lines: Array[Handler, 4]


def wire(place: u32, pin: u32, number: u32) -> None:
    """Have a pin lead to a line."""
    pins.add(place, pin, Line(number, False, True))


def cut_all_wires() -> None:
    pins.count = 0


def line_of(index: usize) -> u32:
    return lines.line_of(scanning.functions[index]).number


def use_line(index: usize) -> u64:
    """Have a function interrupt by its line, and return the vector."""
    serial.is_there = False
    lines.use(scanning.functions[index], at_lines[index], count)
    return vector_of(at_lines[index].line)


def vector_of(line: u32) -> u64:
    for index in range(u64(routing.VECTORS)):
        if routing.routes[index].line == line and routing.routes[index].handlers.load() is not None:
            return FIRST_DEVICE + index
    return 0


def stop_line(index: usize) -> None:
    global calls
    lines.stop(scanning.functions[index], at_lines[index])
    calls = 0


def take_line(number: u32) -> None:
    """Let somebody have a line who does not share it."""
    routing.add(handler, number, Signal.EDGE, count)


def give_line_back() -> None:
    routing.remove(handler)


def override(number: u32, line: u32, signal: u8) -> None:
    """Let the table MADT say where an interrupt of the old PC arrives; a signal of 0 is what it does not say."""
    acpi.has_interrupts = True
    acpi.interrupts.isa[number].line = line
    acpi.interrupts.isa[number].signal = madt.Signal(signal)
    routing.set_isa(number, line, Signal.SHARED)


def arrival(index: usize) -> tuple[u32, u8]:
    """Return the line that a function's handler is at, and how that interrupts."""
    vector = vector_of(at_lines[index].line)
    return at_lines[index].line, u8(routing.routes[vector - FIRST_DEVICE].signal)


# Extended capabilities --------------------------------------------------------------------------

walk: Walk


def begin_walk() -> None:
    """Let the space of the place 0 be the page of memory."""
    configuration.windows[0] = Mapped(mmio.START, 0, 0, 255)
    configuration.window_count = 1
    walk.__init__(0)


def go_on() -> tuple[bool, u32, u32, u32]:
    is_there = walk.go_on()
    return is_there, walk.identity, walk.version, walk.place


def end_walk() -> None:
    configuration.window_count = 0


def memory(offset: u64) -> u32:
    return mmio.read32(mmio.START + offset)


def set_memory(offset: u64, value: u32) -> None:
    mmio.write32(mmio.START + offset, value)
