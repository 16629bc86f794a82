"""Target code for the tests of the APICs and the HPET, against models of their registers."""

from __future__ import annotations

from kernel.cpu import instructions, mmio
from kernel.interrupt import routing
from kernel.interrupt.routing import Handler, Signal
from kernel.io import serial
from kernel.module.description import Device
from kernel.time import clock, reference
from lang import Array, Ptr, holds, irq_safe, no_raise, u8, u16, u32, u64
from modules.acpi.tables import madt
from modules.drivers import hpet
from modules.drivers.apic import attach, io_apic, local_apic, timer

handlers: Array[Handler, 8]


@irq_safe
@no_raise
def handle(handler: Ptr[Handler]) -> bool:
    return True


def begin() -> None:
    serial.is_there = False
    clock.set_rate(1_000_000_000)
    mmio.io_registers[1] = 23 << 16
    mmio.io_registers[256 + 1] = 7 << 16


# I/O APIC


def attach_chip(registers: u64, first: u32) -> None:
    io_apic.attach(registers, first)


def add(index: u64, line: u32, signal: u8, target: u16) -> None:
    routing.add(handlers[index], line, Signal(signal), handle, target)


def remove(index: u64) -> None:
    routing.remove(handlers[index])


def io_register(chip: u64, number: u64) -> u32:
    return mmio.io_registers[chip * 256 + number]


def signal_of(firmware: u16, bus: u8) -> u64:
    return u64(attach.signal_of(madt.Signal(firmware), Signal(bus)))


# Local APIC


@holds("preemption")
def begin_local(base: u64, address: u64, id: u32) -> None:
    instructions.apic_base = base
    local_apic.registers = 0 if local_apic.is_x2() else address
    mmio.local_registers[0x20 // 4] = (id & 0xFF) << 24
    instructions.x2_registers[2] = id
    local_apic.begin()


@holds("preemption")
def begin_another(base: u64) -> None:
    """Begin on another processor, where the first has registers of the model."""
    instructions.apic_base = base
    local_apic.registers = 0
    local_apic.begin()


def base() -> u64:
    return instructions.apic_base


def set_id(processor: u64, id: u32) -> None:
    local_apic.ids[processor] = id


def id_of(processor: u64) -> u32:
    return local_apic.ids[processor]


def send(to: u16, vector: u8, looks: u32) -> u32:
    """Send, with a chip that takes some looks to do so; return how many are left over."""
    mmio.pending_looks = looks
    local_apic.send(to, vector)
    return mmio.pending_looks


def set_nmi(line: u8, is_low: bool, is_level: bool) -> None:
    local_apic.set_nmi_line(line, is_low, is_level)


def local_register(offset: u64) -> u32:
    return mmio.local_registers[offset // 4]


def x2_register(number: u64) -> u64:
    return instructions.x2_registers[number]


# Timers


def begin_timer(hz: u64) -> u64:
    mmio.timer_hz = hz
    timer.begin()
    return timer.DEVICE.most_ns


def stop_clock() -> None:
    clock.scale = 0


def measure_timer() -> None:
    """Let the clock go, at last."""
    clock.set_rate(1_000_000_000)
    timer.take_rate()


def set_timer(wait: u64) -> None:
    timer.set(wait)


def attach_hpet(period: u64) -> u64:
    mmio.hpet_registers[0] = period << 32 | 1 << 13
    mmio.hpet_registers[2] = 0
    hpet.attach(Device(b"PNP0103", b"hpet", mmio.HPET))
    return finest()


def detach_hpet() -> u64:
    hpet.detach(Device(b"PNP0103", b"hpet", mmio.HPET))
    return finest()


def finest() -> u64:
    known = reference.finest()
    return 0 if known is None else known.period_fs


def hpet_configuration() -> u64:
    return mmio.hpet_registers[2]


def read_hpet(count: u64) -> u64:
    mmio.hpet_registers[0xF0 // 8] = count
    return hpet.read()
