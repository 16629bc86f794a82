"""Processes whose programs are a few instructions, laid into memory by hand."""

from __future__ import annotations

from typing import Final

from core.errors import BadAddress
from kernel.fs import dentry
from kernel.fs.file import File
from kernel.fs.location import Location
from kernel.fs.mode import Mode
from kernel.fs.mount import Mount
from kernel.fs.namespace import Namespace
from kernel.fs.view import View
from kernel.fs.vnode import Vnode
from kernel.mem import frames
from kernel.mem.address_space import Protection
from kernel.mem.layout import PAGE_SIZE, bytes_at
from kernel.proc import program_thread
from kernel.proc.group import Group
from kernel.proc.process import Process
from kernel.sched import kernel_thread
from kernel.sched.thread import WakeReason
from kernel.time import clock
from lang import Ptr, Slice, borrow, no_raise, u8, u64

CODE: Final[u64] = 0x40_0000
DATA: Final[u64] = 0x60_0000
STACK_END: Final[u64] = 0x80_0000
STACK_PAGES: Final[u64] = 4
SECOND = 1_000_000_000


def start(begin: u64, end: u64, argument: u64 = 0) -> Process:
    """Start a process with the instructions between two addresses, a page of data and a stack.

    The argument comes in rdi.
    """
    process = prepare(begin, end)
    add_thread(process, argument)
    return process


def prepare(begin: u64, end: u64) -> Process:
    process = Process(View(Namespace(None), None), Group())
    try:
        code = frames.allocate_zeroed()
        into = Slice[u8](bytes_at(code), PAGE_SIZE)
        into[: end - begin].copy_from(Slice[u8](Ptr[u8](begin), end - begin))
        try:
            process.space.map_frame(CODE, code, Protection.READ | Protection.EXECUTE)
        except MemoryError:
            frames.free(code)
            raise
        writable = Protection.READ | Protection.WRITE
        process.space.reserve(PAGE_SIZE, writable, DATA)
        stack = STACK_PAGES * PAGE_SIZE
        process.space.reserve(stack, writable, STACK_END - stack)
    except (ValueError, BadAddress, FileExistsError):
        assert False, "the places are free"
    return process


def add_thread(process: Process, argument: u64, second: u64 = 0) -> None:
    thread = program_thread.new_at(process, CODE, STACK_END, argument)
    thread.arguments[1] = second
    kernel_thread.let_run(thread)


@no_raise
def wait(process: Process) -> bool:
    """Wait until a process has ended, ten seconds at most; return whether it has."""
    here = borrow(process)
    deadline = clock.uptime() + 10 * SECOND
    reason = process.ended.wait_until(lambda: here.has_ended.load(), deadline)
    return reason == WakeReason.WOKEN


def opened(node: Vnode) -> File:
    """Return an open file that is in no namespace."""
    mode = Mode.READ | Mode.WRITE
    root = dentry.new_root(node)
    return File(node, Location(root, Mount(root, None, mode)), mode)
