"""Notes, for programs: texts from other processes, and from the kernel for what this program did wrong.

    def handle(note: str) -> bool:
        return note == "hello"

    notify(handle)
    send(process, "hello")

The first word of a note is its kind. `interrupt` and `terminate` ask a program to end; `pagefault`, `segfault`, `divbyzero`,
`illegal` and `nomemory` say what it did. A handler runs on the thread that was interrupted, wherever that was. When it
returns True the thread goes on there, and a system call in which it slept raises InterruptedError; else, or without a handler,
the process ends with the note as its status.

A handler may come in the middle of anything: it should look at nothing that the program may be changing, take no lock, and
start no thread. It may make objects: for these it has a heap of its own. Where the thread holds the pool of all heaps the
note waits until it lets go of it, or ends the program, if it is a mistake.

    __pw_note_entry    where the kernel enters, on the thread's stack; keeps the SIMD registers that compiled code uses
    __pw_note          runs the handler, or leaves the note waiting, and returns whether the kernel is to know that it is done
    __pw_late_note     runs the handler with the note that waited

Source of the form of the registers: kernel/cpu/interrupt_frame.py.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from core.cpu.registers import POP_REGISTERS
from core.world import heap, hosted, last_words, system
from lang import (
    Array,
    CFunction,
    Ptr,
    Slice,
    address_of,
    asm,
    copy,
    export,
    naked,
    no_raise,
    symbol_address,
    u8,
    u64,
)
from lib.std import files, thread_pointer
from lib.std import system as calls
from lib.std.system_call import try_call
from lib.std.texts import decode

NOTED: Final[u64] = 34
MISTAKES: Final = Array[bytes, 6](
    b"pagefault", b"segfault", b"divbyzero", b"illegal", b"nomemory", b"breakpoint"
)

Handler = Callable[[str], bool]


class Handling:
    """What is to be called for notes."""

    handler: Callable[[str], bool]

    def __init__(self, handler: Callable[[str], bool]) -> None:
        self.handler = handler


handling: Handling | None = None


def notify(handler: Callable[[str], bool]) -> None:
    """Have a function called with each note from now on; it returns whether the program is to go on."""
    global handling
    handling = Handling(handler)
    heap.after_pool = CFunction[[], None](symbol_address("__pw_late_note"))
    calls.notify(symbol_address("__pw_note_entry"))


def stop_handling() -> None:
    """Let the next note end the process, as in the beginning."""
    calls.notify(0)


def send(process: int, note: str) -> None:
    """Send a note to a process; `kill` ends it.

    Raises:
        FileNotFoundError: there is no such process, or none that this one may reach.
        BlockingIOError: too many notes wait there already.
        ValueError: it is longer than 255 bytes.
    """
    files.write_text(f"/proc/{process}/note", note)


def send_to_group(process: int, note: str) -> None:
    """Send a note to all processes in the group of one; as `send`."""
    files.write_text(f"/proc/{process}/notegroup", note)


# The handler, on the thread's stack; then either the kernel is told, or the registers are taken here.
CALL_HANDLER: Final = """
        pushq %rdx
        subq $$520, %rsp
        fxsave64 (%rsp)
        xorl %ebp, %ebp
        callq __pw_note
        fxrstor64 (%rsp)
        movq 520(%rsp), %rdi
        testb %al, %al
        jz 1f
        movl $$34, %eax
        syscall
        ud2
    1:  movq 160(%rdi), %rcx
        movq 136(%rdi), %rax
        movq %rax, -136(%rcx)
        movq 152(%rdi), %rax
        movq %rax, -144(%rcx)
        leaq -144(%rcx), %rax
        movq %rax, 120(%rdi)
        movq %rdi, %rsp
"""
GO_ON: Final = """
        popq %rsp
        popfq
        retq $$128
"""
NOTE_ENTRY: Final = CALL_HANDLER + POP_REGISTERS + GO_ON


@naked
@export("__pw_note_entry")
def enter() -> None:
    """Where the kernel enters: the note in rdi and rsi, the registers that it interrupted at rdx, which the stack ends at.

    If the note has to wait, the thread goes on without the kernel: flags and instruction are put just below the 128 bytes
    that the interrupted function may use below its stack pointer, where the end of the note is, and taken from there.
    IRET would do, too, but the emulator fails to execute it in a program under SMAP.
    """
    asm(NOTE_ENTRY, inputs=[], outputs=[], clobbers=[])


@export("__pw_note")
@no_raise
def take(text: Ptr[u8], length: u64) -> bool:
    """Handle a note, and return True; False if it has to wait, and no other is to come meanwhile."""
    note = Slice[u8](text, length)
    state = thread_pointer.state()
    if not state.is_in_pool:
        handle(note)
        return True
    if is_mistake(note):
        system.end_with(note)
    state.waiting_note_length = length
    state.waiting_note[:length].copy_from(note)
    return False


@export("__pw_late_note")
@no_raise
def take_late() -> None:
    """Handle the note that waited, and let others come."""
    state = thread_pointer.state()
    length = state.waiting_note_length
    state.waiting_note_length = 0
    handle(state.waiting_note[:length])
    try_call(NOTED, 0, 0, 0, 0, 0, 0)


@no_raise
def handle(note: Slice[u8]) -> None:
    """Call the handler, with a heap of its own; end the process if it does not want to go on."""
    state = thread_pointer.state()
    trace_length, trace_places = state.trace_length, copy(state.trace_places)
    state.heap = address_of(state.note_heap)
    if not is_handled(note):
        system.end_with(note)
    state.heap = address_of(state.usual_heap)
    state.trace_length = trace_length
    state.trace_places = copy(trace_places)


@no_raise
def is_handled(note: Slice[u8]) -> bool:
    known = handling
    if known is None:
        return False
    failure: BaseException | None = None
    try:
        return known.handler(decode(note))
    except BaseException as error:  # noqa: BLE001 - whatever it is, nobody handled it
        failure = error
    if failure is not None:
        hosted.write_error(b"Exception in the handler of a note:\n")
        last_words.report(failure)
    return False


@no_raise
def is_mistake(note: Slice[u8]) -> bool:
    """Whether a note says what the program did wrong, so that it cannot go on as if nothing were."""
    for word in MISTAKES:
        if len(note) >= len(word) and note[: len(word)] == word:
            return True
    return False
