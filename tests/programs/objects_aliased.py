"""Aliases: what two names share, what a copy does not."""

from __future__ import annotations


class Account:
    def __init__(self, owner, history=None):
        self.owner = owner
        self.history = history if history is not None else []


def rebound(items):
    items = items + [99]
    return items


def changed(items):
    items += [99]
    return items


def main() -> None:
    a = [1, 2]
    b = a
    c = a[:]
    b.append(3)
    print(a, b, c, a is b, a is c, a == [1, 2, 3])
    grid = [[0] * 2] * 2
    grid[0][0] = 5
    print(grid, grid[0] is grid[1])
    better = [[0] * 2 for _ in range(2)]
    better[0][0] = 5
    print(better)
    print(rebound(a), a)
    print(changed(a), a)
    shared = []
    first, second = Account("ann", shared), Account("bob", shared)
    first.history.append(10)
    print(second.history, Account("eve").history)
    d = {"k": a}
    d["k"].pop()
    print(a, d)
    t = (a, "x")
    t[0].append(7)
    print(t[0] is a, len(a))
    e = a
    e = e + []
    print(e is a, e == a)
    y = []
    x = y
    y.append(1)
    print(x)


if __name__ == "__main__":
    main()
