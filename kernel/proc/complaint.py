"""Complaints: what the last command of a thread to a control file was refused for, in words.

A failed call gives a program a class of exceptions, and no more. The sentence that goes with it is kept with the thread, which reads
it from /proc/self/complaint. What a ring does is done by the ring's own thread, so a ring reads its complaints by itself.
"""

from __future__ import annotations

from typing import Final

from core.text.buffer import TextBuffer
from kernel.mem import heap_memory
from kernel.sched import sleep
from lang import Slice, no_raise, u8

LONGEST: Final = 240


@no_raise
def keep(text: Slice[u8]) -> None:
    """Let this be what the running thread is told; nothing, if there is too little memory for it."""
    thread = sleep.current()
    thread.complaint = None
    if len(text) == 0:
        return
    try:
        thread.complaint = heap_memory.copy_of(text)
    except MemoryError:
        return


@no_raise
def write(out: TextBuffer) -> None:
    """Write what the running thread is told."""
    kept = sleep.current().complaint
    if kept is not None:
        out.write(kept.bytes)
