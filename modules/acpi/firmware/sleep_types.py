"""Sleep states: what the firmware wants in the control registers, and what it is told before.

The package \\_S5 has a number for each of both registers; some old firmware has both in one number.

Source: ACPI 6.5, sections 7.4.1 (_PTS) and 7.4.2 (\\_Sx).
"""

from __future__ import annotations

from typing import Final

from core import endian
from lang import Slice, sleeps, struct, truncate, u8, u64
from modules.acpi.aml import conversions, elements, namespace
from modules.acpi.aml.errors import AmlError, WrongType
from modules.acpi.aml.interpreter import Interpreter
from modules.acpi.aml.node import Node
from modules.acpi.aml.values import LOCALS, Integer, Package, Slots
from modules.acpi.firmware.loaded import Work

OFF: Final[u64] = 5
MOST: Final[u64] = 7  # the registers have three bits for it


@struct
class SleepTypes:
    """What to write as SLP_TYP into PM1a and PM1b control."""

    a: u8
    b: u8
    is_known: bool


class GoingOff(Work):
    """Ask for the numbers of S5, and say that the machine goes there."""

    types: SleepTypes

    @sleeps
    def run(self, interpreter: Interpreter) -> None:
        node = child(interpreter, b"_S5_"[:])
        if node is not None:
            read(interpreter, node, self.types)
        prepare = child(interpreter, b"_PTS"[:])
        if prepare is None:
            return
        arguments = Slots()
        arguments.values[u64(LOCALS)] = Integer(OFF)
        try:
            interpreter.evaluate(prepare, arguments)
        except AmlError:  # the machine goes off all the same
            interpreter.platform.failed(interpreter)


def read(interpreter: Interpreter, node: Node, into: SleepTypes) -> None:
    """Read the numbers of a sleep state.

    Raises:
        WrongType: it has none that fit.
        AmlError: it cannot be evaluated.
    """
    package = interpreter.evaluate(node, Slots())
    if not isinstance(package, Package) or package.count == 0:
        raise WrongType
    first = element(interpreter, package, 0)
    second = element(interpreter, package, 1) if package.count > 1 else first >> 8 & 0xFF
    if package.count == 1:
        first &= 0xFF
    if first > MOST or second > MOST:
        raise WrongType
    into.a = truncate(u8, first)
    into.b = truncate(u8, second)
    into.is_known = True


def element(interpreter: Interpreter, package: Package, index: u64) -> u64:
    value = elements.get(interpreter, package, index)
    if value is None:
        raise WrongType
    return conversions.to_integer(interpreter, value)


def child(interpreter: Interpreter, name: Slice[u8]) -> Node | None:
    """Return what has a name directly below the root."""
    found = namespace.child(interpreter.root, endian.load_u32(name, 0))
    return None if found is None else namespace.behind_alias(found)
