"""Puts the interrupt chips to use, as ACPI's MADT tells of them."""

from __future__ import annotations

from typing import Annotated

from kernel.interrupt import controller, ipi, routing
from kernel.interrupt.controller import Controller
from kernel.interrupt.routing import Signal
from kernel.log import log
from kernel.mem import kernel_space
from kernel.mem.address_space import MemoryType
from kernel.mem.layout import PhysAddr
from kernel.module.description import Description
from lang import holds, no_raise, section, u32, usize
from modules.acpi import acpi
from modules.acpi.tables import madt
from modules.drivers.apic import io_apic, local_apic, old_pics, timer


@holds("preemption")
def attach(address: PhysAddr) -> None:
    """Use all chips; from here on interrupts may be on.

    address: of the local APICs, unless their registers are no memory.

    Raises:
        NotUsable: the timer does not count.
    """
    old_pics.silence()
    if not local_apic.is_x2():
        size = local_apic.SIZE
        local_apic.registers = kernel_space.map_device(address, size, MemoryType.UNCACHED)
    local_apic.begin()
    set_nmi_lines()
    controller.use(CONTROLLER)
    ipi.come_online()

    for number in range(u32(madt.ISA_INTERRUPTS)):
        isa = acpi.interrupts.isa[number]
        routing.set_isa(number, isa.line, signal_of(isa.signal, Signal.EDGE))
    for index in range(acpi.interrupts.chip_count):
        attach_chip(index)
    timer.begin()


def attach_chip(index: usize) -> None:
    """Use one of the I/O APICs; the rest of the system goes on without it."""
    chip = acpi.interrupts.chips[index]
    try:
        registers = kernel_space.map_device(chip.address, io_apic.SIZE, MemoryType.UNCACHED)
        io_apic.attach(registers, chip.first)
    except BaseException:  # noqa: BLE001 - the devices at its lines will not interrupt, others will
        log.error(f"apic: the chip at {chip.address:#x} is out of use")


def set_nmi_lines() -> None:
    """Let this processor's NMI lines be what the firmware says."""
    me = acpi_id_of(local_apic.own_id())
    for index in range(acpi.interrupts.nmi_count):
        nmi = acpi.interrupts.nmis[index]
        if nmi.processor == me or nmi.processor == madt.ALL_PROCESSORS:
            signal = signal_of(nmi.signal, Signal.EDGE)
            is_low = signal & Signal.ACTIVE_LOW != 0
            local_apic.set_nmi_line(nmi.line, is_low, signal & Signal.EDGE == 0)


@no_raise
def acpi_id_of(apic_id: u32) -> u32:
    """Return by which number ACPI names a processor."""
    for index in range(acpi.interrupts.processor_count):
        if acpi.interrupts.apic_ids[index] == apic_id:
            return acpi.interrupts.acpi_ids[index]
    return madt.ALL_PROCESSORS


@no_raise
def signal_of(firmware: madt.Signal, bus: Signal) -> Signal:
    """Return a signal as the firmware writes it, or as the bus has it where the firmware says so."""
    result = bus
    if firmware & madt.POLARITY == madt.Signal.ACTIVE_LOW:
        result |= Signal.ACTIVE_LOW
    if firmware & madt.TRIGGER == madt.Signal.LEVEL:
        result &= ~Signal.EDGE
    return result


CONTROLLER: Controller = Controller(
    "local APIC",
    local_apic.end,
    local_apic.send,
    local_apic.send_nmi,
    local_apic.message_address,
)
DESCRIPTION: Annotated[Description, section(".modules")] = Description("apic", "PNP0003", attach)
