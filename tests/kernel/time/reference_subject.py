"""Target code for the tests of references: two devices that count as the test's time goes on, by which a clock is set."""

from __future__ import annotations

from kernel.cpu import instructions
from kernel.io import serial
from kernel.time import clock, reference
from kernel.time.calibration import Reference
from lang import irq_safe, no_raise, u64, u128

COARSE_FS: u64 = 279_365_114
FINE_FS: u64 = 10_000_000

is_stuck: bool = False  # the fine one


@irq_safe
@no_raise
def read_coarse() -> u64:
    """Count one in ten thousand too fast."""
    instructions.now_ns += 1000
    return u64(u128(instructions.now_ns) * 1_000_100 // COARSE_FS) & 0xFF_FFFF


@irq_safe
@no_raise
def read_fine() -> u64:
    instructions.now_ns += 100
    return 0 if is_stuck else u64(u128(instructions.now_ns) * 1_000_000 // FINE_FS)


COARSE: Reference = Reference("coarse", read_coarse, COARSE_FS, 0xFF_FFFF)
FINE: Reference = Reference("fine", read_fine, FINE_FS, 0xFFFF_FFFF)


def start(hz: u64, fine_is_stuck: bool) -> None:
    """Have no clock and no reference, as at the start."""
    global is_stuck
    serial.is_there = False
    instructions.hz = hz
    instructions.now_ns = 1_000_000
    is_stuck = fine_is_stuck
    reference.offered[:].fill(None)
    reference.has_begun, reference.is_settled, reference.set_by_fs = False, False, 0
    clock.scale = 0
    clock.begin()


def offer(is_fine: bool) -> None:
    if is_fine:
        reference.offer(FINE)
    else:
        reference.offer(COARSE)


def take_back_fine() -> None:
    reference.take_back(FINE)


def begin(told_hz: u64) -> None:
    reference.begin(told_hz)


def settle() -> None:
    reference.settle()


def second() -> u64:
    """Return what the clock takes a second of the counter for; 0: it does not go."""
    return clock.to_ns(instructions.hz)


def finest() -> u64:
    known = reference.finest()
    return 0 if known is None else known.period_fs
