"""The else of loops, nested breaks and what a variable is afterwards."""

from __future__ import annotations


def find(rows: list[list[int]], wanted: int) -> tuple[int, int] | None:
    for y, row in enumerate(rows):
        for x, value in enumerate(row):
            if value == wanted:
                break
        else:
            continue
        return y, x
    return None


def main() -> None:
    rows = [[1, 2], [3, 4], [5, 6]]
    print(find(rows, 4), find(rows, 9))
    n = 10
    while n > 0:
        n -= 3
        if n == 5:
            break
    else:
        print("through", n)
    while n:
        n -= 1
        if n < -5:
            print("left at", n)
            break
    else:
        print("zero")
    i = -1
    for i in range(3):
        pass
    print(i)
    for i in range(5, 0, -2):
        if i == 3:
            continue
        print(i, end=" ")
    else:
        print("else")
    total = 0
    for a, (b, c) in [(1, (2, 3)), (4, (5, 6))]:
        total += a * b * c
    print(total)
    values = [3, 1, 2]
    while values and (last := values.pop()) != 3:
        print("popped", last)
    print(values)


if __name__ == "__main__":
    main()
