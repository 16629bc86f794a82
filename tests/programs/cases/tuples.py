"""Tuples."""

from __future__ import annotations


DAYS = ("mon", "tue", "wed", "thu", "fri")


STEPS = ((0, 1), (1, 0), (0, -1), (-1, 0))


def rotate(t: tuple[int, int, int], by: int) -> tuple[int, int, int]:
    return (t[by % 3], t[(by + 1) % 3], t[(by + 2) % 3])


def main() -> None:
    for i in range(-5, 5):
        print(DAYS[i], end=" ")
    print()
    x = y = 0
    for turn in range(10):
        dx, dy = STEPS[turn % len(STEPS)]
        x, y = x + dx * turn, y + dy * turn
    print(x, y, rotate((1, 2, 3), 1), rotate((1, 2, 3), 2))
    t = (1, "two", 3.5, False)
    print(t[1:3], t[::-1], t[-1], t[:0], t[2:], t[-3:-1], t[::2])
    names = ("a", "b", "c")
    try:
        for i in range(5):
            print(names[i])
    except IndexError as error:
        print("error:", error)
    print(hash((1.5, 2)) == hash((1.5, 2)), {0.5: "half", 2.0: "two"}[2], 0.25 in {0.25, 1e300})
    print([hash(f) for f in (0.0, -0.0, 1.0, -1.0, 1.5, 0.1, -2.5e-300, 1e300, 3e18, 5e-324)])
    print(hash(float(2**61 - 1)), hash(1e400), hash(-1e400))
    print({1.5, 2.5, 1.5}, sorted({x / 4: x for x in range(6)}.items()))
    print(
        names + ("d",), names * 2, "b" in names, names == ("a", "b", "c"), names < ("b", "a", "c")
    )
    print(len(names), max(names), min((3, 1, 2)), sum((1, 2, 3)), list(names), sorted((3, 1, 2)))
    first, *rest = names
    print(first, rest)
    later()
    (a, b), c = (1, 2), 3
    print(a, b, c)


def noisy(x: int) -> int:
    print("noisy", x)
    return x


def later() -> None:
    print(
        noisy(1) in (noisy(1), noisy(2)), noisy(3) in [noisy(4), noisy(3)], noisy(7) not in (7, 8)
    )


if __name__ == "__main__":
    main()
