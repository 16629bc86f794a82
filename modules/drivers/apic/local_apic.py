"""Local APIC: the part of each processor that takes interrupts, and sends them to others.

Its registers lie in memory, at the same address for every processor (xAPIC), or are model-specific
registers (x2APIC), register r being MSR 0x800 + r / 16; the firmware chooses, by what it leaves the first
processor with, and must choose the latter where a processor's number needs more than 8 bits. Either way the numbers below are the offsets in memory.

Source: Intel SDM volume 3A, chapter 10.
"""

from __future__ import annotations

from enum import IntEnum, IntFlag
from typing import Final

from kernel.cpu import instructions, mmio, processor
from kernel.cpu.vectors import Vector
from kernel.mem.layout import VirtAddr
from lang import (
    Array,
    holds,
    irq_safe,
    no_raise,
    over,
    spin_hint,
    truncate,
    u8,
    u16,
    u32,
    u64,
)

MSR_APIC_BASE: Final[u32] = 0x1B
MSR_FIRST: Final[u32] = 0x800
SIZE: Final[u64] = 0x1000
MOST_LOOKS: Final = 1_000_000  # until an interrupt must have been sent


@over(u64)
class Base(IntFlag):
    """Bits of MSR_APIC_BASE."""

    X2APIC = 1 << 10
    ENABLED = 1 << 11


@over(u32)
class Register(IntEnum):
    ID = 0x20
    TASK_PRIORITY = 0x80
    END = 0xB0
    SPURIOUS = 0xF0
    COMMAND = 0x300
    DESTINATION = 0x310  # of the command; not with x2APIC, where it is the command's upper half
    TIMER = 0x320
    THERMAL = 0x330
    PERFORMANCE = 0x340
    LINE_0 = 0x350
    LINE_1 = 0x360
    ERROR = 0x370
    TIMER_INITIAL = 0x380
    TIMER_CURRENT = 0x390
    TIMER_DIVISOR = 0x3E0


@over(u32)
class Local(IntFlag):
    """How a local interrupt is delivered; the low byte is the vector."""

    NMI = 4 << 8
    ACTIVE_LOW = 1 << 13
    LEVEL = 1 << 15
    MASKED = 1 << 16


SOFTWARE_ENABLED: Final[u32] = 1 << 8  # in SPURIOUS
IS_PENDING: Final[u32] = 1 << 12  # in COMMAND
# Commands to one processor, asserted, edge. SDM volume 3A, figure 10-12.
COMMAND_FIXED: Final[u32] = 1 << 14
COMMAND_NMI: Final[u32] = 4 << 8 | 1 << 14
RESET: Final[u32] = 5 << 8 | 1 << 14
START: Final[u32] = 6 << 8 | 1 << 14

MESSAGES: Final[u64] = 0xFEE0_0000
MOST_MESSAGE_ID: Final[u32] = 0xFE

registers: VirtAddr = 0  # 0: they are model-specific registers
ids: Array[u32, processor.LIMIT]  # by processor: by which number interrupts reach it


@irq_safe
@no_raise
def is_x2() -> bool:
    """Whether this processor's registers are model-specific registers."""
    base = instructions.read_msr(MSR_APIC_BASE)
    return base & Base.X2APIC != 0 and base & Base.ENABLED != 0


@no_raise
@holds("preemption")
def begin() -> None:
    """Let this processor take interrupts, none yet from its own sources.

    Its registers are where the first processor's are; x2APIC is turned on in two steps, as it must be.
    """
    base = instructions.read_msr(MSR_APIC_BASE) | Base.ENABLED
    instructions.write_msr(MSR_APIC_BASE, base)
    if registers == 0:
        instructions.write_msr(MSR_APIC_BASE, base | Base.X2APIC)
    for source in Array[Register, 6](
        Register.TIMER,
        Register.THERMAL,
        Register.PERFORMANCE,
        Register.LINE_0,
        Register.LINE_1,
        Register.ERROR,
    ):
        write(source, Local.MASKED)
    write(Register.TASK_PRIORITY, 0)
    write(Register.SPURIOUS, SOFTWARE_ENABLED | u32(Vector.SPURIOUS))
    ids[processor.number()] = own_id()


@no_raise
def set_nmi_line(line: u8, is_active_low: bool, is_level: bool) -> None:
    """Let one of the two lines of this processor be the non-maskable interrupt."""
    value = Local.NMI
    if is_active_low:
        value |= Local.ACTIVE_LOW
    if is_level:
        value |= Local.LEVEL
    write(Register.LINE_1 if line == 1 else Register.LINE_0, value)


@irq_safe
@no_raise
def own_id() -> u32:
    """Return by which number interrupts reach this processor."""
    id = read(Register.ID)
    return id if registers == 0 else id >> 24


@irq_safe
@no_raise
def end() -> None:
    """Say that the interrupt being dealt with is done."""
    write(Register.END, 0)


@irq_safe
@no_raise
def send(to: u16, vector: u8) -> None:
    """Interrupt a processor. Interrupts are off, since the two halves of a command belong together."""
    _command(ids[to], COMMAND_FIXED | vector)


@irq_safe
@no_raise
def send_nmi(to: u16) -> None:
    """Interrupt a processor even if interrupts are off there. They are off here."""
    _command(ids[to], COMMAND_NMI)


@irq_safe
@no_raise
def message_address(to: u16) -> u64:
    """Return where a device writes a vector to interrupt a processor; 0 if messages cannot name it.

    Source: Intel SDM volume 3A, section 10.11.1.
    """
    return MESSAGES | u64(ids[to]) << 12 if ids[to] <= MOST_MESSAGE_ID else u64(0)


@irq_safe
@no_raise
def send_reset(id: u32) -> None:
    """Have a processor wait for `send_start`. Interrupts are off."""
    _command(id, RESET)


@irq_safe
@no_raise
def send_start(id: u32, page: u8) -> None:
    """Have a processor that was reset begin, in real mode, at a page below 1 MiB. Interrupts are off."""
    _command(id, START | page)


@irq_safe
@no_raise
def _command(id: u32, command: u32) -> None:
    """Give a command, and wait until it was sent."""
    if registers == 0:
        instructions.write_msr(msr_of(Register.COMMAND), u64(id) << 32 | command)
        return
    write(Register.DESTINATION, id << 24)
    write(Register.COMMAND, command)
    for _ in range(MOST_LOOKS):
        if read(Register.COMMAND) & IS_PENDING == 0:
            return
        spin_hint()


@irq_safe
@no_raise
def read(register: Register) -> u32:
    if registers == 0:
        return truncate(u32, instructions.read_msr(msr_of(register)))
    return mmio.read32(registers + u64(register))


@irq_safe
@no_raise
def write(register: Register, value: u32) -> None:
    if registers == 0:
        instructions.write_msr(msr_of(register), value)
    else:
        mmio.write32(registers + u64(register), value)


@irq_safe
@no_raise
def msr_of(register: Register) -> u32:
    return MSR_FIRST + u32(register) // 16
