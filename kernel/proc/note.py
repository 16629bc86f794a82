"""Notes: texts that a process gets from others, and from the kernel for what its program does wrong.

A program that has named a handler (`notify`) is interrupted there, wherever it is, on the stack of the thread that the
note is for. Below what that thread uses the kernel puts, from the bottom up:

    NoteFrame    the registers with which the thread is to go on; the length of the text, and the text
    128 bytes    that a function may use below its stack pointer

The handler ends with `noted`, which takes the registers from there again: whatever they are, they are a program's. It
keeps the SIMD state itself. Until then further notes wait, MOST of them at each thread, but for `kill`, which nobody
handles. A program without a handler ends by its first note, with the text as its status.

A thread that sleeps in a system call wakes for a note, and the call fails with InterruptedError once the handler is
through. An exception does not wait in the queue, since its instruction cannot: where the handler runs already, or does
not exist, or the stack has no room, it is the end.

Locks: Process.lock guards the queues of its threads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.errors import BadAddress
from kernel.cpu import user_mode
from kernel.cpu.descriptors import Selector
from kernel.cpu.interrupt_frame import InterruptFrame
from kernel.mem.layout import USER_END
from kernel.proc import process as processes
from kernel.sched import scheduler, sleep
from kernel.sched.thread import Request, Thread
from lang import (
    Array,
    Ptr,
    Slice,
    UserPtr,
    copy,
    no_raise,
    offsetof,
    owner,
    sizeof,
    struct,
    u8,
    u32,
    u64,
)

if TYPE_CHECKING:
    from kernel.proc.process import Process

LONGEST: Final[u64] = 255  # bytes of a note
MOST: Final[u32] = 8  # notes that wait at a thread
RED_ZONE: Final[u64] = 128  # System V ABI, AMD64 Supplement, section 3.2.2


@struct
class NoteFrame:
    registers: InterruptFrame
    length: u64
    text: Array[u8, 256]


class Note:
    """A note that waits."""

    text: Array[u8, 256]
    length: u64
    next: Note | None

    def __init__(self, text: Slice[u8]) -> None:
        self.length = len(text)
        self.text[: len(text)].copy_from(text)


def send(process: Process, text: Slice[u8]) -> None:
    """Give a note to the oldest thread of a process.

    text: 255 bytes at most.

    Raises:
        BlockingIOError: as many notes wait there as may.
        MemoryError: there is too little memory.
    """
    if text == b"kill" or process.note_handler.load() == 0:
        process.ask_to_end(text)
        return
    note = Note(text)
    with process.lock:
        link = process.threads.first
        if link is None:
            return
        thread = owner(link, Thread, "place")
        if thread.note_count == MOST:
            raise BlockingIOError
        append(thread, note)
        if not thread.is_handling:
            processes.ask(thread, Request.NOTE)
    scheduler.give_way()


@no_raise
def append(thread: Ptr[Thread], note: Note) -> None:
    thread.note_count += 1
    last = thread.notes
    if last is None:
        thread.notes = note
        return
    while (following := last.next) is not None:
        last = following
    last.next = note


@no_raise
def deliver(frame: Ptr[InterruptFrame]) -> None:
    """Before the running thread returns to its program: let that handle the next note, if it does not handle one already."""
    note = take_next()
    if note is None:
        return
    text = note.text[: note.length]
    if not interrupt(frame, text):
        end_process(text)


@no_raise
def take_next() -> Note | None:
    """Take the note out of the running thread's queue that its program is to handle now."""
    thread = sleep.current()
    process = thread.process
    assert process is not None
    with process.lock:
        thread.requests.fetch_and(~u32(Request.NOTE))
        note = thread.notes
        if note is None or thread.is_handling:
            return None
        thread.notes = note.next
        thread.note_count -= 1
        return note


@no_raise
def end_process(text: Slice[u8]) -> None:
    """Have the process of the running thread end, with a note as its status."""
    process = sleep.current().process
    assert process is not None
    process.ask_to_end(text)


@no_raise
def interrupt(frame: Ptr[InterruptFrame], text: Slice[u8]) -> bool:
    """Have a program go on in its handler, with a note; return False if it cannot.

    frame: with which the running thread would return to its program.
    """
    thread = sleep.current()
    process = thread.process
    assert process is not None
    handler = process.note_handler.load()
    if handler == 0 or thread.is_handling:
        return False
    record = NoteFrame()
    record.registers = copy(frame[0])
    record.length = len(text)
    record.text[: len(text)].copy_from(text)
    if frame.rsp < RED_ZONE + sizeof(NoteFrame) + 16:
        return False
    place = (frame.rsp - RED_ZONE - sizeof(NoteFrame)) & ~u64(15)
    try:
        UserPtr[NoteFrame](place).write(record)
    except BadAddress:
        return False
    with process.lock:
        thread.is_handling = True
    frame.rip = handler
    frame.rsp = place
    frame.rflags = u64(user_mode.FIXED_FLAGS)
    frame.rdi = place + offsetof(NoteFrame, "text")
    frame.rsi = len(text)
    frame.rdx = place
    return True


def set_registers(source: u64) -> None:
    """Let the running thread's program go on, at its return, where a note interrupted it.

    source: where it has the registers, the beginning of a NoteFrame; 0: it has taken them from there itself.

    Raises:
        ValueError: it handles no note, or no program could go on there.
        BadAddress: the registers are not the program's.
    """
    thread = sleep.current()
    process = thread.process
    assert process is not None
    if not thread.is_handling:
        raise ValueError
    if source != 0:
        copy_registers(source, frame_of(thread))
    with process.lock:
        thread.is_handling = False
        if thread.notes is not None:
            thread.requests.fetch_or(Request.NOTE)


def copy_registers(source: u64, frame: Ptr[InterruptFrame]) -> None:
    registers = UserPtr[InterruptFrame](source).read()
    if registers.rip >= USER_END:
        raise ValueError
    frame[0] = copy(registers)
    frame.cs = Selector.USER_CODE
    frame.ss = Selector.USER_DATA
    frame.rflags = registers.rflags & user_mode.PROGRAM_FLAGS | u64(user_mode.FIXED_FLAGS)


@no_raise
def frame_of(thread: Ptr[Thread]) -> Ptr[InterruptFrame]:
    """Return the registers with which a thread in a system call returns to its program."""
    return Ptr[InterruptFrame](thread.kernel_top) - 1
