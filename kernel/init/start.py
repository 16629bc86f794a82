"""The order in which the kernel starts; each line is a chapter elsewhere."""

from __future__ import annotations

from typing import Final

from core.errors import BadAddress
from core.graphics import quilt
from core.handover import Handover, MemoryRegion
from kernel.cpu import (
    control,
    cpuid,
    descriptors,
    entry,  # noqa: F401 - the stubs of the interrupt vectors
    interrupt_stacks,
    interrupts,
    processor,
    simd,
)
from kernel.cpu.cpuid import Identity
from kernel.cpu.descriptors import STACK_COUNT
from kernel.init import first, start_info
from kernel.init.start_info import BadStartInfo
from kernel.interrupt import (
    controller,
    dispatch,  # noqa: F401 - the entry code calls it by its symbol
    routing,
)
from kernel.io import bochs_display, serial
from kernel.log import log, screen
from kernel.mem import frames, kernel_map, kernel_space, memory_map
from kernel.mem.address_space import MemoryType
from kernel.mem.layout import PAGE_SIZE, PhysAddr, VirtAddr, to_virtual
from kernel.mem.memory_map import TooManyRegions
from kernel.module import linked
from kernel.panic import panic
from kernel.time import calibration, clock
from lang import Array, Ptr, Slice, address_of, holds, no_raise, sizeof, u16, u32, u64, usize

boot_identity: Identity
handover: Handover

WIDTH: Final[u16] = 1280
HEIGHT: Final[u16] = 800
TITLE = b"PatchworkOS"
GREETING = b"typed Python, from the first instruction"
LOG_MARGIN: Final = 80  # pixels between the log and the edges of the screen: a patch of the quilt
LOG_GAP: Final = 20  # and below the label


@holds("preemption")
def from_pvh(info: PhysAddr, stack_guard: VirtAddr) -> None:
    """Start after a direct boot, which brings no frame buffer of its own.

    info: the start info. stack_guard: the page below the stack in use.
    """
    clock.begin()
    serial.initialise()
    start_boot_processor()
    log.info("PatchworkOS: hello from typed Python")
    try:
        start_info.read(info, handover)
        linked.attach("RSDP", handover.rsdp)
        take_memory(stack_guard)
        linked.attach("ACPI clocks", 0)
        start_clock()
        show_screen()
        linked.attach("ACPI devices", 0)
        if controller.controller is not None:
            interrupts.enable()
        else:
            log.error("no interrupt controller was found, so no device and no deadline is noticed")
    except BadStartInfo:
        panic.stop(f"the start info at {info:#x} makes no sense; QEMU's -kernel gives a good one")
    except TooManyRegions:
        panic.stop("the memory is in too many pieces")
    except MemoryError:
        panic.stop("there is too little memory to start")
    first.run()


def start_clock() -> None:
    """Set the clock going, by what the processor says of its counter or else by a device."""
    by = calibration.reference
    if boot_identity.tsc_hz != 0:
        clock.set_rate(boot_identity.tsc_hz)
        log.info(f"the clock counts at {boot_identity.tsc_hz // 1000} kHz, as the processor says")
        return
    hz = calibration.measure(by[0]) if by is not None else u64(0)
    if by is None or hz == 0:
        log.error("nothing here says how fast the clock counts, so no time passes")
        return
    clock.set_rate(hz)
    log.info(f"the clock counts at {hz // 1000} kHz, by the {by.name}")


def show_screen() -> None:
    """Paint the screen, if there is one, and let the log go on below the picture's label."""
    address = bochs_display.find()
    if address is None:
        log.info("no screen")
        return
    try:
        size = usize(WIDTH) * HEIGHT * sizeof(u32)
        pixels = kernel_space.map_device(address, size, MemoryType.WRITE_COMBINING)
    except (BadAddress, ValueError):
        log.warning(f"the screen's memory, at {address:#x}, is out of reach")
        return
    surface = bochs_display.set_mode(pixels, WIDTH, HEIGHT)
    quilt.paint(surface, TITLE, GREETING)
    top = quilt.label_bottom(surface) + LOG_GAP
    if top + LOG_MARGIN < surface.height and 2 * LOG_MARGIN < surface.width:
        width, height = surface.width - 2 * LOG_MARGIN, surface.height - LOG_MARGIN - top
        screen.show_on(surface, LOG_MARGIN, top, width, height)
        log.repeat_on_screen()
    log.info(f"the screen has {surface.width} by {surface.height} pixels")


def take_memory(stack_guard: VirtAddr) -> None:
    """Make the memory map of what was handed over, then the page tables, then the frame allocator."""
    start = Ptr[MemoryRegion](to_virtual(handover.regions.start))
    for region in Slice[MemoryRegion](start, handover.regions.length // sizeof(MemoryRegion)):
        memory_map.of_machine.add(region)
    memory_map.of_machine.settle()
    kernel_map.begin(boot_identity)
    kernel_map.add_frames()
    kernel_map.forbid(stack_guard)
    for index in range(usize(STACK_COUNT)):
        kernel_map.forbid(address_of(interrupt_stacks.of_boot_processor()[index]).address)
    kernel_space.begin()
    log.info(f"{frames.statistics().free * PAGE_SIZE >> 20} MiB of memory are free")


@no_raise
@holds("preemption")
def start_boot_processor() -> None:
    """From here on, an exception ends in a report instead of a reset."""
    processor.begin_boot_processor()
    log.join()
    routing.begin()
    tops = Array[u64, STACK_COUNT]()
    interrupt_stacks.prepare(interrupt_stacks.of_boot_processor(), 0, tops)
    descriptors.fill_gates()
    descriptors.load(tops)
    cpuid.read(boot_identity)
    control.set_up(boot_identity)
    simd.begin(boot_identity)
