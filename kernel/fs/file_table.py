"""File tables: the open files of a process, by small numbers."""

from __future__ import annotations

from typing import Final

from core.errors import BadFile, TooManyFiles
from kernel.fs.file import File
from kernel.sync.spin_lock import SpinLock
from lang import Array, struct, u64, usize

COUNT: Final[u64] = 64


@struct(pinned=True)
class FileTable:
    lock: SpinLock
    files: Array[File | None, 64]  # guarded by lock

    def find(self, number: u64) -> File:
        """Return the file of a number.

        Raises:
            BadFile: there is none.
        """
        if number < COUNT:
            with self.lock:
                file = self.files[usize(number)]
            if file is not None:
                return file
        raise BadFile

    def add(self, file: File) -> u64:
        """Give a file the lowest number that is free, and return it.

        Raises:
            TooManyFiles: none is.
        """
        with self.lock:
            for number in range(usize(COUNT)):
                if self.files[number] is None:
                    self.files[number] = file
                    return u64(number)
        raise TooManyFiles

    def close(self, number: u64) -> None:
        """Let go of a number's file; the last to do so ends it.

        Raises:
            BadFile: there is none.
        """
        closed = self.find(number)
        with self.lock:
            if self.files[usize(number)] is closed:
                self.files[usize(number)] = None
        del closed  # the last reference may sleep, so not under the lock
