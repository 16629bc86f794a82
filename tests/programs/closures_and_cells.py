"""Closures share variables, not values: loop variables, nonlocal, defaults, and functions in tables."""

from __future__ import annotations


def counters():
    count = 0

    def up(by):
        nonlocal count
        count += by
        return count

    def reset():
        nonlocal count
        count = 0

    return up, reset


def accumulators():
    late = []
    for n in range(3):
        late.append(lambda: n)
    return [f() for f in late]


def composed(*functions):
    def run(x):
        for f in functions:
            x = f(x)
        return x

    return run


def memoised(f):
    known = {}

    def inner(n):
        if n not in known:
            known[n] = f(n)
        return known[n]

    return inner


def main() -> None:
    up, reset = counters()
    print(up(1), up(5), up(1))
    reset()
    print(up(1))
    other, _ = counters()
    print(other(10), up(1))
    print(accumulators())
    run = composed(lambda x: x + 1, lambda x: x * 10)
    print(run(2), run(-1))
    calls = []

    def slow(n):
        calls.append(n)
        return n * n

    fast = memoised(slow)
    print(fast(4), fast(4), fast(5), calls)
    table = {"up": lambda text: text.upper(), "twice": lambda text: text * 2}
    for name, f in table.items():
        print(name, f("ab"))


if __name__ == "__main__":
    main()
