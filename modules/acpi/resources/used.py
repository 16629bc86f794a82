"""What a driver has to know of the resources that a device uses: where its registers are, and its interrupt.

A device may use several of each; the first is what a driver of such a device means.

Source: ACPI 6.5, section 6.2.2 (_CRS).
"""

from __future__ import annotations

from lang import Slice, struct, u8, u64
from modules.acpi.resources import descriptor, interrupt, ranges
from modules.acpi.resources.descriptor import Descriptor, Tag
from modules.acpi.resources.link import Line
from modules.acpi.resources.ranges import Space


@struct
class Used:
    """The first of each; a length, or the number of the interrupt, is 0 where there is none."""

    port: u64
    port_count: u64
    memory: u64  # physical address
    memory_size: u64  # in bytes
    line: Line  # of an interrupt of the PC's bus, where the number is below 16, or a global one

    def take(self, data: Slice[u8], each: Descriptor) -> None:
        """Note what a descriptor says, if it is the first of its kind.

        Raises:
            BadResource: it is shorter than it has to be.
        """
        if interrupt.is_interrupt(each):
            self.take_line(data, each)
        elif ranges.is_range(each):
            found = ranges.read(data, each)
            if found.space == Space.PORTS and self.port_count == 0:
                self.port, self.port_count = found.minimum, found.length
            elif found.space == Space.MEMORY and self.memory_size == 0:
                self.memory, self.memory_size = found.minimum, found.length

    def take_line(self, data: Slice[u8], each: Descriptor) -> None:
        found = interrupt.read(data, each)
        if self.line.number == 0 and found.count > 0:
            number = interrupt.number(data, each, 0)
            self.line = Line(number, found.is_edge, found.is_low)


def used(data: Slice[u8]) -> Used:
    """Return what descriptors say that a device uses.

    Raises:
        BadResource: they are no descriptors up to an end.
    """
    descriptor.check(data)
    result = Used(0, 0, 0, 0, Line(0, False, False))
    each = descriptor.at(data, 0)
    while each.tag != Tag.END:
        result.take(data, each)
        each = descriptor.at(data, each.end)
    return result
