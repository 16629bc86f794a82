"""Open files: what a number in a process' table leads to."""

from __future__ import annotations

from core.errors import NotSupported
from lang import UserSlice, sleeps, u8, u64


class File:
    """Something open. Whatever a kind of file cannot do raises NotSupported.

    Data goes directly between the file and the memory of the program that asks; each call may raise BadAddress.
    """

    @sleeps
    def read(self, into: UserSlice[u8]) -> u64:
        """Move bytes to the program, as many as there are and fit; return how many, 0 at the end."""
        raise NotSupported

    @sleeps
    def write(self, data: UserSlice[u8]) -> u64:
        """Take bytes from the program; return how many."""
        raise NotSupported
