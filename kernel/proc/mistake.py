"""What a program does wrong: an exception of the processor becomes a note, with which it goes on in its handler, or ends.

The texts begin with the kind: `divbyzero at 0x...`, `illegal instruction at 0x...`, `pagefault at 0x...` and why,
`nomemory at 0x...` where the system could not keep a promise, `segfault at 0x...` for most others.

Source: Intel SDM volume 3A, section 6.15.
"""

from __future__ import annotations

from typing import Final

from core.text.buffer import TextBuffer
from kernel.cpu import interrupts, user_mode
from kernel.cpu.descriptors import Selector
from kernel.cpu.interrupt_frame import InterruptFrame
from kernel.cpu.vectors import Vector
from kernel.mem.layout import USER_END
from kernel.mem.page_fault import PageFault
from kernel.mem.page_table import Entry
from kernel.proc import note, program_thread
from kernel.sched import sleep
from lang import Array, Format, Ptr, copy, export, no_raise, sleeps, symbol_address, u8, u64

STACK_REACH: Final[u64] = (
    1 << 16
)  # how far from the stack pointer a stack that is used up is touched


@no_raise
def fault(frame: Ptr[InterruptFrame], address: u64) -> None:
    """Deal with an exception in a program, on its thread's own stack and with interrupts on.

    frame: of the exception. If it lies on a stack of the processor, which the next exception needs, it is
    moved, and the interrupted code is what deals with it. address: that a page fault was for.
    """
    thread = sleep.current()
    thread.fault_address = address
    kept = Ptr[InterruptFrame](thread.kernel_top) - 1
    if kept == frame:
        interrupts.enable()
        tell_program(frame)
        return
    kept[0] = copy(frame[0])
    frame.rip = symbol_address("program_fault")
    frame.cs = Selector.KERNEL_CODE
    frame.ss = Selector.KERNEL_DATA
    frame.rflags = u64(user_mode.Flags.ALWAYS | user_mode.Flags.INTERRUPT)
    frame.rsp = kept.address - 8
    frame.rbp = 0
    frame.rdi = kept.address


@export("program_fault")
@no_raise
@sleeps
def tell_program(frame: Ptr[InterruptFrame]) -> None:
    """Have a program go on in its handler with a note of what it did, or end; on the thread's stack, below the frame."""
    storage = Array[u8, 128]()
    out = TextBuffer(storage[:])
    write_reason(out, frame, sleep.current().fault_address)
    if not note.interrupt(frame, out.text()):
        note.end_process(out.text())
    program_thread.resume(frame)


@no_raise
def write_reason(out: TextBuffer, frame: Ptr[InterruptFrame], address: u64) -> None:
    """Write what a program did, as a note says it."""
    match frame.vector:
        case Vector.DIVIDE_ERROR:
            write(out, f"divbyzero at {frame.rip:#x}")
        case Vector.INVALID_OPCODE:
            write(out, f"illegal instruction at {frame.rip:#x}")
        case Vector.PAGE_FAULT:
            write_page_fault(out, frame, address)
        case Vector.BREAKPOINT:
            write(out, f"breakpoint at {frame.rip:#x}")
        case Vector.DEBUG:
            write(out, f"debug exception at {frame.rip:#x}")
        case Vector.FLOATING_POINT | Vector.SIMD_FLOATING_POINT:
            write(out, f"floating point exception at {frame.rip:#x}")
        case _:
            write(out, f"segfault at {frame.rip:#x}")


@no_raise
def write_page_fault(out: TextBuffer, frame: Ptr[InterruptFrame], address: u64) -> None:
    if frame.error & PageFault.NO_MEMORY != 0:
        write(out, f"nomemory at {frame.rip:#x} for {address:#x}")
        return
    write(out, f"pagefault at {frame.rip:#x} ")
    if is_below_stack(frame, address):
        write(out, f"due to stack overflow at {address:#x}")
        return
    is_there = frame.error & PageFault.PRESENT != 0 and address < USER_END
    if frame.error & PageFault.WRITE != 0:
        out.write(b"when writing to present page at " if is_there else b"when writing ")
    elif frame.error & PageFault.EXECUTE != 0:
        out.write(b"when executing ")
    else:
        out.write(b"when reading from present page at " if is_there else b"when reading ")
    write(out, f"{address:#x}")


@no_raise
def is_below_stack(frame: Ptr[InterruptFrame], address: u64) -> bool:
    """Whether an address is in a page that nobody may touch, and the stack pointer close to it."""
    space = sleep.current().space
    if space is None or address >= USER_END or space.entry_of(address) & Entry.HIDDEN == 0:
        return False
    distance = frame.rsp - address if frame.rsp >= address else address - frame.rsp
    return distance < STACK_REACH


@no_raise
def write(out: TextBuffer, text: Format) -> None:
    text.write_to(out)
