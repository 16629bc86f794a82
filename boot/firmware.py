"""The firmware's services, with failures in words: whatever the loader cannot do without, it stops for.

`open` is called once, first. What `allocate` gives lies below 4 GiB, where the kernel's first page
tables reach, and is memory of kind BOOT for the kernel.
"""

from __future__ import annotations

from typing import Final, NoReturn

from boot import console, efi
from boot.efi import GUID, AllocateType, BootServices, LoadedImage, MemoryType, SystemTable
from lang import Format, Ptr, Slice, address_of, no_raise, u8, u64, unreachable

PAGE_SIZE: Final[u64] = 4096
HIGHEST: Final[u64] = (1 << 32) - 1

_system: Ptr[SystemTable] | None = None
_image: u64 = 0  # the loader's handle


@no_raise
def open(image: u64, system: Ptr[SystemTable]) -> None:
    """Remember who calls, and let no watchdog end the loader."""
    global _system, _image
    _system = system
    _image = image
    console.open(system)
    system.boot_services.set_watchdog_timer(0, 0, 0, 0)


@no_raise
def system() -> Ptr[SystemTable]:
    found = _system
    assert found is not None, "the firmware was not opened"
    return found


@no_raise
def services() -> Ptr[BootServices]:
    return system().boot_services


@no_raise
def image() -> u64:
    """Return the handle of the loader itself."""
    return _image


@no_raise
def stop(reason: Format) -> NoReturn:
    """Say why the system does not start, wait for a key, and go back to the firmware."""
    console.say(reason)
    console.print_line(b"PatchworkOS cannot start. Press a key to return to the firmware.")
    console.wait_for_key(system())
    services().exit(_image, efi.LOAD_ERROR, 0, 0)
    console.halt()
    unreachable()


@no_raise
def allocate(size: u64) -> u64:
    """Return the address of whole pages of zeros."""
    count = (size + PAGE_SIZE - 1) // PAGE_SIZE
    address = HIGHEST
    status = services().allocate_pages(
        AllocateType.MAX_ADDRESS, MemoryType.LOADER_DATA, count, address_of(address)
    )
    if status != efi.SUCCESS:
        stop(f"there are no {count * PAGE_SIZE >> 10} KiB of memory left below 4 GiB")
    Slice[u8](Ptr[u8](address), count * PAGE_SIZE).fill(0)
    return address


@no_raise
def find_protocol(name: GUID) -> u64:
    """Return the address of the first protocol of a kind, 0 if there is none."""
    found: u64 = 0
    status = services().locate_protocol(address_of(name), 0, address_of(found))
    return found if status == efi.SUCCESS else 0


@no_raise
def protocol_of(handle: u64, name: GUID) -> u64:
    """Return the address of a protocol of a handle, 0 if it does not have it."""
    found: u64 = 0
    status = services().handle_protocol(handle, address_of(name), address_of(found))
    return found if status == efi.SUCCESS else 0


@no_raise
def own_image() -> Ptr[LoadedImage]:
    """Return where the loader came from, and where it lies."""
    address = protocol_of(_image, efi.LOADED_IMAGE)
    if address == 0:
        stop("the firmware does not say where the boot loader came from")
    return Ptr[LoadedImage](address)


@no_raise
def find_rsdp() -> u64:
    """Return where ACPI's tables begin, those of version 2 if there are any; 0 if there is no ACPI."""
    rsdp: u64 = 0
    table = system()
    for index in range(table.table_count):
        entry = table.tables[index]
        if is_same(entry.name, efi.ACPI_2):
            return entry.address
        if is_same(entry.name, efi.ACPI_1):
            rsdp = entry.address
    return rsdp


@no_raise
def is_same(one: GUID, other: GUID) -> bool:
    left, right = address_of(one).cast(u64), address_of(other).cast(u64)
    return left[0] == right[0] and left[1] == right[1]
