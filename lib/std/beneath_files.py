"""Files of the system beneath a program (lib/python/system.py), where that is ours."""

from __future__ import annotations

from enum import IntEnum

from lang import Slice, u8, u64, usize
from lib.std import files, system


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
            if files.is_folder(path):
                raise IsADirectoryError
            flags = ":read"
        case Access.REPLACE:
            flags = ":write:create:truncate"
        case Access.APPEND:
            flags = ":write:create:append"
        case Access.CREATE:
            flags = ":write:create:exclusive"
    flagged = path + flags
    return system.open(flagged.encode())


def read(number: u64, into: Slice[u8]) -> usize:
    """Read into memory; return how many bytes came, 0 at the end.

    Raises:
        OSError: the class that says why not.
    """
    return system.read(number, into)


def write(number: u64, data: Slice[u8]) -> usize:
    """Write memory; return how many bytes were taken.

    Raises:
        OSError: the class that says why not.
    """
    return system.write(number, data)


def close(number: u64) -> None:
    """Let go of an open file.

    Raises:
        OSError: the number is not open.
    """
    system.close(number)
