"""The report of a panic: the log's last lines, the registers, with what they point at, and a traceback
like Python's.
"""

from __future__ import annotations

from typing import Final

from core import backtrace
from core.symbols import Symbols
from core.text import format
from core.text.buffer import TextBuffer
from kernel.cpu import instructions, processor
from kernel.cpu.interrupt_frame import InterruptFrame
from kernel.cpu.vectors import Vector
from kernel.log import kept
from kernel.panic import modules, places
from kernel.panic.faults import PageFault
from kernel.time import clock
from lang import (
    Array,
    Format,
    Ptr,
    Slice,
    holds,
    irq_safe,
    no_raise,
    sizeof,
    symbol_address,
    u8,
    u64,
    usize,
    wrapping_sub,
)

LOG_LINES: Final = 10
NS_PER_MS: Final = 1_000_000

NAME_LENGTH: Final = 6
FRAME_WORDS: Final = 22
# The words of an InterruptFrame, in their order.
NAMES: Final = (
    b"r15   r14   r13   r12   r11   r10   r9    r8    rbp   rdi   rsi   "
    b"rdx   rcx   rbx   rax   vectorerror rip   cs    rflagsrsp   ss    "
)
IN_A_ROW: Final = 3

assert len(NAMES) == FRAME_WORDS * NAME_LENGTH
assert sizeof(InterruptFrame) == FRAME_WORDS * 8


@irq_safe
@no_raise
def symbols() -> Symbols:
    """Return the table that the compiler put into this image."""
    start, end = symbol_address("__symbols_start"), symbol_address("__symbols_end")
    return Symbols(Slice[u8](Ptr[u8](start), end - start))


@irq_safe
@no_raise
@holds("preemption")
def write_log(out: TextBuffer) -> None:
    """Write when and where the kernel died, and the last lines of its log."""
    time_ms = clock.uptime() // NS_PER_MS
    number = processor.number()
    _write(out, f"{time_ms // 1000}.{time_ms % 1000:03} s after the start, on processor {number}\n")
    storage = Array[u8, 128]()
    position = kept.start_of_last(LOG_LINES)
    while True:
        piece = kept.read(position, storage[:])
        if piece.length == 0:
            return
        out.write(storage[: piece.length])
        position = piece.position + piece.length


def _write(out: TextBuffer, text: Format) -> None:
    text.write_to(out)


@irq_safe
@no_raise
def write_traceback(out: TextBuffer, frame_pointer: u64) -> None:
    """Write the calls that led to the function with this frame."""
    image = symbol_address("__image_start")
    backtrace.write(out, symbols(), image, frame_pointer, modules.write)


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
        instruction = wrapping_sub(instruction, 1)
    elif frame.vector == Vector.PAGE_FAULT and frame.error & PageFault.EXECUTE != 0:
        instruction = wrapping_sub(Ptr[u64](frame.rsp)[0], 1)
    stack = frame.rsp
    backtrace.write_interrupted(out, symbols(), image, instruction, frame.rbp, stack, modules.write)


@irq_safe
@no_raise
def write_registers(out: TextBuffer, frame: Ptr[InterruptFrame]) -> None:
    """Write the interrupted code's registers, and what of the kernel they point at."""
    words = Slice[u64](frame.cast(u64), FRAME_WORDS)
    for index in range(usize(FRAME_WORDS)):
        _write_register(out, name_of(index), words[index])
        if index % IN_A_ROW == IN_A_ROW - 1:
            out.write(b"\n")
    out.write(b"\n")
    _write_register(out, b"cr0   ", instructions.read_cr0())
    _write_register(out, b"cr3   ", instructions.read_cr3())
    _write_register(out, b"cr4   ", instructions.read_cr4())
    out.write(b"\n")

    known = symbols()
    for index in range(usize(FRAME_WORDS)):
        places.write(out, known, name_of(index), words[index])


@irq_safe
@no_raise
def name_of(index: usize) -> Slice[u8]:
    """Return the name of a word of an InterruptFrame, padded."""
    return NAMES[index * NAME_LENGTH : (index + 1) * NAME_LENGTH]


def _write_register(out: TextBuffer, name: Slice[u8], value: u64) -> None:
    out.write(b"  ")
    out.write(name)
    out.write(b" ")
    for digit in range(u64(16)):
        out.write_byte(format.LOWER_DIGITS[value >> (60 - digit * 4) & 15])
