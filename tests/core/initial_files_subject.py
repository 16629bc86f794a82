"""Target code for the tests of the initial files."""

from __future__ import annotations

from core import initial_files
from lang import Slice, i64, u8, u32, u64


def count(data: Slice[u8]) -> u64:
    """Return how many nodes there are."""
    return len(initial_files.open(data).nodes)


def find(data: Slice[u8], path: Slice[u8]) -> i64:
    """Return the number of what a path of names and slashes leads to, -1 if it leads nowhere."""
    files = initial_files.open(data)
    number: u32 = initial_files.ROOT
    start: u64 = 0
    for end in range(len(path) + 1):
        if end < len(path) and path[end] != 47:
            continue
        if end > start:
            child = files.child(number, path[start:end]) if files.is_folder(number) else None
            if child is None:
                return -1
            number = child
        start = end + 1
    return i64(number)


def is_folder(data: Slice[u8], number: u32) -> bool:
    return initial_files.open(data).is_folder(number)


def size_of(data: Slice[u8], number: u32) -> u64:
    return len(initial_files.open(data).content_of(number))


def byte_of(data: Slice[u8], number: u32, index: u64) -> u8:
    return initial_files.open(data).content_of(number)[index]


def walk(data: Slice[u8]) -> u64:
    """Touch all that a tree that was accepted has; return a sum over it."""
    files = initial_files.open(data)
    total: u64 = 0
    for number in range(u32(len(files.nodes))):
        total += len(files.name_of(number))
        if files.is_folder(number):
            first = files.nodes[number].start
            for child in range(first, first + files.nodes[number].size):
                found = files.child(number, files.name_of(u32(child)))
                assert found is not None and found == child, "a child is found by its name"
        else:
            for byte in files.content_of(number):
                total += byte
    return total
