"""A platform for tests and tools: registers of all kinds are memory of zeroes that keeps what is written.

Time passes only when AML looks at it, so that a run is the same each time.
"""

from __future__ import annotations

from typing import Final

from lang import Array, Slice, no_raise, truncate, u8, u32, u64, wrapping_add, wrapping_mul
from modules.acpi.aml.errors import TooLarge
from modules.acpi.aml.machine import Machine
from modules.acpi.aml.node import Node
from modules.acpi.aml.platform import Platform
from modules.acpi.aml.values import Region, Slots, Value

PAGE_SIZE: Final = 64
BUCKETS: Final = 256
MOST_PAGES: Final = 1 << 16
SPREAD: Final = 0x9E37_79B9_7F4A_7C15  # 2 ** 64 divided by the golden ratio


class Page:
    """Some bytes that were written."""

    space: u8
    number: u64
    bytes: Array[u8, 64]
    next: Page | None

    def __init__(self, space: u8, number: u64, next: Page | None) -> None:
        self.space = space
        self.number = number
        self.next = next


class MemoryPlatform(Platform):
    """Memory in place of everything."""

    pages: Array[Page | None, 256]
    page_count: u64
    now: u64
    locked: u64  # how often the global lock was taken
    has_lock: bool

    def __init__(self) -> None:
        self.page_count = 0
        self.now = 0
        self.locked = 0
        self.has_lock = False

    def __del__(self) -> None:
        for index in range(u64(BUCKETS)):
            page = self.pages[index]
            self.pages[index] = None
            while page is not None:
                following = page.next
                page.next = None
                page = following

    def reaches(self, space: u8) -> bool:
        return True

    def read(self, region: Region, offset: u64, size: u64) -> u64:
        result: u64 = 0
        for index in range(size):
            address = wrapping_add(wrapping_add(region.offset, offset), index)
            page = self.find(region.space, address // PAGE_SIZE)
            if page is not None:
                result |= u64(page.bytes[address % PAGE_SIZE]) << (8 * index)
        return result

    def write(self, region: Region, offset: u64, size: u64, value: u64) -> None:
        for index in range(size):
            address = wrapping_add(wrapping_add(region.offset, offset), index)
            page = self.find_or_make(region.space, address // PAGE_SIZE)
            page.bytes[address % PAGE_SIZE] = truncate(u8, value >> (8 * index))

    def ticks(self) -> u64:
        self.now += 1
        return self.now

    def pause(self, microseconds: u64) -> None:
        self.now = wrapping_add(self.now, wrapping_mul(microseconds, u64(10)))

    def take_global_lock(self) -> None:
        assert not self.has_lock, "it is taken once at a time"
        self.has_lock = True
        self.locked += 1

    def give_global_lock(self) -> None:
        assert self.has_lock, "it was taken"
        self.has_lock = False

    def notify(self, node: Node, value: u64) -> None:
        """Nobody listens."""

    def fatal(self, kind: u8, code: u32, argument: u64) -> None:
        """Nobody listens."""

    def transfer(self, region: Region, offset: u64, attribute: u8, data: Slice[u8]) -> None:
        """Keep what is written, status and length included; no device answers."""

    def show(self, machine: Machine, value: Value) -> None:
        """Nobody looks."""

    def failed(self, machine: Machine) -> None:
        """Nobody listens."""

    def called(self, machine: Machine, node: Node, arguments: Slots) -> None:
        """Nobody listens."""

    def find(self, space: u8, number: u64) -> Page | None:
        page = self.pages[bucket_of(space, number)]
        while page is not None and not (page.space == space and page.number == number):
            page = page.next
        return page

    def find_or_make(self, space: u8, number: u64) -> Page:
        """Return a page.

        Raises:
            TooLarge: there are as many as there may be.
        """
        found = self.find(space, number)
        if found is not None:
            return found
        if self.page_count == MOST_PAGES:
            raise TooLarge
        bucket = bucket_of(space, number)
        page = Page(space, number, self.pages[bucket])
        self.pages[bucket] = page
        self.page_count += 1
        return page


@no_raise
def bucket_of(space: u8, number: u64) -> u64:
    return wrapping_mul(number ^ u64(space) << 56, u64(SPREAD)) >> 56
