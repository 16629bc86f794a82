"""The order in which the kernel starts; each line is a chapter elsewhere."""

from __future__ import annotations

from core.graphics import quilt
from kernel.cpu import control, cpuid, descriptors, entry, interrupt_stacks, processor  # noqa: F401
from kernel.cpu.cpuid import Identity
from kernel.cpu.descriptors import STACK_COUNT
from kernel.init import first
from kernel.interrupt import dispatch  # noqa: F401 - the entry code calls it by its symbol
from kernel.io import bochs_display, serial
from lang import Array, Ptr, holds, no_raise, u8, u64

boot_identity: Identity

TITLE = b"PatchworkOS"
GREETING = b"typed Python, from the first instruction"


@holds("preemption")
def from_pvh(start_info: Ptr[u8]) -> None:
    """Start after a direct boot, which brings no frame buffer of its own."""
    serial.initialise()
    serial.write(b"PatchworkOS: hello from typed Python\n")
    start_boot_processor()
    address = bochs_display.find()
    if address is None:
        serial.write(b"no screen\n")
    else:
        screen = bochs_display.set_mode(address, 1280, 800)
        quilt.paint(screen, TITLE, GREETING)
        serial.write(b"screen painted\n")
    first.run()


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
