"""Slices as values, and objects that take them in brackets."""

from __future__ import annotations


class Seq:
    def __init__(self, items: list[int]) -> None:
        self.items = items

    def __getitem__(self, i: int | slice) -> int | list[int]:
        if isinstance(i, slice):
            return self.items[i]
        return self.items[i]

    def __len__(self) -> int:
        return len(self.items)


s = Seq([1, 2, 3, 4, 5])
print(s[0], s[-1], s[1:3], s[::-1], s[::2], s[:2])
x = slice(1, 4)
print(
    [10, 20, 30, 40, 50][x],
    "abcdef"[x],
    x.start,
    x.stop,
    x.step,
    slice(None, None, 2).indices(5),
    x,
)


class S2:
    def __getitem__(self, key):
        if isinstance(key, slice):
            start, stop, step = key.indices(10)
            return list(range(start, stop, step))
        return key * 2


print(S2()[3], S2()[2:8:3], S2()[:3])
FIRST = slice(0, 2)
print("hello"[FIRST])


class Row:
    """A container that hands its indexes on."""

    def __init__(self, *items: int) -> None:
        self._items = list(items)

    def __getitem__(self, index: int | slice) -> "int | Row":
        if isinstance(index, slice):
            return Row(*self._items[index])
        if not -len(self._items) <= index < len(self._items):
            raise IndexError(f"row index {index} out of range")
        return self._items[index]

    def __setitem__(self, index: int | slice, value: int | list[int]) -> None:
        if isinstance(index, slice) and isinstance(value, list):
            self._items[index] = value
        elif isinstance(index, int) and isinstance(value, int):
            self._items[index] = value

    def __delitem__(self, index: int | slice) -> None:
        if isinstance(index, slice):
            del self._items[index]
        else:
            del self._items[index]

    def __len__(self) -> int:
        return len(self._items)

    def __repr__(self) -> str:
        return f"Row{tuple(self._items)}"


row = Row(1, 2, 3, 4, 5)
print(row[1], row[-1], row[1:3], row[::-2], list(row))
row[0] = 9
row[1:3] = [7, 7, 7]
print(row, len(row))
del row[0]
del row[::2]
print(row)
try:
    row[10]
except IndexError as e:
    print(e)
values = list(range(10))
values[slice(2, 5)] = [0]
del values[slice(None, None, 3)]
print(
    values,
    slice(1, 2) == slice(1, 2),
    slice(5).indices(3),
    slice(-3, None).indices(10),
    slice(None, None, -1).indices(4),
)
try:
    slice(None, None, 0).indices(4)
except ValueError as e:
    print(e)
