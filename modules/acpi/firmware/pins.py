"""Where the interrupt pins of PCI's devices lead, as the firmware says it for each bus.

A bus has its package `_PRT` below the device that leads to it, which is a root of PCI or a bridge. A pin that leads to a link
device has a line chosen, if the firmware has not done that (link.py).

Source: ACPI 6.5, section 6.2.13.
"""

from __future__ import annotations

from typing import Final

from kernel.log import log
from lang import copy, retain, sleeps, truncate, u16, u32, u64
from modules.acpi.aml import namespace
from modules.acpi.aml.errors import AmlError
from modules.acpi.aml.interpreter import Interpreter
from modules.acpi.aml.node import Node
from modules.acpi.aml.values import Slots
from modules.acpi.firmware import loaded, pci_place
from modules.acpi.firmware.loaded import Work
from modules.acpi.resources import link, routing
from modules.acpi.resources.link import Line
from modules.acpi.resources.routing import ANY_FUNCTION, Route
from modules.acpi.tables.root import signature

ROUTING: Final[u32] = signature("_PRT")
SLOT_AND_FUNCTION: Final[u32] = 0xFF


class Question(Work):
    """Where a pin leads."""

    place: u32  # of the function
    pin: u32  # 0 is INTA
    answer: Line  # number 0: nowhere, as far as the firmware says

    def __init__(self, place: u32, pin: u32) -> None:
        super().__init__()
        self.place = place
        self.pin = pin
        self.answer = Line(0, False, False)

    @sleeps
    def run(self, interpreter: Interpreter) -> None:
        """Ask each bus that is the function's; what is wrong with what it says is in the log."""
        root = interpreter.root
        node = namespace.after(root, root)
        while node is not None and self.answer.number == 0:
            if node.name == ROUTING:
                try:
                    self.ask(interpreter, node)
                except AmlError:
                    interpreter.platform.failed(interpreter)
            node = namespace.after(node, root)

    def ask(self, interpreter: Interpreter, node: Node) -> None:
        """Take the line of the pin, if this is the function's bus, and it has one."""
        parent = node.parent
        if parent is None:
            return
        if not self.is_below(interpreter, retain(parent)):
            return
        package = interpreter.evaluate(namespace.behind_alias(node), Slots())
        index: u64 = 0
        while (route := routing.at(interpreter, package, index)) is not None:
            if self.is_meant(route):
                self.answer = copy(line_at(interpreter, route))
                return
            index += 1

    def is_below(self, interpreter: Interpreter, device: Node) -> bool:
        """Whether the function is on the bus that a device leads to; many lead nowhere, and nothing is wrong with that."""
        interpreter.begin()
        try:
            return pci_place.bus_below(interpreter, device) == self.place & ~SLOT_AND_FUNCTION
        except AmlError:
            return False

    def is_meant(self, route: Route) -> bool:
        is_device = u32(route.device) == self.place >> 3 & 31 and u32(route.pin) == self.pin
        function = truncate(u16, self.place & 7)
        return is_device and (route.function == ANY_FUNCTION or route.function == function)


@sleeps
def line_of(place: u32, pin: u32) -> Line:
    """Return the line that a pin of a function leads to; number 0: the firmware does not say.

    place: as in modules/drivers/pci/configuration.py. pin: 0 is INTA.

    Raises:
        MemoryError: there is too little memory.
    """
    question = Question(place, pin)
    loaded.carry_out(question)
    if question.reason is not None:
        log.error(f"acpi: where pin {pin + 1} of {place:#x} leads cannot be found out")
    return copy(question.answer)


def line_at(interpreter: Interpreter, route: Route) -> Line:
    """Return the line at the end of a route; one without a link is level triggered and active low, as PCI has it."""
    device = route.link
    if device is None:
        return Line(route.index, False, True)
    return link.line_of(interpreter, device)
