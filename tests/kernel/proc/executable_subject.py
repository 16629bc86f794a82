"""Plans for files."""

from __future__ import annotations

from kernel.proc import executable_file
from lang import Slice, u8, u64


def size_of(file: Slice[u8]) -> u64:
    return executable_file.check(file).size


def entry_of(file: Slice[u8]) -> u64:
    return executable_file.check(file).entry


def relocations_of(file: Slice[u8]) -> u64:
    return executable_file.check(file).relocation_count
