"""File tables: the open files of a process, by small numbers."""

from __future__ import annotations

from typing import Final

from core.errors import BadFile, TooManyFiles
from kernel.fs.file import File
from kernel.fs.mode import Mode
from kernel.sync.spin_lock import SpinLock
from lang import Array, no_raise, struct, u64, usize

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

    def put(self, number: u64, file: File) -> None:
        """Let a number lead to a file, whatever it led to before.

        Raises:
            BadFile: there is no such number.
        """
        if number >= COUNT:
            raise BadFile
        with self.lock:
            before = self.files[usize(number)]
            self.files[usize(number)] = file
        del before

    def copy_to(self, old: u64, new: u64) -> None:
        """Let a number lead where another one does.

        Raises:
            BadFile: the first leads nowhere, or there is no such second.
        """
        self.put(new, self.find(old))

    def close(self, number: u64) -> None:
        """Let go of a number's file; the last to do so ends it.

        Raises:
            BadFile: there is none.
        """
        if number >= COUNT:
            raise BadFile
        with self.lock:
            closed = self.files[usize(number)]
            self.files[usize(number)] = None
        if closed is None:
            raise BadFile
        del closed  # the last reference may sleep, so not under the lock

    @no_raise
    def close_range(self, first: u64, end: u64) -> None:
        """Let go of the files of all numbers from one on, up to another."""
        for number in range(usize(min(first, COUNT)), usize(min(end, COUNT))):
            with self.lock:
                closed = self.files[number]
                self.files[number] = None
            del closed

    @no_raise
    def copy_from(self, other: FileTable, end: u64) -> None:
        """Have the files that another table has, up to a number; PRIVATE ones excepted."""
        for number in range(usize(min(end, COUNT))):
            with other.lock:
                file = other.files[number]
            if file is not None and file.mode & Mode.PRIVATE == 0:
                self.files[number] = file
