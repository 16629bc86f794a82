"""The devices that are present, whether a module uses them or not: what a module that is loaded later may drive.

Lock: the loader's.
"""

from __future__ import annotations

from kernel.mem.heap_memory import HeapMemory, copy_of
from kernel.mem.layout import PhysAddr
from kernel.module.description import Device
from lang import Slice, no_raise, u8


class Present:
    """A device that was found, and is not gone."""

    kind: HeapMemory
    name: HeapMemory
    address: PhysAddr
    is_for_all: bool  # each module that drives it may use it
    left: HeapMemory | None  # by the module that used it last, for the next
    next: Present | None  # that was found after it

    def __init__(self, device: Device, is_for_all: bool) -> None:
        """Raises:
        MemoryError: there is too little memory.
        """
        self.kind = copy_of(device.kind)
        self.name = copy_of(device.name)
        self.address = device.address
        self.is_for_all = is_for_all


first: Present | None = None
last: Present | None = None


def note(device: Device, is_for_all: bool) -> None:
    """Note that a device is present, if that is not known.

    Raises:
        MemoryError: there is too little memory.
    """
    global first, last
    if find(device.name) is not None:
        return
    made = Present(device, is_for_all)
    before = last
    if before is None:
        first = made
    else:
        before.next = made
    last = made


@no_raise
def forget(name: Slice[u8]) -> None:
    """Note that a device is gone."""
    global first, last
    before: Present | None = None
    at = first
    while at is not None and at.name.bytes != name:
        before = at
        at = at.next
    if at is None:
        return
    if before is None:
        first = at.next
    else:
        before.next = at.next
    if last is at:
        last = before


@no_raise
def find(name: Slice[u8]) -> Present | None:
    """Return the device of a name; None: it is not present."""
    at = first
    while at is not None and at.name.bytes != name:
        at = at.next
    return at
