"""The order in which the kernel starts; each line is a chapter elsewhere."""

from __future__ import annotations

from core.errors import BadMessage
from core.handover import Handover, MemoryKind, MemoryRegion
from kernel.cpu import (
    boot_stack,
    control,
    cpuid,
    descriptors,
    entry,  # noqa: F401 - the stubs of the interrupt vectors
    interrupt_stacks,
    interrupts,
    machine,
    processor,
    randomness,
    simd,
    user_mode,
)
from kernel.cpu.cpuid import Identity
from kernel.cpu.descriptors import STACK_COUNT
from kernel.cpu.interrupts import interrupts_disabled
from kernel.init import boot_screen, first, initial_files, lock_reports, start_info
from kernel.init.start_info import BadStartInfo
from kernel.interrupt import controller, routing
from kernel.io import serial
from kernel.log import log
from kernel.mem import frames, heap, image, kernel_map, kernel_space, memory_map
from kernel.mem.layout import PAGE_SIZE, PhysAddr, to_virtual
from kernel.mem.memory_map import TooManyRegions
from kernel.module import linked
from kernel.panic import panic
from kernel.sched import kernel_thread
from kernel.sync import rcu
from kernel.time import clock, reference
from lang import (
    Array,
    Ptr,
    Slice,
    address_of,
    copy,
    holds,
    is_checked,
    no_raise,
    sizeof,
    u64,
    usize,
)

boot_identity: Identity
handover: Handover


@no_raise
@holds("preemption")
def from_pvh(info: PhysAddr) -> None:
    """Start after a direct boot.

    info: the start info.
    """
    begin()
    try:
        start_info.read(info, handover)
    except BadStartInfo:
        panic.stop(f"the start info at {info:#x} makes no sense; QEMU's -kernel gives a good one")
    start()


@no_raise
@holds("preemption")
def from_loader(found: Ptr[Handover]) -> None:
    """Start after a boot by our own loader."""
    global handover
    image.set_place(found.kernel.start)
    begin()
    handover = copy(found[0])
    start()


@no_raise
@holds("preemption")
def begin() -> None:
    """Become able to say something."""
    clock.begin()
    serial.initialise()
    start_boot_processor()
    log.info("PatchworkOS: hello from typed Python")


@no_raise
@holds("preemption")
def start_boot_processor() -> None:
    """From here on, an exception ends in a report instead of a reset."""
    processor.begin_boot_processor()
    log.join()
    if is_checked():
        lock_reports.begin()
    routing.begin()
    tops = Array[u64, STACK_COUNT]()
    interrupt_stacks.prepare(interrupt_stacks.of_boot_processor(), 0, tops)
    descriptors.fill_gates()
    descriptors.load(tops)
    cpuid.read(boot_identity)
    control.set_up(boot_identity)
    simd.begin(boot_identity)
    user_mode.begin_processor()
    randomness.begin(boot_identity)


@no_raise
@holds("preemption")
def start() -> None:
    """Start everything else, with what was handed over."""
    try:
        linked.attach("RSDP", handover.rsdp)
        take_memory()
        linked.attach("ACPI clocks", 0)
        reference.begin(boot_identity.tsc_hz)
        boot_screen.show(handover.screen)
        linked.attach("ACPI tables", 0)
        linked.attach("ACPI power", 0)
        linked.attach("ACPI devices", 0)
        kernel_map.reclaim(MemoryKind.ACPI_RECLAIMABLE)
        start_interrupts()
        initial_files.begin(handover.initial_files)
        start_threads()
        machine.halt()
    except TooManyRegions:
        panic.stop("the memory is in too many pieces")
    except MemoryError:
        panic.stop("there is too little memory to start")
    except BadMessage:
        panic.stop("the initial files are damaged")


def take_memory() -> None:
    """Make the memory map of what was handed over, then the page tables, then the frame allocator."""
    regions = Ptr[MemoryRegion](to_virtual(handover.regions.start))
    for region in Slice[MemoryRegion](regions, handover.regions.length // sizeof(MemoryRegion)):
        memory_map.of_machine.add(region)
    memory_map.of_machine.settle()
    kernel_map.begin(boot_identity)
    kernel_map.add_frames()
    kernel_map.reclaim(MemoryKind.BOOT)
    kernel_map.forbid(boot_stack.guard())
    for index in range(usize(STACK_COUNT)):
        kernel_map.forbid(address_of(interrupt_stacks.of_boot_processor()[index]).address)
    kernel_space.begin()
    heap.begin()
    log.info(f"the kernel is at {image.segments()[0]:#x}")
    log.info(f"{frames.statistics().free * PAGE_SIZE >> 20} MiB of memory are free")


def start_threads() -> None:
    """Let this processor run threads, of which the first goes on."""
    idle = kernel_thread.new_idle()
    with interrupts_disabled():
        kernel_thread.begin_processor(idle)
    kernel_thread.begin()
    rcu.begin()
    kernel_thread.start("first", first.run)


def start_interrupts() -> None:
    """Let devices interrupt, if there is a way for them."""
    if controller.controller is not None:
        interrupts.enable()
    else:
        log.error("no interrupt controller was found, so no device and no deadline is noticed")
