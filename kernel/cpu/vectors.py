"""Interrupt vectors: what each of the 256 entries of the IDT is for.

    0 to 31         exceptions
    32 to 239       devices, in the order in which they ask
    240 to 255      the kernel's own

Of interrupts that wait, the local APIC gives the one with the highest vector first.

Source: Intel SDM volume 3A, table 6-1, for the first 32; section 10.8.3 for the order.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from lang import over, u8

COUNT: Final = 256
EXCEPTIONS: Final = 32
FIRST_DEVICE: Final = 32
DEVICES_END: Final = 240


@over(u8)
class Vector(IntEnum):
    DIVIDE_ERROR = 0
    DEBUG = 1
    NMI = 2
    BREAKPOINT = 3
    OVERFLOW = 4
    BOUND_RANGE = 5
    INVALID_OPCODE = 6
    DEVICE_NOT_AVAILABLE = 7
    DOUBLE_FAULT = 8
    INVALID_TSS = 10
    SEGMENT_NOT_PRESENT = 11
    STACK_FAULT = 12
    GENERAL_PROTECTION = 13
    PAGE_FAULT = 14
    FLOATING_POINT = 16
    ALIGNMENT_CHECK = 17
    MACHINE_CHECK = 18
    SIMD_FLOATING_POINT = 19
    VIRTUALISATION = 20
    CONTROL_PROTECTION = 21

    SWITCH = 0xFC  # another thread is to run here (kernel/sched/scheduler.py)
    CALL = 0xFD  # another processor asks for something (kernel/interrupt/ipi.py)
    TIMER = 0xFE  # a deadline has come (kernel/time/timers.py)
    SPURIOUS = 0xFF  # the interrupt went away before it was taken
