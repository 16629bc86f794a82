"""Target code for the tests of finding devices on PCI."""

from __future__ import annotations

from kernel.cpu import mmio, port
from kernel.interrupt import controller, routing
from kernel.interrupt.controller import Controller
from kernel.interrupt.routing import Handler
from kernel.io import serial
from lang import Ptr, Slice, irq_safe, no_raise, u8, u16, u32, u64, usize
from modules.drivers.pci import configuration, messages
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
