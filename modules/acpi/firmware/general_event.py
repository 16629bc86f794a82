"""General purpose events: calling the method that deals with one.

Source: ACPI 6.5, sections 5.6.4.1 (_Lxx, _Exx), 5.6.4.1.1 (_Qxx) and 12.6.2.
"""

from __future__ import annotations

from typing import Final

from core import endian
from lang import no_raise, sleeps, u8, u32
from modules.acpi.aml import namespace
from modules.acpi.aml.errors import AmlError
from modules.acpi.aml.interpreter import Interpreter
from modules.acpi.aml.node import Node
from modules.acpi.aml.values import Slots
from modules.acpi.firmware import embedded_controller, setup
from modules.acpi.firmware.loaded import Work

DIGITS: Final = b"0123456789ABCDEF"
MOST_QUERIES: Final = 32  # of the embedded controller, for one event


class HasMethod(Work):
    """Whether anything deals with a general event."""

    number: u32
    answer: bool
    is_edge: bool

    def __init__(self, number: u32) -> None:
        super().__init__()
        self.number = number
        self.answer = False
        self.is_edge = False

    @sleeps
    def run(self, interpreter: Interpreter) -> None:
        self.is_edge = method(interpreter, ord("E"), self.number) is not None
        is_level = method(interpreter, ord("L"), self.number) is not None
        self.answer = self.is_edge or is_level or is_controllers(self.number)


class GeneralEvent(Work):
    """A general event that has come."""

    number: u32
    is_edge: bool

    def __init__(self, number: u32) -> None:
        super().__init__()
        self.number = number
        self.is_edge = False

    @sleeps
    def run(self, interpreter: Interpreter) -> None:
        if is_controllers(self.number):
            ask_controller(interpreter)
            return
        kind: u8 = ord("E") if self.is_edge else ord("L")
        found = method(interpreter, kind, self.number)
        if found is not None:
            call(interpreter, found)


@no_raise
def is_controllers(number: u32) -> bool:
    """Whether an event is that of the embedded controller."""
    return embedded_controller.is_there() and embedded_controller.controller.event == number


def method(interpreter: Interpreter, kind: u8, number: u32) -> Node | None:
    """Return the method \\_GPE._Lxx or _Exx of an event; None: there is none."""
    events = namespace.child(interpreter.root, endian.load_u32(b"_GPE"[:], 0))
    return None if events is None else namespace.child(events, name_of(kind, number))


@no_raise
def name_of(kind: u8, number: u32) -> u32:
    """Return an underscore, a letter and two hexadecimal digits as a name."""
    high, low = DIGITS[number >> 4 & 15], DIGITS[number & 15]
    return u32(ord("_")) | u32(kind) << 8 | u32(high) << 16 | u32(low) << 24


def ask_controller(interpreter: Interpreter) -> None:
    """Have the embedded controller's events dealt with, as many as it has.

    Raises:
        NoHandler: it does not answer.
    """
    device = setup.controller_device
    for _ in range(MOST_QUERIES):
        if not embedded_controller.has_event():
            return
        number = embedded_controller.query()
        if number == 0:
            return
        found = None if device is None else namespace.child(device, name_of(ord("Q"), u32(number)))
        if found is not None:
            call(interpreter, found)


def call(interpreter: Interpreter, found: Node) -> None:
    """Call a method; what is wrong with it is in the log."""
    try:
        interpreter.evaluate(found, Slots())
    except AmlError:
        interpreter.platform.failed(interpreter)
