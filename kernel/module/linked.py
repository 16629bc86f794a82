"""Modules that are part of the image, and attaching them to devices.

A module describes itself by a Description in the section `.modules`, one for each kind of device that it
drives; the linker puts them in a row, so that the kernel finds them without naming any:

    DESCRIPTION: Annotated[Description, section(".modules")] = Description("rtc", "PNP0B00", attach)

Whoever finds a device says of which kind it is and where, and every module that drives that kind is
attached to it. Kinds are the hardware identifiers of ACPI, or names of our own for what has none.
"""

from __future__ import annotations

from core import trap
from core.object import TypeInfo
from kernel.log import log
from kernel.mem.layout import PhysAddr
from kernel.module.description import Description
from lang import Ptr, Slice, handled_class, sizeof, symbol_address, u8


def attach(kind: str, address: PhysAddr) -> None:
    """Let all modules that drive a kind of device use one that was found.

    address: where it is, in whatever sense the kind has.
    """
    attach_to(kind.encode(), address)


def attach_to(kind: Slice[u8], address: PhysAddr) -> None:
    """The same, for a kind whose name was made at run time."""
    for each in descriptions():
        if each.kind.encode() == kind:
            log.debug(f"{each.name}: attaching to {kind} at {address:#x}")
            try:
                each.attach(address)
            except BaseException:  # noqa: BLE001 - the system goes on without the device
                reason = trap.text_at(handled_class().cast(TypeInfo).name)
                log.error(f"{each.name}: {kind} at {address:#x} is out of use: {reason}")


def descriptions() -> Slice[Description]:
    start, end = symbol_address("__modules_start"), symbol_address("__modules_end")
    return Slice[Description](Ptr[Description](start), (end - start) // sizeof(Description))
