"""Target code for the tests of the merge: threads write, each as a processor of its own."""

from __future__ import annotations

from kernel.cpu import processor
from kernel.log.level import Level
from kernel.log.merge import Lines
from kernel.log.ring import Line, LineRing
from lang import Array, Ptr, address_of, irq_safe, no_raise, u16, u64

lines: Lines
rings: Array[LineRing, 8]
shown: Array[u64, 65536]  # number << 16 | processor << 8 | digit, in the order of showing
shown_count: u64
lost: u64


def begin(processors: u16) -> None:
    for number in range(processors):
        lines.add_ring(number, address_of(rings[number]))


def write_many(number: u16, count: u64) -> None:
    """Write lines that say 0, 1, ... 9, 0, ..."""
    processor.become(number)
    for index in range(count):
        lines.put(number, 0, Level.INFO, f"{index % 10}")
        lines.take_all(show)


def put(number: u16) -> None:
    lines.put(number, 0, Level.INFO, "0")


def take_all() -> None:
    lines.take_all(show)


@irq_safe
@no_raise
def show(line: Ptr[Line], newly_lost: u64) -> None:
    global shown_count, lost
    lost += newly_lost
    digit = u64(line.text[0]) - 48
    shown[shown_count] = line.number << 16 | u64(line.processor) << 8 | digit
    shown_count += 1


def entry(index: u64) -> u64:
    return shown[index]


def total_lost() -> u64:
    total: u64 = 0
    for ring in rings:
        total += ring.lost.load()
    return total
