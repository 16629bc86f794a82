"""Files of the partition that the loader came from, read whole.

Source: UEFI Specification 2.10, section 13.5.
"""

from __future__ import annotations

from boot import efi, firmware
from boot.efi import File, SimpleFileSystem
from core.handover import Extent
from lang import Array, Ptr, Slice, address_of, no_raise, u8, u16, u64, usize


@no_raise
def read(path: Slice[u8], what: Slice[u8]) -> Extent:
    """Read a file, which there must be.

    path: ASCII, with backslashes. what: it is, for the message.
    """
    file = _open(_open_volume(), path)
    if file is None:
        firmware.stop(f"{what} is missing: there is no file {path} on the boot partition")
    size = _size_of(file)
    if size == 0:
        firmware.stop(f"{what} is damaged: the file {path} is empty or cannot be read")
    address = firmware.allocate(size)
    if not _read_all(file, address, size):
        firmware.stop(f"{what} is damaged: the file {path} cannot be read to its end")
    file.close(file)
    return Extent(address, size)


@no_raise
def _open_volume() -> Ptr[File]:
    address = firmware.protocol_of(firmware.own_image().device, efi.SIMPLE_FILE_SYSTEM)
    if address == 0:
        firmware.stop("the firmware cannot read the boot partition's files")
    volume = Ptr[SimpleFileSystem](address)
    root: u64 = 0
    if volume.open_volume(volume, address_of(root)) != efi.SUCCESS or root == 0:
        firmware.stop("the firmware cannot open the boot partition")
    return Ptr[File](root)


@no_raise
def _open(folder: Ptr[File], path: Slice[u8]) -> Ptr[File] | None:
    name = Array[u16, 64]()
    for index in range(min(len(path), usize(len(name)) - 1)):
        name[index] = path[index]
    found: u64 = 0
    status = folder.open(folder, address_of(found), address_of(name[0]), efi.FILE_READ, 0)
    return Ptr[File](found) if status == efi.SUCCESS and found != 0 else None


@no_raise
def _size_of(file: Ptr[File]) -> u64:
    """Return the size of a file, 0 if the firmware does not know it."""
    size: u64 = 0
    if file.set_position(file, efi.END_OF_FILE) != efi.SUCCESS:
        return 0
    if file.get_position(file, address_of(size)) != efi.SUCCESS:
        return 0
    return size if file.set_position(file, 0) == efi.SUCCESS else 0


@no_raise
def _read_all(file: Ptr[File], address: u64, size: u64) -> bool:
    """Return whether all was read. Firmware may give less than it is asked for."""
    done: u64 = 0
    while done < size:
        count = size - done
        if file.read(file, address_of(count), address + done) != efi.SUCCESS or count == 0:
            return False
        done += count
    return True
