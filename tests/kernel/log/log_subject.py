"""Target code for the tests of the log: what it kept is what it said."""

from __future__ import annotations

from kernel.io import serial
from kernel.log import kept, level, log
from kernel.log.ring import CAPACITY
from kernel.time import clock
from lang import Array, holds, u8, u64

text: Array[u8, 4096]


@holds("preemption")
def begin() -> None:
    serial.is_there = False
    log.join()


def at(time_ns: u64) -> None:
    clock.now = time_ns


def say(number: u64) -> None:
    log.info(f"line {number} of {CAPACITY}")


def say_all_levels() -> None:
    log.debug("hidden")
    log.info("an info")
    log.warning("a warning")
    log.error("an error")
    level.shows_debug = True
    log.debug("shown")
    level.shows_debug = False


def say_much(last: u64) -> None:
    """Write a line of 230 zeros and a number."""
    log.info(f"{0:0230}{last}")


def say_while_someone_shows(count: u64) -> None:
    """Write lines as if each interrupted whoever is showing one, then let that go on."""
    log.lines.is_taken.store(True)
    for number in range(count):
        say(number)
    log.lines.is_taken.store(False)
    say(count)


def finish_while_someone_shows() -> None:
    log.lines.is_taken.store(True)
    say(7)
    log.finish()


def end() -> u64:
    return kept.end.load()


def read(position: u64) -> u64:
    piece = kept.read(position, text[:])
    assert piece.position == position
    return piece.length


def byte(index: u64) -> u8:
    return text[index]
