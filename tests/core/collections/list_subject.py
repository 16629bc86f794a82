"""Target code for test_list: numbered objects in two lists."""

from __future__ import annotations

from core.collections.list import IntrusiveList, ListLink
from lang import Array, Slice, owner, struct, u32, usize

COUNT = 16
NOBODY = 255


@struct(pinned=True)
class Item:
    number: u32
    link: ListLink


@struct(pinned=True)
class Subject:
    """Items that are each in one of two lists, or in none."""

    items: Array[Item, 16]
    first: IntrusiveList
    second: IntrusiveList

    def __init__(self) -> None:
        for number in range(u32(COUNT)):
            self.items[number].number = number

    def is_linked(self, number: u32) -> bool:
        return self.items[number].link.is_linked

    def push_back(self, number: u32) -> None:
        self.first.push_back(self.items[number].link)

    def push_front(self, number: u32) -> None:
        self.first.push_front(self.items[number].link)

    def insert_before(self, number: u32, successor: u32) -> None:
        self.first.insert_before(self.items[number].link, self.items[successor].link)

    def remove(self, number: u32) -> None:
        self.first.remove(self.items[number].link)

    def pop_front(self) -> u32:
        link = self.first.pop_front()
        return u32(NOBODY) if link is None else owner(link, Item, "link").number

    def pop_back(self) -> u32:
        link = self.first.pop_back()
        return u32(NOBODY) if link is None else owner(link, Item, "link").number

    def rotate(self) -> None:
        self.first.rotate()

    def append_to_second(self, number: u32) -> None:
        self.second.push_back(self.items[number].link)

    def take_second(self) -> None:
        self.first.take_all(self.second)

    def numbers(self, into: Slice[u32]) -> usize:
        """Write the numbers of the items of the first list in order; return how many there are."""
        count = usize(0)
        for link in self.first:
            into[count] = owner(link, Item, "link").number
            count += 1
        return count

    def remove_odd(self) -> None:
        """Remove while iterating."""
        for link in self.first:
            if owner(link, Item, "link").number % 2 == 1:
                self.first.remove(link[0])
