"""Target code for the tests of loading the kernel's file."""

from __future__ import annotations

from boot import kernel_file
from lang import Slice, u8, u64


def start_of(file: Slice[u8]) -> u64:
    return kernel_file.examine(file).start


def size_of(file: Slice[u8]) -> u64:
    return kernel_file.examine(file).size


def entry_of(file: Slice[u8]) -> u64:
    return kernel_file.examine(file).entry


def place(file: Slice[u8], memory: Slice[u8], slide: u64) -> None:
    kernel = kernel_file.examine(file)
    kernel_file.place(file, kernel, memory, slide)
