"""Stands in for kernel/sched/trace.py where pictures are made: notes what the queue of the first processor does, and prints it.

    trace NAME                                  a recording; its lines follow
    thread NUMBER LETTER                        one that is drawn
    KIND TIME THREAD WEIGHT ELIGIBLE DEADLINE VIRTUAL

KIND is joins, leaves, stops or runs; TIME is the uptime in ns; the last three are virtual times, in the units of eevdf.py.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from core.text.buffer import TextBuffer
from kernel.io import serial
from kernel.sched.eevdf import RunQueue
from kernel.sched.thread import Thread
from lang import Array, Format, Ptr, Slice, irq_safe, no_raise, over, struct, u8, u32, u64, usize

MOST: Final = 1024


@over(u8)
class Kind(IntEnum):
    JOINS = 0
    LEAVES = 1
    STOPS = 2
    RUNS = 3


WORDS: Final = Array[bytes, 4](b"joins", b"leaves", b"stops", b"runs")  # of the kinds


@struct
class Event:
    kind: Kind
    time: u64
    thread: u64
    weight: u32
    eligible: u64
    deadline: u64
    virtual: u64


is_recording: bool = False
count: usize = 0
events: Array[Event, MOST]


@irq_safe
@no_raise
def has_joined(queue: RunQueue, thread: Ptr[Thread]) -> None:
    note(Kind.JOINS, queue, thread)


@irq_safe
@no_raise
def leaves(queue: RunQueue, thread: Ptr[Thread]) -> None:
    note(Kind.LEAVES, queue, thread)


@irq_safe
@no_raise
def stops(queue: RunQueue, thread: Ptr[Thread]) -> None:
    note(Kind.STOPS, queue, thread)


@irq_safe
@no_raise
def runs(queue: RunQueue, thread: Ptr[Thread]) -> None:
    if thread.is_queued:
        note(Kind.RUNS, queue, thread)


@irq_safe
@no_raise
def note(kind: Kind, queue: RunQueue, thread: Ptr[Thread]) -> None:
    global count
    if not is_recording:
        return
    assert count < MOST, "a recording is as short as its pictures"
    event = events[count]
    event.kind = kind
    event.time = queue.charged_at
    event.thread = thread.number
    event.weight = thread.entity.weight
    event.eligible = thread.entity.eligible
    event.deadline = thread.entity.deadline
    event.virtual = queue.virtual_time()
    count += 1


@no_raise
def begin(name: Slice[u8]) -> None:
    """Begin a recording."""
    global is_recording, count
    say(f"trace {name}")
    count = 0
    is_recording = True


@no_raise
def draw(thread: Ptr[Thread], letter: Slice[u8]) -> None:
    """Have a thread be drawn, by a letter."""
    say(f"thread {thread.number} {letter}")


@no_raise
def end() -> None:
    """End the recording, and print it."""
    global is_recording
    is_recording = False
    for index in range(count):
        event = events[index]
        numbers = Array[u64, 6](
            event.time,
            event.thread,
            event.weight,
            event.eligible,
            event.deadline,
            event.virtual,
        )
        say_event(WORDS[u8(event.kind)], numbers[:])


@no_raise
def finish() -> None:
    """Say that there are no more recordings."""
    say("trace is over")


@no_raise
def say_event(kind: Slice[u8], numbers: Slice[u64]) -> None:
    storage = Array[u8, 192]()
    out = TextBuffer(storage[:], flush_hook=serial.write)
    out.write(kind)
    for each in numbers:
        write(out, f" {each}")
    out.write(b"\n")
    out.flush()


@no_raise
def say(line: Format) -> None:
    storage = Array[u8, 128]()
    out = TextBuffer(storage[:], flush_hook=serial.write)
    write(out, line)
    out.write(b"\n")
    out.flush()


@no_raise
def write(out: TextBuffer, text: Format) -> None:
    text.write_to(out)
