"""Rings of a process, and the threads that go on with their requests."""

from __future__ import annotations

from core.errors import TooManyFiles
from core.ring_records import RingPlace
from kernel.proc import program_thread
from kernel.proc.process import Process
from kernel.request import ring as rings
from kernel.request.ring import Ring
from kernel.sched import kernel_thread, sleep
from lang import Ptr, address_of, borrow, no_raise, retain, sleeps, u32, u64


@sleeps
def create(process: Process, address: u64, submissions: u32, completions: u32) -> u64:
    """Give a process a ring, with a worker, and return its number.

    Raises:
        TooManyFiles: it has as many as it may.
        ProcessLookupError: it is ending.
        ValueError, FileExistsError, BadAddress, MemoryError: as ring.map_memory.
    """
    place = rings.map_memory(process.space, address, submissions, completions)
    try:
        return start(process, Ring(address_of(process.files), process.view, place))
    except Exception:
        unmap(process, place)
        raise


@sleeps
def start(process: Process, ring: Ring) -> u64:
    worker = program_thread.new_servant(process, "ring", serve)
    worker.arguments[0] = borrow(ring).address
    ring.worker = worker
    kernel_thread.let_run(worker)
    try:
        return process.rings.add(ring)
    except TooManyFiles:
        ring.end()
        raise


@no_raise
@sleeps
def serve() -> None:
    """What a worker does."""
    serve_ring()
    program_thread.end()


@no_raise
@sleeps
def serve_ring() -> None:
    ring = retain(Ptr[Ring](sleep.current().arguments[0]))  # which lives until its worker says so
    ring.serve()


@sleeps
def remove(process: Process, number: u64) -> None:
    """Take a ring from a process, with its memory; what is not done is given up.

    Raises:
        BadFile: there is no such ring.
    """
    ring = process.rings.take(number)
    ring.end()
    unmap(process, ring.place)


@no_raise
def unmap(process: Process, place: RingPlace) -> None:
    size = rings.size_of(place.submission_count, place.completion_count)
    try:
        process.space.unmap(place.control, size)
    except (OSError, ValueError, MemoryError):
        pass  # the program keeps what it cannot be taken away
