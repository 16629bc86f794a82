"""Loops that append once in each iteration, for which a list sees to room in front."""

from __future__ import annotations


class Named:
    name: str

    def __init__(self, name: str) -> None:
        self.name = name

    def __del__(self) -> None:
        print("end of", self.name)


def squares(first: int, stop: int) -> list[int]:
    out: list[int] = []
    for i in range(first, stop):
        out.append(i * i)
    return out


def sums(values: list[int]) -> list[int]:
    """Read what was appended."""
    out = [0]
    for i in range(len(values)):
        out.append(out[i] + values[i])
    return out


def until_it_fails(values: list[int], out: list[int]) -> None:
    for i in range(10):
        out.append(values[i] + 1)


def said(text: str, value: int) -> int:
    print(text)
    return value


def bounds_once() -> None:
    out: list[int] = []
    stop = 3
    for i in range(said("first", 0), said("stop", stop)):
        stop = 100
        out.append(i)
    else:
        print("else", out, stop)


def to_another() -> None:
    """A list that is bound in the loop is not the one in front of it."""
    out = [1]
    first = out
    for i in range(4):
        out.append(i)
        if i == 1:
            out = []
    print(first, out)


def to_itself() -> None:
    values = [1]
    same = values
    for i in range(3):
        values.append(len(same) + same[i])
        same.append(0)
    print(values)
    for i in range(3):
        values.append(values.pop())
    print(values)


def bound_in_the_loop(count: int) -> None:
    for i in range(count):
        try:
            out = squares(0, i)
        finally:
            print("made", end=" ")
        out.append(-i)
        print(out)


def left_early() -> list[int]:
    out: list[int] = []
    for i in range(1000):
        if i == 3:
            break
        out.append(i)
    j = 0
    for i in range(1000):
        for j in range(5):
            if j == 2:
                break
        out.append(j)
        if i > 2:
            return out
    return out


def objects() -> None:
    out: list[Named] = []
    for i in range(3):
        out.append(Named(f"{i}"))
    out = []
    print("replaced")


def ends_of_int() -> None:
    largest = 2**63 - 1
    out: list[int] = []
    for i in range(largest - 2, largest):
        out.append(i)
    for i in range(-largest - 1, -largest + 1):
        out.append(i)
    for i in range(largest, -largest):
        out.append(i)
    print(out)


def many() -> None:
    out: list[float] = []
    for i in range(10000):
        out.append(i * 0.5)
    for i in range(5):
        out.append(1.0)
    print(len(out), out[4095:4098], out[-6:])


def main() -> None:
    print(squares(0, 10), squares(0, 0), squares(3, -3), squares(-2, 3), sum(squares(0, 9000)))
    print(sums([3, 1, 4, 1, 5, 9, 2, 6]))
    out: list[int] = []
    try:
        until_it_fails([1, 2, 3], out)
    except IndexError:
        out.append(7)
    print(out)
    bounds_once()
    to_another()
    to_itself()
    bound_in_the_loop(0)
    bound_in_the_loop(3)
    print(left_early())
    objects()
    ends_of_int()
    many()


if __name__ == "__main__":
    main()
