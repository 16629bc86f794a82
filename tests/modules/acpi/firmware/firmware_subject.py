"""Target code for the tests of what AML reaches of the machine."""

from __future__ import annotations

from core.text.buffer import TextBuffer
from kernel.cpu import port
from lang import Array, Slice, u8, u32, u64
from modules.acpi.aml import conversions, places, printing, storage
from modules.acpi.aml.interpreter import Interpreter
from modules.acpi.aml.machine import Limits
from modules.acpi.aml.memory_platform import MemoryPlatform
from modules.acpi.aml.node import Node
from modules.acpi.aml.values import Region, Slots
from modules.acpi.firmware import (
    arguments,
    embedded_controller,
    loaded,
    pci_place,
    pins,
    setup,
    sleep_types,
)
from modules.acpi.firmware.sleep_types import SleepTypes

OPERATIONS = 20_000
DEPTH = 300
TICKS = 300_000_000

interpreter: Interpreter | None = None
answer: Array[u8, 4096]


def begin(table: Slice[u8]) -> None:
    """Have a new interpreter with a table."""
    global interpreter
    interpreter = None
    made = Interpreter(MemoryPlatform(), Limits(OPERATIONS, DEPTH, TICKS))
    made.load_new(table, True)
    interpreter = made
    loaded.interpreter = made
    port.is_dead = False
    port.event_count = 0


def end() -> u64:
    """Have none; return how much memory objects still hold."""
    global interpreter
    interpreter = None
    loaded.interpreter = None
    setup.controller_device = None
    return storage.used


def the_interpreter() -> Interpreter:
    known = interpreter
    assert known is not None, "begin first"
    return known


def named(name: Slice[u8]) -> Node:
    return places.named(the_interpreter().root, conversions.string_of(name))


# PCI --------------------------------------------------------------------------------------------


def set_register(bus: u32, device: u32, offset: u32, value: u8) -> None:
    port.set_register(bus, device, offset, value)


def place_of(region: Slice[u8]) -> u32:
    """Return where the device of a region is."""
    value = named(region).value
    assert isinstance(value, Region), "it is a region"
    device = value.device
    assert device is not None, "it is below something"
    return pci_place.place_of(the_interpreter(), device)


def read_pci(place: u32, offset: u64, size: u64) -> u64:
    return pci_place.read(place, offset, size)


def write_pci(place: u32, offset: u64, size: u64, value: u64) -> None:
    pci_place.write(place, offset, size, value)


def line_of(place: u32, pin: u32) -> tuple[u32, bool, bool]:
    """Return the interrupt that a pin leads to, and how it is signalled."""
    found = pins.line_of(place, pin)
    return found.number, found.is_edge, found.is_low


# The embedded controller ------------------------------------------------------------------------


def find_controller() -> tuple[u32, u32, u32]:
    """Return the ports and the event of the controller."""
    embedded_controller.set_place(0, 0, 0)
    setup.controller_device = None
    setup.find_controller(the_interpreter())
    found = embedded_controller.controller
    return found.data, found.command, found.event


def read_table(table: Slice[u8]) -> tuple[u32, u32, u32]:
    embedded_controller.set_place(0, 0, 0)
    embedded_controller.read_table(table)
    found = embedded_controller.controller
    return found.data, found.command, found.event


def read_ec(offset: u64, size: u64) -> u64:
    return embedded_controller.read(offset, size)


def write_ec(offset: u64, size: u64, value: u64) -> None:
    embedded_controller.write(offset, size, value)


def raise_event(number: u8) -> None:
    port.events[port.event_count] = number
    port.event_count += 1


def next_event() -> u8:
    """Return what the controller has to say; 0: nothing."""
    return embedded_controller.query() if embedded_controller.has_event() else u8(0)


def let_it_die() -> None:
    port.is_dead = True


# Sleep states -----------------------------------------------------------------------------------


def sleep_state(name: Slice[u8]) -> tuple[u8, u8]:
    found = SleepTypes(0, 0, False)
    sleep_types.read(the_interpreter(), named(name), found)
    assert found.is_known, "else it raises"
    return found.a, found.b


def call(name: Slice[u8], words: Slice[u8]) -> Slice[u8]:
    """Call a method with words as arguments, and return its value as text."""
    out = TextBuffer(answer[:])
    slots = Slots()
    arguments.read(words, slots)
    printing.write_value(out, the_interpreter().evaluate(named(name), slots))
    return answer[: out.used]
