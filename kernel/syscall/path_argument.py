"""Paths as programs hand them over: bytes in their memory."""

from __future__ import annotations

from typing import Final

from core.errors import NameTooLong
from kernel.fs.path import LONGEST_PATH
from lang import Slice, UserSlice, u8

PATH_ROOM: Final = 1024  # bytes, for the longest


def copy_path(path: UserSlice[u8], into: Slice[u8]) -> Slice[u8]:
    """Copy a path from a program, and return it.

    into: PATH_ROOM bytes.

    Raises:
        NameTooLong: it is longer than a path may be.
        BadAddress: it is not the program's.
    """
    if len(path) > LONGEST_PATH:
        raise NameTooLong
    path.copy_out(into[: len(path)])
    return into[: len(path)]
