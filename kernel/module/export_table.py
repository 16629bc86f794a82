"""Tables of what is exported: the kernel's, which its image has, and one for each module.

A row is found by the hash of a name; that of a symbol has an address, that of a declaration a version, and most
names are both. The rows are sorted by hash.

Source: compiler/backend/exports.py, which makes the kernel's.
"""

from __future__ import annotations

from core import hash, sort
from lang import Slice, no_raise, sizeof, struct, u8, u32, u64


@struct
class Row:
    hash: u64
    version: u32  # 0: the name is of no declaration
    offset: u32  # of the symbol; 0: the name is of none

    @no_raise
    def __lt__(self, other: Row) -> bool:
        return self.hash < other.hash


@struct
class Table:
    rows: Slice[Row]
    base: u64  # address from which offsets count

    @no_raise
    def address_of(self, name: Slice[u8]) -> u64:
        """Return where a symbol is; 0 if there is none of that name."""
        row = self.find(name)
        if row >= len(self.rows) or self.rows[row].offset == 0:
            return 0
        return self.base + self.rows[row].offset

    @no_raise
    def version_of(self, name: Slice[u8]) -> u32:
        """Return the version of a declaration; 0 if there is none of that name."""
        row = self.find(name)
        return self.rows[row].version if row < len(self.rows) else u32(0)

    @no_raise
    def find(self, name: Slice[u8]) -> u64:
        """Return the number of a name's row; as many as there are if it has none."""
        wanted = hash.fnv1a(name)
        low: u64 = 0
        high = u64(len(self.rows))
        while low < high:
            middle = (low + high) // 2
            if self.rows[middle].hash < wanted:
                low = middle + 1
            else:
                high = middle
        is_there = low < len(self.rows) and self.rows[low].hash == wanted
        return low if is_there else u64(len(self.rows))


@no_raise
def settle(rows: Slice[Row]) -> u64:
    """Sort rows, and let those of the same name be one; return how many are left."""
    sort.sort_by(rows, lambda a, b: a.hash < b.hash)
    count: u64 = 0
    for index in range(u64(len(rows))):
        version, offset = rows[index].version, rows[index].offset
        if count > 0 and rows[count - 1].hash == rows[index].hash:
            rows[count - 1].version |= version
            rows[count - 1].offset |= offset
        else:
            rows[count] = Row(rows[index].hash, version, offset)
            count += 1
    return count


assert sizeof(Row) == 16
