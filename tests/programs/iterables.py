"""Functions over iterables: evaluated as far as needed, in order."""

from __future__ import annotations

from collections.abc import Iterator


def noisy(n: int) -> int:
    print("asked", n)
    return n


def count_down(n: int) -> Iterator[int]:
    while n > 0:
        yield n
        n -= 1


def double(n: int) -> int:
    return n * 2


def main() -> int:
    values = [3, 1, 2]
    names = ["c", "a", "b"]
    print(
        sum(values),
        sum(v * v for v in values),
        sum(values[:0], 5),
        sum(count_down(4)),
        sum(values, 10),
    )
    print(any(noisy(n) > 1 for n in range(5)), all(noisy(n) < 2 for n in range(5)))
    print(
        any(values[:0]),
        all(values[:0]),
        any(n == m for n in values for m in [7, 2, 9]),
        all(values),
    )
    print(min(values), max(values), min(names), max(names), min("x", "y"), max("x", "y", "w"))
    print(min(values, default=9), max(values[:0], default=9) if values else 0)
    print(max(names, key=lambda n: ord(n)), min(values, key=lambda v: -v))
    print(min(len(name) for name in names), max(v % 3 for v in values))
    print(sorted(values), sorted(values, reverse=True), sorted("hello"), values)
    print(list(range(4)), list("añb"), list(values), list(count_down(3)), list(range(10, 0, -3)))
    print(list(enumerate(names)), list(zip(values, names)), list(reversed(values)))
    print(list(map(double, values)), list(filter(lambda v: v > 1, values)))
    print([v + 1 for v in map(lambda v: v * 10, values)], sum(map(double, values)))
    for v, name in zip(values, names):
        if v == 1:
            continue
        print(v, name)
    for v, name, c in zip(values, names, "xyz"):
        print(v, name, c)
    for name in reversed(names):
        print(name, end=" ")
    for pair in zip(values, values[1:]):
        print(pair, end=" ")
    for i, name in enumerate(names, 1):
        print(i + values[i - 1], name, end=" ")
    print()
    for v in filter(lambda v: v != 1, values):
        if v == 3:
            continue
        print("kept", v)
    else:
        print("done")
    copied = list(values)
    copied.append(4)
    print(values, copied)
    try:
        print(max([v for v in values if v > 5]))
    except ValueError:
        print("nothing")
    x = 10
    squares = [x * x for x in range(3)]
    print(x, squares, [[j for j in range(i)] for i in range(4)])
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
