"""Copies, parts and sums of lists, which grow apart afterwards."""

from __future__ import annotations


class Named:
    name: str

    def __init__(self, name: str) -> None:
        self.name = name

    def __del__(self) -> None:
        print("end of", self.name)


def numbers(count: int) -> None:
    xs = list(range(count))
    whole, part, back, pairs = xs[:], xs[1:], xs[::-1], xs[::2]
    copied, twice, more = xs.copy(), xs + xs, xs + [7]
    for each in (whole, part, back, pairs, copied, twice, more):
        for number in range(5):
            each.append(number + 100)
    print(xs, whole, part, back, pairs, copied, twice, more)
    print(xs[5:2], xs[2:2] + xs[9:], xs[3:1] + xs[-2:], (xs[:] + xs)[-3:])


def objects() -> None:
    xs = [Named("a"), Named("b")]
    part = xs[1:]
    both = xs + part + xs[:0]
    print([each.name for each in both], [each.name for each in xs.copy()[::-1]])
    del xs[0]
    both.clear()
    print("cleared")
    part.append(Named("c"))


def texts() -> None:
    xs = ["x" * 3, "y"]
    ys = xs[:]
    ys += xs + ys
    xs.extend(ys[::-2])
    xs.insert(1, "z")
    print(xs, ys, xs[1:-1] + ys[:1])


def main() -> None:
    for count in (0, 1, 2, 3, 4, 5, 9):
        numbers(count)
    objects()
    texts()


if __name__ == "__main__":
    main()
