"""What the machine consists of and what it boots."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from tools.failure import Failure

MEMORY = re.compile(r"[1-9][0-9]*[MGT]")
MOST_PROCESSORS = 255  # with xAPIC identifiers of 8 bits, all of them but broadcast


class Bus(StrEnum):
    """What a disk is connected by."""

    VIRTIO = "virtio"
    AHCI = "ahci"
    NVME = "nvme"
    USB = "usb"


@dataclass(frozen=True)
class DirectBoot:
    """QEMU loads the kernel itself and enters it by the PVH protocol: a tenth of a second."""

    kernel: Path
    initrd: Path | None = None


@dataclass(frozen=True)
class FirmwareBoot:
    """UEFI firmware starts \\EFI\\BOOT\\BOOTX64.EFI from a disk: four seconds.

    The machine cannot write to the disk, so several may boot from one.
    """

    disk: Path  # an image, or a directory that appears as a FAT file system
    bus: Bus = Bus.VIRTIO


@dataclass(frozen=True, kw_only=True)
class MachineConfig:
    """One machine. The defaults are what most tests want."""

    boot: DirectBoot | FirmwareBoot
    processors: int = 1
    memory: str = "256M"
    # Virtual time: an instruction takes 2**icount_shift ns, and idle time is skipped.
    icount_shift: int | None = None
    has_window: bool = False
    board: str = "q35"  # or pc, QEMU's older one
    qemu_arguments: tuple[str, ...] = ()
    timeout_s: float = 60.0  # how long to wait for output or the end, unless told otherwise

    def __post_init__(self) -> None:
        if not 1 <= self.processors <= MOST_PROCESSORS:
            raise Failure(f"a machine has 1 to {MOST_PROCESSORS} processors, not {self.processors}")
        if not MEMORY.fullmatch(self.memory):
            raise Failure(f"{self.memory} is not an amount of memory; write it as 256M or 4G")
