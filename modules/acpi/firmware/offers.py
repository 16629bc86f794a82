"""Devices that only the firmware's programs know of, offered to the modules that drive them.

A device that is there and works is offered by what it is (_HID), then by each thing that it is compatible with (_CID), until
a module takes it. Its name is its path, and its address where its registers are: memory, or else ports.

    devices="PNP0501"           in the module's description
    used_by(device.name)        in its `attach`: registers and interrupt

Of what static tables tell of, those were told already (acpi.py).

Source: ACPI 6.5, sections 6.1.2 (_CID), 6.1.5 (_HID), 6.2.2 (_CRS), 6.3.7 (_STA).
"""

from __future__ import annotations

from typing import Annotated, Final

from core.text.buffer import TextBuffer
from kernel.log import log
from kernel.mem import heap_memory
from kernel.mem.heap_memory import HeapMemory
from kernel.mem.layout import PhysAddr
from kernel.module import info, loader
from kernel.module.description import Description, NotUsable
from lang import Array, Slice, copy, no_raise, section, sleeps, u8, u64
from modules.acpi import kept
from modules.acpi.aml import conversions, device_list, devices, namespace, places, printing
from modules.acpi.aml.errors import AmlError
from modules.acpi.aml.interpreter import Interpreter
from modules.acpi.aml.node import Node
from modules.acpi.aml.status import Status
from modules.acpi.aml.values import Kind
from modules.acpi.firmware import loaded
from modules.acpi.firmware.loaded import Work
from modules.acpi.resources import link, used
from modules.acpi.resources.link import Line
from modules.acpi.resources.used import Used

TOLD: Final = b"PNP0003;PNP0103;PNP0B00"  # interrupt chips, HPET, clock
LONGEST: Final = 1024  # of a path, or of all identifiers of a device
IN_USE: Final[u64] = Status.PRESENT | Status.ENABLED
SPACE: Final[u8] = ord(" ")


class Offer:
    """A device, and what it is, as ` PNP0501 PNP0500`."""

    path: HeapMemory
    kinds: HeapMemory
    address: PhysAddr
    next: Offer | None

    def __init__(self, path: Slice[u8], kinds: Slice[u8]) -> None:
        """Raises:
        MemoryError: there is too little memory.
        """
        self.path = heap_memory.copy_of(path)
        self.kinds = heap_memory.copy_of(kinds)
        self.address = 0


class Survey(Work):
    """All devices that can be offered, in the order of the namespace."""

    first: Offer | None
    last: Offer | None

    @sleeps
    def run(self, interpreter: Interpreter) -> None:
        root = interpreter.root
        node = namespace.after(root, root)
        while node is not None:
            value = node.value
            if value is not None and value.kind == Kind.DEVICE and node.alias_of is None:
                self.look_at(interpreter, node)
            node = namespace.after(node, root)

    @sleeps
    def look_at(self, interpreter: Interpreter, node: Node) -> None:
        """Note a device that is in use and says what it is."""
        storage = Array[u8, LONGEST]()
        kinds = TextBuffer(storage[:])
        identity = device_list.value_of(interpreter, node, b"_HID"[:])
        device_list.write_identifiers(kinds, interpreter, identity)
        compatible = device_list.value_of(interpreter, node, b"_CID"[:])
        device_list.write_identifiers(kinds, interpreter, compatible)
        if kinds.used == 0 or devices.status_of(interpreter, node) & IN_USE != IN_USE:
            return
        path_storage = Array[u8, LONGEST]()
        path = TextBuffer(path_storage[:])
        printing.write_path(path, node)
        offer = Offer(path.text(), kinds.text())
        offer.address = place_of(interpreter, node)
        self.add(offer)

    @no_raise
    def add(self, offer: Offer) -> None:
        last = self.last
        if last is None:
            self.first = offer
        else:
            last.next = offer
        self.last = offer


class Question(Work):
    """What the device of a path uses."""

    path: HeapMemory
    answer: Used

    def __init__(self, path: Slice[u8]) -> None:
        """Raises:
        MemoryError: there is too little memory.
        """
        super().__init__()
        self.path = heap_memory.copy_of(path)
        self.answer = Used(0, 0, 0, 0, Line(0, False, False))

    @sleeps
    def run(self, interpreter: Interpreter) -> None:
        node = places.named(interpreter.root, conversions.string_of(self.path.bytes))
        resources = link.resources(interpreter, node, b"_CRS"[:])
        if resources is not None:
            self.answer = copy(used.used(resources.bytes()))


@sleeps
def used_by(name: Slice[u8]) -> Used:
    """Return what a device uses, by the name under which it was offered.

    Raises:
        NotUsable: the firmware cannot say.
        MemoryError: there is too little memory.
    """
    question = Question(name)
    loaded.carry_out(question)
    if question.reason is not None:
        log.error(f"acpi: {name} does not say what it uses")
        raise NotUsable
    return copy(question.answer)


def place_of(interpreter: Interpreter, node: Node) -> PhysAddr:
    """Return where the registers of a device are; 0 if it has none, or does not say."""
    try:
        resources = link.resources(interpreter, node, b"_CRS"[:])
        if resources is None:
            return 0
        found = used.used(resources.bytes())
        return found.memory if found.memory_size > 0 else found.port
    except AmlError:
        interpreter.platform.failed(interpreter)
        return 0


@sleeps
def offer_all(address: PhysAddr) -> None:
    """Offer all devices. The list is made first: who takes one may ask the firmware about it."""
    if kept.count == 0:
        return
    survey = Survey()
    loaded.carry_out(survey)
    if survey.reason is not None:
        log.warning("acpi: not all devices are known")
    each = survey.first
    while each is not None:
        offer(each)
        each = each.next


@sleeps
def offer(device: Offer) -> None:
    """Offer a device by each thing that it is, until a module takes it."""
    kinds = device.kinds.bytes
    start: u64 = 1  # behind the first space
    while start < len(kinds):
        end = start
        while end < len(kinds) and kinds[end] != SPACE:
            end += 1
        kind = kinds[start:end]
        if info.has_kind(TOLD[:], kind) or loader.attach(kind, device.path.bytes, device.address):
            return
        start = end + 1


OFFERS: Annotated[Description, section(".modules")] = Description("acpi", "BOOT_ALWAYS", offer_all)
