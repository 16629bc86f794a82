"""Target code: a machine test for each way in which one can end."""

from __future__ import annotations

from kernel.cpu import instructions
from kernel.cpu.descriptors import TablePointer
from kernel.io import serial
from lang import address_of, asm, noinline, spin_hint, u8


class Unhandled(Exception):
    """Nobody handles it."""


never: bool = False


def passes() -> None:
    serial.write(b"a line of the test's\n")


def fails() -> None:
    assert never


@noinline
def raises() -> None:
    raise Unhandled


def hangs() -> None:
    while not never:
        spin_hint()


def resets() -> None:
    """Leave the processor without interrupt vectors, then interrupt it."""
    nothing = TablePointer(0, 0)
    instructions.load_idt(address_of(nothing).cast(u8))
    asm("int3", inputs=[], outputs=[], clobbers=["memory"])
