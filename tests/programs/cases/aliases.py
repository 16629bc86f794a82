"""Names for the same object, and for others that look like it."""

from __future__ import annotations


class Cell:
    def __init__(self, value: int) -> None:
        self.value = value


def add_to(item: int, target: list[int] | None = None) -> list[int]:
    if target is None:
        target = []
    target.append(item)
    return target


def rebinds(values: list[int]) -> list[int]:
    values = values + [1]
    return values


def changes(values: list[int]) -> list[int]:
    values += [1]
    return values


def main() -> None:
    rows = [[0] * 3] * 2
    rows[0][1] = 5
    print(rows, rows[0] is rows[1])
    own = [[0] * 3 for _ in range(2)]
    own[0][1] = 5
    print(own, own[0] is own[1])
    print(add_to(1), add_to(2), add_to(3, [0]), add_to(4))
    values = [0]
    print(rebinds(values), values, changes(values), values)
    a = b = [1]
    a.append(2)
    a = a + [3]
    print(a, b)
    cells = [Cell(1), Cell(2)]
    same = cells[:]
    same[0].value = 10
    same[1] = Cell(20)
    print([each.value for each in cells], [each.value for each in same])
    x, y = 1, 2
    x, y = y, x
    print(x, y)
    numbers = [1, 2, 3]
    i = 0
    i, numbers[i] = 2, 9
    print(i, numbers)
    inner = [1]
    pair = (inner, inner)
    inner.append(2)
    print(pair, pair[0] is pair[1], pair[0] == [1, 2])
    nested = {"a": inner}
    other = nested.copy()
    other["a"].append(3)
    other["b"] = []
    print(nested, other)
    for each in numbers[:]:
        if each == 2:
            numbers.remove(each)
    print(numbers)
    growing = [1]
    for each in growing:
        if each < 4:
            growing.append(each + 1)
    print(growing)


if __name__ == "__main__":
    main()
