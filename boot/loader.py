"""The boot loader: a UEFI application that puts the kernel into memory and jumps into it.

The firmware loads it from /EFI/BOOT/BOOTX64.EFI of the disk's EFI system partition and calls
`efi_main` in 64-bit mode with paging on and memory mapped at its own addresses. In order:

    the kernel's file and the initial files are read, and the kernel is put where there is room
    the screen gets its mode, and the tables are made that the kernel starts with
    the memory map is read for the last time, and the firmware's services end
    the kernel is entered, with the address of a Handover (core/handover.py) in RDI

Whatever goes wrong before the services end is said on the console.

Source: UEFI Specification 2.10, sections 2.3.4 and 4.1.
"""

from __future__ import annotations

from typing import Final

from boot import console, entropy, files, firmware, kernel_file, memory_map, page_tables, screen
from boot.efi import SystemTable
from boot.kernel_file import SLIDE_UNIT, SLIDES, Kernel
from boot.memory_map import FirmwareMap
from core.errors import BadExecutable
from core.handover import Extent, Handover, MemoryKind, MemoryRegion
from lang import Ptr, Slice, asm, export, no_raise, sizeof, u8, u64

NAME: Final = "patchwork\\kernel.elf"
KERNEL: Final = NAME.encode()
INITIAL_FILES = b"patchwork\\files.img"
EXTRA_REGIONS: Final[u64] = 2  # the kernel and the initial files


@export("efi_main")
@no_raise
def efi_main(image: u64, system: Ptr[SystemTable]) -> u64:
    """Start the kernel; return only where that is impossible."""
    firmware.open(image, system)
    console.print_line(b"PatchworkOS: starting")
    file = files.read(KERNEL, b"the kernel")
    kernel = examine(file)
    slide = entropy.random_word() % SLIDES * SLIDE_UNIT
    memory = load(file, kernel, slide)

    handover = Ptr[Handover](firmware.allocate(sizeof(Handover)))
    handover.kernel = Extent(memory, kernel.size)
    handover.initial_files = files.read(INITIAL_FILES, b"the initial file system")
    handover.rsdp = firmware.find_rsdp()
    handover.screen = screen.choose()
    root = page_tables.build(memory, kernel.start + slide, kernel.size)
    leave_firmware(handover)
    enter(root, kernel.entry + slide, handover)
    return 0


@no_raise
def examine(file: Extent) -> Kernel:
    try:
        return kernel_file.examine(bytes_of(file))
    except BadExecutable:
        firmware.stop(f"the kernel is damaged: the file {NAME} is no kernel for this machine")


@no_raise
def load(file: Extent, kernel: Kernel, slide: u64) -> u64:
    """Put the kernel into memory; return where."""
    memory = Extent(firmware.allocate(kernel.size), kernel.size)
    try:
        kernel_file.place(bytes_of(file), kernel, bytes_of(memory), slide)
    except BadExecutable:
        firmware.stop(f"the kernel is damaged: the file {NAME} cannot be loaded")
    return memory.start


@no_raise
def leave_firmware(handover: Ptr[Handover]) -> None:
    """End the firmware's services, and complete the handover with its memory map."""
    map = FirmwareMap()
    memory_map.prepare(map)
    room = memory_map.most_regions(map) + EXTRA_REGIONS
    regions = Ptr[MemoryRegion](firmware.allocate(room * sizeof(MemoryRegion)))
    if not memory_map.leave(map):
        firmware.stop("the firmware does not let go of the machine")

    list = Slice[MemoryRegion](regions, room)
    count = memory_map.regions_of(map, list)
    list[count] = region_of(handover.kernel, MemoryKind.KERNEL)
    list[count + 1] = region_of(handover.initial_files, MemoryKind.INITIAL_FILES)
    handover.regions = Extent(regions.address, (count + EXTRA_REGIONS) * sizeof(MemoryRegion))


@no_raise
def enter(root: u64, entry: u64, handover: Ptr[Handover]) -> None:
    """Go over to the kernel's tables and into the kernel."""
    asm(
        "cli\n movq $0, %cr3\n jmpq *$1",
        inputs=[("r", root), ("r", entry), ("{rdi}", handover.address)],
        outputs=[],
        clobbers=["memory"],
    )


@no_raise
def region_of(extent: Extent, kind: MemoryKind) -> MemoryRegion:
    return MemoryRegion(extent.start, extent.length, kind)


@no_raise
def bytes_of(extent: Extent) -> Slice[u8]:
    return Slice[u8](Ptr[u8](extent.start), extent.length)
