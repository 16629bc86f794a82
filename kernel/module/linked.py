"""Modules that are part of the image, and attaching them to devices.

A module describes itself by a Description in the section `.modules`, one for each kind of device that it
drives; the linker puts them in a row, so that the kernel finds them without naming any:

    DESCRIPTION: Annotated[Description, section(".modules")] = Description("rtc", "PNP0B00", attach)

One that could as well be loaded (loader.py) describes itself as such a module does, in `.module`.

Whoever finds a device says of which kind it is and where, and every module that drives that kind is
attached to it. Kinds are the hardware identifiers of ACPI, or names of our own for what has none.
"""

from __future__ import annotations

from typing import Final

from core import trap
from core.object import TypeInfo
from kernel.log import log
from kernel.mem.layout import PhysAddr
from kernel.module import info
from kernel.module.description import Description, Device, Module
from lang import (
    Array,
    Ptr,
    Slice,
    handled_class,
    no_raise,
    sizeof,
    struct,
    symbol_address,
    u8,
    u64,
)

MOST_FOUND: Final = 128
MOST_LINKED: Final = 32


@struct
class Found:
    """A device that nothing in the image drives, until the loader is told of it."""

    kind: Array[u8, info.LONGEST_KIND]
    length: u64  # of the kind
    address: PhysAddr


found: Array[Found, MOST_FOUND]
found_count: u64 = 0
has_begun: Array[bool, MOST_LINKED]  # of the modules in the image that could be loaded as well


def attach(kind: str, address: PhysAddr) -> None:
    """Let all modules that drive a kind of device use one that was found. If none does, it waits for the loader.

    address: where it is, in whatever sense the kind has.
    """
    attach_to(kind.encode(), address)


def attach_to(kind: Slice[u8], address: PhysAddr) -> None:
    """The same, for a kind whose name was made at run time."""
    is_driven = False
    for each in descriptions():
        if each.kind.encode() == kind:
            is_driven = True
            log.debug(f"{each.name}: attaching to {kind} at {address:#x}")
            try:
                each.attach(address)
            except BaseException:  # noqa: BLE001 - the system goes on without the device
                say_unused(each.name, kind, address, handled_class())
    for index, module in enumerate(modules()):
        if info.has_kind(module.devices.encode(), kind):
            is_driven = True
            use(index, module, kind, address)
    if not is_driven:
        remember(kind, address)


def use(index: u64, module: Module, kind: Slice[u8], address: PhysAddr) -> None:
    """Let a module in the image begin, if it has not, and use a device."""
    try:
        if not has_begun[index]:
            has_begun[index] = True
            module.load()
        module.attach(Device(kind, kind, address))
    except BaseException:  # noqa: BLE001 - the system goes on without the device
        say_unused(module.name, kind, address, handled_class())


@no_raise
def say_unused(name: str, kind: Slice[u8], address: PhysAddr, exception: Ptr[None]) -> None:
    reason = trap.text_at(exception.cast(TypeInfo).name)
    log.error(f"{name}: {kind} at {address:#x} is out of use: {reason}")


@no_raise
def remember(kind: Slice[u8], address: PhysAddr) -> None:
    """Note a device that nothing in the image drives; more than MOST_FOUND are forgotten, which no module drives."""
    global found_count
    if found_count == MOST_FOUND or len(kind) > info.LONGEST_KIND:
        log.debug(f"{kind} at {address:#x} is one device too many")
        return
    device = found[found_count]
    device.kind[: len(kind)].copy_from(kind)
    device.length = len(kind)
    device.address = address
    found_count += 1


def modules() -> Slice[Module]:
    start, end = symbol_address("__module_start"), symbol_address("__module_end")
    return Slice[Module](Ptr[Module](start), (end - start) // sizeof(Module))


def descriptions() -> Slice[Description]:
    start, end = symbol_address("__modules_start"), symbol_address("__modules_end")
    return Slice[Description](Ptr[Description](start), (end - start) // sizeof(Description))
