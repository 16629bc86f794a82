"""What a module says of itself: which kind of device it drives, and how it takes one into use."""

from __future__ import annotations

from collections.abc import Callable

from kernel.mem.layout import PhysAddr
from lang import struct


@struct
class Description:
    """One kind of device that a module drives."""

    name: str  # the module's
    kind: str  # of device
    attach: Callable[[PhysAddr], None]  # takes the device at an address into use


class NotUsable(Exception):
    """A device is not one that the module can use; the reason is in the log."""
