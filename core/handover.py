"""Handover: what the kernel learns from whoever started it, the boot loader or a virtual machine.

All addresses are physical. The memory that a handover lies in, and everything it points at, is of kind
BOOT, and given back once the kernel has taken what it needs.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from lang import irq_safe, no_raise, over, struct, u32, u64


@over(u32)
class MemoryKind(IntEnum):
    """What memory is used for. Where regions overlap, the greater number holds."""

    ABSENT = 0  # nothing is there
    USABLE = 1
    BOOT = 2  # what the start left behind; usable once the kernel runs
    ACPI_RECLAIMABLE = 3  # tables; usable once they were read
    INITIAL_FILES = 4
    KERNEL = 5
    PERSISTENT = 6  # keeps its contents without power; not ours to use
    ACPI_NVS = 7  # the firmware needs it when the machine sleeps
    FIRMWARE_RUNTIME = 8
    RESERVED = 9
    BAD = 10


KIND_COUNT: Final = 11


@struct
class MemoryRegion:
    start: u64
    length: u64  # in bytes
    kind: MemoryKind

    @property
    @irq_safe
    @no_raise
    def end(self) -> u64:
        return self.start + self.length


@struct
class Extent:
    """A piece of memory; of length 0 if there is none."""

    start: u64
    length: u64


@struct
class Screen:
    """A frame buffer of 32 bits a pixel, 0xRRGGBB; of no pixels if there is none."""

    address: u64
    width: u32  # in pixels, as all that follows
    height: u32
    stride: u32  # from one row to the next


@struct
class Handover:
    regions: Extent  # MemoryRegions, in any order, overlapping as the firmware wrote them
    rsdp: u64  # where ACPI's tables begin; 0: no ACPI
    kernel: Extent  # the image
    initial_files: Extent
    command_line: Extent  # UTF-8
    screen: Screen
