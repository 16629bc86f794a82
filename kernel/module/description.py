"""What a module says of itself: what it is, which kinds of devices it drives, and how it takes one into use.

A module that the kernel loads has one variable of type Module, in the section `.module`; one that is part of the
kernel's image has a Description for each kind of device, in `.modules` (linked.py).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kernel.mem.layout import PhysAddr
from lang import Slice, struct, u8

SYSTEM_VERSION: Final = "0.1.0"  # modules of another are refused; their folder has its name


@struct
class Device:
    """A device that was found, as long as the call that shows it."""

    kind: Slice[u8]  # a hardware identifier of ACPI, or a name of our own
    name: Slice[u8]  # that no other device has, such as its path in ACPI's namespace
    address: PhysAddr  # where it is, in whatever sense the kind has
    left: Slice[u8] = b""  # what the module that used it last has left for the next (loader.leave)


def nothing() -> None:
    """There is nothing to do when the module is loaded, or before it is unloaded."""


def accept(device: Device) -> None:
    """The module does nothing with a device; being loaded for it was enough."""


def ignore(device: Device) -> None:
    """There is nothing to do for a device that is gone."""


@struct
class Module:
    """A module that is loaded while the system runs."""

    name: str
    author: str
    description: str
    version: str
    licence: str
    devices: str  # the kinds that it drives, with ; between them
    load: Callable[[], None] = nothing  # once its code is in place; an exception refuses it
    unload: Callable[[], None] = nothing  # before that goes; an exception is logged
    attach: Callable[[Device], None] = accept  # takes a device into use, or raises
    detach: Callable[[Device], None] = ignore


@struct
class Description:
    """One kind of device that a module in the image drives."""

    name: str  # the module's
    kind: str  # of device
    attach: Callable[[PhysAddr], None]  # takes the device at an address into use


class NotUsable(Exception):
    """A device is not one that the module can use; the reason is in the log."""
