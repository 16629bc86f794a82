"""Files of the system beneath a program: Linux, by its system calls. Another target puts its own in this place.

Source: Linux, open(2), read(2), write(2), close(2), errno(3).
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from core.errors import BadFile, DeviceError, NameTooLong, NoSpace, ReadOnly, TooManyFiles
from core.world.system import system_call
from lang import Slice, i64, u8, u64, usize

SYS_READ: Final = 0
SYS_WRITE: Final = 1
SYS_OPEN: Final = 2
SYS_CLOSE: Final = 3

WRITE_ONLY: Final = 0o1
CREATE: Final = 0o100
EXCLUSIVE: Final = 0o200
TRUNCATE: Final = 0o1000
APPEND: Final = 0o2000
CLOSE_AT_EXEC: Final = 0o2000000
PERMISSIONS: Final = 0o666


class Access(IntEnum):
    """What a file is opened for."""

    READ = 0
    REPLACE = 1
    APPEND = 2
    CREATE = 3


def open(path: str, access: Access) -> u64:
    """Open a file, and return its number.

    Raises:
        OSError: the class that says why not.
    """
    match access:
        case Access.READ:
            flags = 0
        case Access.REPLACE:
            flags = WRITE_ONLY | CREATE | TRUNCATE
        case Access.APPEND:
            flags = WRITE_ONLY | CREATE | APPEND
        case Access.CREATE:
            flags = WRITE_ONLY | CREATE | EXCLUSIVE
    ended = path + "\0"
    name = ended.encode()
    number = checked(
        system_call(SYS_OPEN, name.pointer.address, u64(flags | CLOSE_AT_EXEC), u64(PERMISSIONS))
    )
    if access == Access.READ:
        refuse_folder(number)
    return number


def refuse_folder(number: u64) -> None:
    """Close a folder, which Linux lets be opened for reading, but not read."""
    try:
        checked(system_call(SYS_READ, number, 0, 0))
    except IsADirectoryError:
        close(number)
        raise


def read(number: u64, into: Slice[u8]) -> usize:
    """Read into memory; return how many bytes came, 0 at the end.

    Raises:
        OSError: the class that says why not.
    """
    return checked(system_call(SYS_READ, number, into.pointer.address, len(into)))


def write(number: u64, data: Slice[u8]) -> usize:
    """Write memory; return how many bytes were taken.

    Raises:
        OSError: the class that says why not.
    """
    return checked(system_call(SYS_WRITE, number, data.pointer.address, len(data)))


def close(number: u64) -> None:
    """Let go of an open file.

    Raises:
        OSError: the class that says what was lost.
    """
    checked(system_call(SYS_CLOSE, number, 0, 0))


def checked(result: i64) -> u64:
    """Return what a call gives.

    Raises:
        OSError: the class for the number with which it failed.
    """
    if result >= 0:
        return u64(result)
    match -result:
        case 1 | 13:
            raise PermissionError
        case 2:
            raise FileNotFoundError
        case 4:
            raise InterruptedError
        case 5:
            raise DeviceError
        case 9:
            raise BadFile
        case 11:
            raise BlockingIOError
        case 12:
            raise MemoryError
        case 17:
            raise FileExistsError
        case 20:
            raise NotADirectoryError
        case 21:
            raise IsADirectoryError
        case 23 | 24:
            raise TooManyFiles
        case 28:
            raise NoSpace
        case 30:
            raise ReadOnly
        case 32:
            raise BrokenPipeError
        case 36:
            raise NameTooLong
    raise OSError
