"""Pipes: bytes that go in at one end and come out at the other, in order.

/dev/pipe/new makes a pipe with each opening: opened once it is both ends, opened by `open2` the first file is the end to read from and the
second the one to write to. CAPACITY bytes wait in a pipe; what else there is to know of it is true of all channels (channel.py).

Files in /dev:
    pipe/new    opening makes a pipe

Locks: Pipe.lock, held while bytes are copied from and to programs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

from core.file_records import NodeKind
from kernel.fs import module_files
from kernel.fs.folder import FixedFolder
from kernel.fs.mode import Mode
from kernel.fs.vnode import Vnode
from kernel.mem.heap_memory import HeapMemory
from kernel.module.description import Device, Module
from kernel.sync.mutex import Mutex
from kernel.sync.wait_queue import WaitQueue
from lang import Atomic, Ptr, UserSlice, address_of, no_raise, section, sleeps, u8, u64, usize
from modules.ipc.pipe.channel import Channel

if TYPE_CHECKING:
    from kernel.fs.file import File

CAPACITY: Final[u64] = 32 * 1024


class Pipe(Channel):
    memory: HeapMemory  # a ring of CAPACITY bytes

    lock: Mutex
    first: Atomic[u64]  # counted up; changed under lock
    end: Atomic[u64]  # counted up; changed under lock

    def __init__(self) -> None:
        self.memory = HeapMemory(CAPACITY)

    @no_raise
    def is_empty(self) -> bool:
        return self.end.load() == self.first.load()

    @no_raise
    def has_room(self) -> bool:
        return self.end.load() - self.first.load() < CAPACITY

    @sleeps
    def take(self, into: UserSlice[u8]) -> u64:
        """Move bytes to a program, as many as there are and fit."""
        with self.lock:
            first = self.first.load()
            count = min(len(into), self.end.load() - first)
            place = usize(first % CAPACITY)
            to_end = min(count, CAPACITY - place)
            ring = self.memory.bytes
            into[:to_end].copy_in(ring[place : place + to_end])
            if to_end < count:
                into[to_end:count].copy_in(ring[: count - to_end])
            self.first.store(first + count)
        if count > 0:
            self.writable.wake_all()
        return count

    @sleeps
    def put(self, data: UserSlice[u8]) -> u64:
        """Move bytes from a program, as many as there is room for."""
        with self.lock:
            end = self.end.load()
            count = min(len(data), CAPACITY - (end - self.first.load()))
            place = usize(end % CAPACITY)
            to_end = min(count, CAPACITY - place)
            ring = self.memory.bytes
            data[:to_end].copy_out(ring[place : place + to_end])
            if to_end < count:
                data[to_end:count].copy_out(ring[: count - to_end])
            self.end.store(end + count)
        if count > 0:
            self.readable.wake_all()
        return count


class PipeEnd(Vnode):
    """An end, or both."""

    pipe: Pipe
    reads: bool
    writes: bool

    def __init__(self, pipe: Pipe, reads: bool, writes: bool) -> None:
        super().__init__(NodeKind.FILE)
        self.pipe = pipe
        self.reads = reads
        self.writes = writes
        if reads:
            pipe.add_reader()
        if writes:
            pipe.add_writer()

    @no_raise
    @sleeps
    def closed(self) -> None:
        if self.reads:
            self.pipe.remove_reader()
        if self.writes:
            self.pipe.remove_writer()

    @sleeps
    def read(self, file: File, into: UserSlice[u8], offset: u64) -> u64:
        if not self.reads:
            return super().read(file, into, offset)
        return self.pipe.read(into)

    @sleeps
    def write(self, file: File, data: UserSlice[u8], offset: u64) -> u64:
        if not self.writes:
            return super().write(file, data, offset)
        return self.pipe.write(data)

    @no_raise
    def can_be_read(self) -> bool:
        return self.reads and self.pipe.is_readable()

    @no_raise
    def can_be_written(self) -> bool:
        return self.writes and self.pipe.is_writable()

    @no_raise
    def is_deserted(self) -> bool:
        others = self.pipe.writers.load() if self.reads else self.pipe.readers.load()
        return others == 0

    @no_raise
    def readable(self) -> Ptr[WaitQueue] | None:
        return address_of(self.pipe.readable) if self.reads else None

    @no_raise
    def writable(self) -> Ptr[WaitQueue] | None:
        return address_of(self.pipe.writable) if self.writes else None


class NewPipe(Vnode):
    """/dev/pipe/new."""

    def __init__(self) -> None:
        super().__init__(NodeKind.FILE)

    @sleeps
    def opened(self, mode: Mode) -> Vnode:
        return PipeEnd(Pipe(), True, True)

    @sleeps
    def opened_as_pair(self, mode: Mode) -> tuple[Vnode, Vnode]:
        pipe = Pipe()
        return PipeEnd(pipe, True, False), PipeEnd(pipe, False, True)


def attach(device: Device) -> None:
    """Let programs make pipes.

    Raises:
        MemoryError: there is too little memory.
    """
    folder = FixedFolder()
    folder.put(b"new", NewPipe())
    module_files.there(module_files.devices).put(b"pipe", folder)


def detach(device: Device) -> None:
    """Let nobody make any more; those that there are keep the module where it is."""
    module_files.there(module_files.devices).take_all(b"pipe")


MODULE: Annotated[Module, section(".module")] = Module(
    name="Pipes",
    author="the authors of PatchworkOS",
    description="bytes that go in at one end and come out at the other",
    version="1.0",
    licence="MIT",
    devices="BOOT_ALWAYS",
    attach=attach,
    detach=detach,
)
