"""Starting a program: a process, and a first thread that fills its memory before it enters it.

The stack of a new program, from the top down: the arguments' texts, each ended by a 0, the last one highest; at
a multiple of 8 below them their addresses, and a 0; below that, at a multiple of 16, the stack pointer. Their count
is the first argument of the program's entry, where the addresses are the second.
"""

from __future__ import annotations

from typing import Final

from core.errors import BadExecutable
from kernel.cpu import user_mode
from kernel.fs import operations
from kernel.fs.mode import Mode
from kernel.fs.tmpfs import TmpFile
from kernel.fs.view import View
from kernel.mem.heap_memory import HeapMemory
from kernel.mem.layout import VirtAddr
from kernel.proc import current, executable, process_table, program_thread
from kernel.proc.group import Group
from kernel.proc.process import Process
from kernel.sched import kernel_thread
from kernel.sched.thread import WakeReason
from lang import Slice, UserPtr, UserSlice, borrow, no_raise, sleeps, u8, u64

LONGEST_ARGUMENTS: Final[u64] = 64 * 1024  # bytes
MOST_ARGUMENTS: Final[u64] = 512
STACK_SIZE: Final[u64] = 8 << 20  # promised


def new(view: View, group: Group, arguments: HeapMemory) -> Process:
    """Return a process that is in the table, and does not run yet: it may be given files and more first.

    arguments: texts, each ended by a 0; the first is the path of the program, in the view.

    Raises:
        ValueError: there are too many arguments, or none, or they are too long.
        MemoryError: there is too little memory.
    """
    check_arguments(arguments.bytes)
    process = Process(view, group)
    process.arguments = arguments
    return process


def let_run(process: Process, is_suspended: bool) -> None:
    """Start the first thread of a new process, which may then be found in the table.

    is_suspended: the program is entered once somebody calls let_begin.

    Raises:
        MemoryError: there is too little memory.
    """
    try:
        thread = program_thread.new(process, "program", fill_and_enter)
    except ProcessLookupError:
        assert False, "nobody knows the process yet"
    process.may_begin.store(not is_suspended)
    try:
        process_table.add(process)
    except MemoryError:
        process.remove(thread)
        raise
    kernel_thread.let_run(thread)


def check_arguments(arguments: Slice[u8]) -> None:
    size = len(arguments)
    if size == 0 or size > LONGEST_ARGUMENTS or arguments[size - 1] != 0:
        raise ValueError
    if count_of(arguments) > MOST_ARGUMENTS:
        raise ValueError


@no_raise
def count_of(arguments: Slice[u8]) -> u64:
    count: u64 = 0
    for byte in arguments:
        if byte == 0:
            count += 1
    return count


@no_raise
@sleeps
def fill_and_enter() -> None:
    """First thread of a process: wait until it may begin, fill its memory, and go there."""
    process = current.process()
    here = borrow(process)
    reason = process.beginning.wait_until(lambda: here.may_begin.load())
    process.leave_parent()
    if reason != WakeReason.WOKEN:
        program_thread.end()
    process.view.leave_unseen()  # its namespace may have been given to it since
    try:
        entry = load(process)
        addresses = make_stack(process, entry)
    except BadExecutable:
        process.ask_to_end(b"exec failed: the file is no program for this system, or damaged")
    except MemoryError:
        process.ask_to_end(b"exec failed: there is too little memory")
    except FileNotFoundError:
        process.ask_to_end(b"exec failed: there is no such file")
    except PermissionError:
        process.ask_to_end(b"exec failed: the file may not be executed")
    except Exception:  # noqa: BLE001 - of whatever file system the program is on
        process.ask_to_end(b"exec failed")
    else:
        count = count_of(process.argument_texts)
        del process
        user_mode.enter(entry, addresses & ~u64(15), count, addresses)
    program_thread.end()


def load(process: Process) -> VirtAddr:
    """Load the program that the first argument names; return where it is entered.

    Raises:
        FileNotFoundError: there is no such file.
        PermissionError: it may not be executed.
        BadExecutable: it is no program.
        MemoryError: there is too little memory.
    """
    file = operations.open(process.view, first_of(process.argument_texts), None)
    if file.mode & Mode.EXECUTE == 0:
        raise PermissionError
    node = file.node
    if not isinstance(node, TmpFile):
        raise BadExecutable
    contents = node.take_whole()
    return executable.load(process.space, contents.bytes, contents.stays)


@no_raise
def first_of(texts: Slice[u8]) -> Slice[u8]:
    """Return the first of some texts, each ended by a 0."""
    for index in range(len(texts)):
        if texts[index] == 0:
            return texts[:index]
    return texts


def make_stack(process: Process, near: VirtAddr) -> VirtAddr:
    """Promise a stack, and put the arguments there; return where their addresses begin.

    near: where the program is.

    Raises:
        MemoryError: there is too little memory.
        BadAddress: never, as the stack is the program's.
    """
    end = executable.reserve_stack(process.space, near, STACK_SIZE)
    texts = process.argument_texts
    at = end - len(texts)
    UserSlice[u8](at, len(texts)).copy_in(texts)
    addresses = (at & ~u64(7)) - (count_of(texts) + 1) * 8
    word = addresses
    is_start = True
    for byte in texts:
        if is_start:
            UserPtr[u64](word).write(at)
            word += 8
        is_start = byte == 0
        at += 1
    UserPtr[u64](word).write(0)
    return addresses
