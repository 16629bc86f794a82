"""A table from names to numbers: chained hashing over static entries, linked by index.

Invariants:
    Entry 0 is never used, so that 0 ends a chain.
    An entry is in the chain of its name's hash, or in the free chain.
"""

from __future__ import annotations

from lang import Array, Slice, struct, truncate, u8, u32, u64, usize, wrapping_mul

ENTRIES = 64  # or 128, 192
CHAINS = 32  # or 64, 16
NAME_MAX = 12  # or 16, 28


@struct
class Entry:
    name: Array[u8, NAME_MAX]
    length: u8
    next: u32
    value: u64

    def has_name(self, name: Slice[u8]) -> bool:
        return self.name[: self.length] == name


@struct(pinned=True)
class Table:
    entries: Array[Entry, ENTRIES]
    chains: Array[u32, CHAINS]
    free: u32
    unused: u32  # entries from here on were never used

    def clear(self) -> None:
        """Forget all names."""
        self.chains[:].fill(0)
        self.free = 0
        self.unused = 1

    def find(self, name: Slice[u8]) -> u64:
        """Return the value of a name.

        Raises:
            KeyError: the name is unknown.
        """
        at = self.chains[chain_of(name)]
        while at != 0:
            if self.entries[at].has_name(name):
                return self.entries[at].value
            at = self.entries[at].next
        raise KeyError

    def add(self, name: Slice[u8], value: u64) -> None:
        """Add a name in front of any that is equal.

        Raises:
            ValueError: the name is empty or too long.
            MemoryError: the table is full.
        """
        if len(name) == 0 or len(name) > NAME_MAX:
            raise ValueError
        at = self.take_free()
        chain = chain_of(name)
        entry = self.entries[at]
        entry.name[: len(name)].copy_from(name)
        entry.length = u8(len(name))
        entry.value = value
        entry.next = self.chains[chain]
        self.chains[chain] = at

    def take_free(self) -> u32:
        """Return an entry that is in no chain.

        Raises:
            MemoryError: there is none.
        """
        at = self.free
        if at != 0:
            self.free = self.entries[at].next
            return at
        if self.unused == ENTRIES:
            raise MemoryError
        self.unused += 1
        return self.unused - 1

    def remove(self, name: Slice[u8]) -> bool:
        """Forget a name; return whether it was known."""
        chain = chain_of(name)
        before = u32(0)
        at = self.chains[chain]
        while at != 0 and not self.entries[at].has_name(name):
            before = at
            at = self.entries[at].next
        if at == 0:
            return False

        if before == 0:
            self.chains[chain] = self.entries[at].next
        else:
            self.entries[before].next = self.entries[at].next
        self.entries[at].next = self.free
        self.free = at
        return True


table: Table


def chain_of(name: Slice[u8]) -> usize:
    """Return which chain holds a name."""
    hashed = u64(0xCBF29CE484222325)
    for byte in name:
        hashed = wrapping_mul(hashed ^ byte, 0x100000001B3)
    return (hashed >> 32) % CHAINS


def write_name(into: Slice[u8], number: u64) -> usize:
    """Write a name made of letters; return its length."""
    length = usize(0)
    rest = number + 1
    while rest > 0 and length < len(into):
        into[length] = truncate(u8, 97 + rest % 26)
        rest //= 26
        length += 1
    return length


def exercise(seed: u64) -> u64:
    """Add, find and remove names; return a checksum."""
    table.clear()
    name = Array[u8, NAME_MAX]()
    total = seed % 1000
    for i in range(u64(100)):
        number = (seed % 7919 + i * 37) % 150
        key = name[: write_name(name[:], number)]
        try:
            if i % 3 == 2:
                total += u64(table.remove(key))
            else:
                table.add(key, number)
                total = total * 5 % 65537 + table.find(key)
        except MemoryError:
            table.clear()
        except KeyError:
            total += 2
        except ValueError:
            total += 1
    return total
