"""Extended capabilities: those of PCI Express, a list in the configuration space behind the first 256 bytes.

    walk = extended.Walk(place)
    while walk.go_on():
        walk.identity, walk.version, walk.place

An entry's head has its identity in 16 bits, its version in 4, and where the next one is in 12. A list that ends in a circle is left
after as many steps as there is room for entries.

Source: PCI Express Base Specification 5.0, section 7.6.
"""

from __future__ import annotations

from typing import Final

from lang import no_raise, struct, u32
from modules.drivers.pci import configuration

FIRST: Final[u32] = 0x100
MOST: Final[u32] = (configuration.SIZE_IN_MEMORY - FIRST) // 8  # the least has 8 bytes


@struct
class Walk:
    """Steps through the list of a function, if it has one."""

    function: u32  # its place
    place: u32  # of the entry that the walk is at
    identity: u32
    version: u32
    next: u32
    steps: u32

    def __init__(self, function: u32) -> None:
        self.function = function
        self.place = 0
        self.identity = 0
        self.version = 0
        self.next = FIRST
        self.steps = 0

    @no_raise
    def go_on(self) -> bool:
        """Go to the next entry; return whether there is one."""
        if self.next < FIRST or self.steps == MOST:
            return False
        head = configuration.read(self.function, self.next)
        if head == 0 or head == configuration.NOTHING:
            return False
        self.steps += 1
        self.place = self.next
        self.identity = head & 0xFFFF
        self.version = head >> 16 & 0xF
        self.next = head >> 20 & 0xFFC
        return True
