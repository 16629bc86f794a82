"""The order in which the kernel starts; each line is a chapter elsewhere."""

from __future__ import annotations

from core.graphics import quilt
from core.handover import Handover, MemoryKind, MemoryRegion
from core.text.buffer import TextBuffer
from kernel.cpu import control, cpuid, descriptors, entry, interrupt_stacks, processor  # noqa: F401
from kernel.cpu.cpuid import Identity
from kernel.cpu.descriptors import STACK_COUNT
from kernel.init import first, start_info
from kernel.init.start_info import BadStartInfo
from kernel.interrupt import dispatch  # noqa: F401 - the entry code calls it by its symbol
from kernel.io import bochs_display, serial
from kernel.mem import layout, memory_map
from kernel.mem.memory_map import TooManyRegions
from kernel.panic import panic
from lang import Array, Format, Ptr, Slice, holds, no_raise, sizeof, u8, u64

boot_identity: Identity
handover: Handover

TITLE = b"PatchworkOS"
GREETING = b"typed Python, from the first instruction"


@holds("preemption")
def from_pvh(info: u64) -> None:
    """Start after a direct boot, which brings no frame buffer of its own.

    info: the physical address of the start info.
    """
    serial.initialise()
    serial.write(b"PatchworkOS: hello from typed Python\n")
    start_boot_processor()
    try:
        start_info.read(info, handover)
        take_memory()
    except BadStartInfo:
        panic.stop(f"the start info at {info:#x} makes no sense; QEMU's -kernel gives a good one")
    except TooManyRegions:
        panic.stop("the memory is in too many pieces")
    address = bochs_display.find()
    if address is None:
        serial.write(b"no screen\n")
    else:
        screen = bochs_display.set_mode(address, 1280, 800)
        quilt.paint(screen, TITLE, GREETING)
        serial.write(b"screen painted\n")
    first.run()


def take_memory() -> None:
    """Make the memory map of what was handed over, and say how much there is."""
    start = Ptr[MemoryRegion](layout.to_virtual(handover.regions.start))
    for region in Slice[MemoryRegion](start, handover.regions.length // sizeof(MemoryRegion)):
        memory_map.of_machine.add(region)
    memory_map.of_machine.settle()
    say(f"{memory_map.of_machine.total(MemoryKind.USABLE) >> 20} MiB of memory are free")


def say(line: Format) -> None:
    """Write a line to the serial port."""
    storage = Array[u8, 128]()
    out = TextBuffer(storage[:], flush_hook=serial.write)
    line.write_to(out)
    out.write(b"\n")
    out.flush()


@no_raise
@holds("preemption")
def start_boot_processor() -> None:
    """From here on, an exception ends in a report instead of a reset."""
    processor.begin_boot_processor()
    tops = Array[u64, STACK_COUNT]()
    interrupt_stacks.prepare(interrupt_stacks.of_boot_processor(), 0, tops)
    descriptors.fill_gates()
    descriptors.load(tops)
    cpuid.read(boot_identity)
    control.set_up(boot_identity)
