"""Backtrace: the calls under way, written as Python writes its tracebacks.

A function begins by pushing its caller's frame pointer and pointing rbp at it, which makes the frames a
list from the innermost outward:

    [rbp]       the caller's frame pointer; 0 where the first function was entered
    [rbp + 8]   the address to which the function returns

The walk ends where the list cannot be right: an outer frame lies above the inner one, and not far from
it. Only the innermost calls are shown when there are very many.

Source: System V ABI, AMD64 Supplement, section 3.2.2.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Final, TypeAlias

from core.symbols import Symbols
from core.text.buffer import TextBuffer
from lang import (
    Array,
    Ptr,
    irq_safe,
    no_raise,
    truncate,
    u32,
    u64,
    usize,
    wrapping_add,
    wrapping_sub,
)

DEPTH: Final = 32
LARGEST_FRAME: Final = 1 << 16


Elsewhere: TypeAlias = Annotated[Callable[[TextBuffer, u64], None], irq_safe, no_raise]


@irq_safe
@no_raise
def leave_out(out: TextBuffer, call: u64) -> None:
    """Write nothing about a call from elsewhere."""


@irq_safe
@no_raise
def write(
    out: TextBuffer,
    symbols: Symbols,
    image: u64,
    frame_pointer: u64,
    elsewhere: Elsewhere = leave_out,
) -> None:
    """Write the calls that led to the function with this frame, the outermost first.

    symbols: of the image that starts at the address `image`. elsewhere: writes a call that no function of it made, by
    an address in the instruction.
    """
    calls = Array[u64, DEPTH]()
    count = collect(frame_pointer, calls, 0)
    write_calls(out, symbols, image, calls, count, elsewhere)


@irq_safe
@no_raise
def write_interrupted(
    out: TextBuffer,
    symbols: Symbols,
    image: u64,
    instruction: u64,
    frame_pointer: u64,
    stack_pointer: u64,
    elsewhere: Elsewhere = leave_out,
) -> None:
    """Write the calls that led to an interrupted instruction, and the instruction as the last.

    The frame pointer is followed only where it can be one: not far above the stack pointer.
    """
    calls = Array[u64, DEPTH]()
    calls[0] = wrapping_add(instruction, 1)
    count: usize = 1
    if frame_pointer >= stack_pointer and frame_pointer - stack_pointer <= LARGEST_FRAME:
        count = collect(frame_pointer, calls, 1)
    write_calls(out, symbols, image, calls, count, elsewhere)


@irq_safe
@no_raise
def write_calls(
    out: TextBuffer,
    symbols: Symbols,
    image: u64,
    calls: Array[u64, DEPTH],
    count: usize,
    elsewhere: Elsewhere = leave_out,
) -> None:
    """Write calls that were collected before, as `write` does."""
    out.write(b"Traceback (most recent call last):\n")
    if count == DEPTH:
        out.write(b"  ...\n")
    for index in range(count):
        # Of the call, not of what it returns to, which may be on another line.
        call = wrapping_sub(calls[count - 1 - index], 1)
        offset = wrapping_sub(call, image)
        if offset >> 32 != 0 or symbols.frame_count(truncate(u32, offset)) == 0:
            elsewhere(out, call)
        else:
            write_frames(out, symbols, truncate(u32, offset))


@irq_safe
@no_raise
def write_frames(out: TextBuffer, symbols: Symbols, address: u32) -> None:
    """Write all frames that an address of an image stands for."""
    levels = symbols.frame_count(address)
    for level in range(levels):
        symbols.write_frame(out, address, levels - 1 - level)


@irq_safe
@no_raise
def collect(frame_pointer: u64, calls: Array[u64, DEPTH], known: usize) -> usize:
    """Store the addresses to which the functions under way return, behind those that are `known`;
    return how many there are."""
    frame = frame_pointer
    count = known
    while frame != 0 and frame % 8 == 0 and count < DEPTH:
        words = Ptr[u64](frame)
        calls[count] = words[1]
        count += 1
        outer = words[0]
        if outer <= frame or outer - frame > LARGEST_FRAME:
            break
        frame = outer
    return count
