"""Two names for one list, copies that are shallow, and defaults that are shared."""

from __future__ import annotations


class Team:
    def __init__(self, members: list[str]) -> None:
        self.members = members


def add(item: int, to: list[int]) -> list[int]:
    to.append(item)
    return to


def main() -> None:
    a = [1, 2]
    b = a
    c = a[:]
    b.append(3)
    print(a, b, c, a is b, a is c, a == c)
    grid = [[0] * 3] * 2
    grid[0][1] = 5
    print(grid)
    grid = [[0] * 3 for _ in range(2)]
    grid[0][1] = 5
    print(grid)
    names = ["x"]
    t1, t2 = Team(names), Team(names)
    t1.members.append("y")
    print(t2.members, names)
    names = names + ["z"]
    print(t2.members, names)
    t2.members += ["w"]
    print(t1.members)
    xs = add(1, [])
    ys = add(2, xs)
    print(xs, ys is xs)
    nested = [xs, xs]
    copied = nested.copy()
    copied[0].append(7)
    print(nested, copied is nested, copied[0] is nested[0])
    d = {"k": xs}
    e = dict(d)
    e["k"].append(8)
    e["n"] = []
    print(d, e)
    t = (xs, 1)
    t[0].append(9)
    print(t)


if __name__ == "__main__":
    main()
