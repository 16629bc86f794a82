"""The report of a panic: what a person reads first comes last, where a terminal shows it.

registers      with what they point at
traceback      as Python prints it, the innermost call last
kernel panic:  the reason
"""

from __future__ import annotations

from core import backtrace
from core.symbols import Symbols
from core.text import format
from core.text.buffer import TextBuffer
from kernel.cpu import instructions
from kernel.cpu.interrupt_frame import InterruptFrame
from kernel.cpu.vectors import Vector
from kernel.panic.faults import PageFault
from lang import Ptr, Slice, irq_safe, no_raise, symbol_address, truncate, u8, u32, u64


@irq_safe
@no_raise
def symbols() -> Symbols:
    """Return the table that the compiler put into this image."""
    start, end = symbol_address("__symbols_start"), symbol_address("__symbols_end")
    return Symbols(Slice[u8](Ptr[u8](start), end - start))


@irq_safe
@no_raise
def write_traceback(out: TextBuffer, frame_pointer: u64) -> None:
    """Write the calls that led to the function with this frame."""
    backtrace.write(out, symbols(), symbol_address("__image_start"), frame_pointer)


@irq_safe
@no_raise
def write_traceback_of(out: TextBuffer, frame: Ptr[InterruptFrame]) -> None:
    """Write the calls that led to the interrupted instruction, and that.

    A breakpoint or overflow trap is reported behind its instruction. SDM volume 3A, section 6.5.
    After a jump to nowhere the call that did it is what the stack's last word returns to.
    """
    image = symbol_address("__image_start")
    instruction = frame.rip
    if frame.vector == Vector.BREAKPOINT or frame.vector == Vector.OVERFLOW:
        instruction -= 1
    elif frame.vector == Vector.PAGE_FAULT and frame.error & PageFault.EXECUTE != 0:
        instruction = Ptr[u64](frame.rsp)[0] - 1
    backtrace.write_interrupted(out, symbols(), image, instruction, frame.rbp, frame.rsp)


@irq_safe
@no_raise
def write_registers(out: TextBuffer, frame: Ptr[InterruptFrame]) -> None:
    """Write the interrupted code's registers, and what they point at in the kernel."""
    _row(out, b"rip", frame.rip, b"rsp", frame.rsp, b"rbp", frame.rbp)
    _row(out, b"rax", frame.rax, b"rbx", frame.rbx, b"rcx", frame.rcx)
    _row(out, b"rdx", frame.rdx, b"rsi", frame.rsi, b"rdi", frame.rdi)
    _row(out, b"r8 ", frame.r8, b"r9 ", frame.r9, b"r10", frame.r10)
    _row(out, b"r11", frame.r11, b"r12", frame.r12, b"r13", frame.r13)
    _row(out, b"r14", frame.r14, b"r15", frame.r15, b"flags", frame.rflags)
    _row(
        out,
        b"cr0",
        instructions.read_cr0(),
        b"cr3",
        instructions.read_cr3(),
        b"cr4",
        instructions.read_cr4(),
    )
    known = symbols()
    _pointer(out, known, b"rip", frame.rip)
    _pointer(out, known, b"rax", frame.rax)
    _pointer(out, known, b"rbx", frame.rbx)
    _pointer(out, known, b"rcx", frame.rcx)
    _pointer(out, known, b"rdx", frame.rdx)
    _pointer(out, known, b"rsi", frame.rsi)
    _pointer(out, known, b"rdi", frame.rdi)


def _row(
    out: TextBuffer,
    first: Slice[u8],
    a: u64,
    second: Slice[u8],
    b: u64,
    third: Slice[u8],
    c: u64,
) -> None:
    _register(out, first, a)
    _register(out, second, b)
    _register(out, third, c)
    out.write(b"\n")


def _register(out: TextBuffer, name: Slice[u8], value: u64) -> None:
    out.write(b"  ")
    out.write(name)
    out.write(b" ")
    for digit in range(u64(16)):
        nibble = value >> (60 - digit * 4) & 15
        out.write_byte(format.LOWER_DIGITS[nibble])


def _pointer(out: TextBuffer, known: Symbols, name: Slice[u8], value: u64) -> None:
    """Write where in the image a register points, if it does."""
    start, end = symbol_address("__image_start"), symbol_address("__image_end")
    if value < start or value >= end:
        return
    offset = truncate(u32, value - start)
    if known.frame_count(offset) == 0:
        return
    out.write(b"  ")
    out.write(name)
    out.write(b" = ")
    known.write_function(out, offset)
    out.write(b"\n")
