"""Comparisons in chains, identity and membership."""

from __future__ import annotations


def side(name: str, value: int) -> int:
    print(name, end=" ")
    return value


def main() -> None:
    print(1 < 2 < 3, 1 < 3 < 2, 3 > 2 > 1 == 1, 1 != 2 != 1)
    print(side("a", 1) < side("b", 0) < side("c", 5))
    print(side("a", 1) <= side("b", 1) == side("c", 1))
    x = 5
    print(0 <= x < 10, not 0 <= x < 5, (1 < 2) == True)  # noqa: E712
    print([1, 2] < [1, 3], [1, 2] < [1, 2, 0], (1, "a") < (1, "b"), "abc" < "abd", "Z" < "a")
    print(None is None, [1] == [1], [1] is not [1])
    print(True == 1, False == 0, 1 == 1.0, "1" != "2", (1, 2) == (1, 2))
    print(max(1.0, 2.5), min("b", "a"), max([3, 1, 2]), max("a", "ab", key=len))


if __name__ == "__main__":
    main()
