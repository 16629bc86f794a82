"""Slices with negative steps and bounds outside, on lists, text and tuples; star unpacking."""

from __future__ import annotations


def main() -> None:
    xs = list(range(10))
    for a, b, c in [(8, 2, -2), (-3, 10, 1), (9, -8, -1), (20, -20, -3), (2, 2, 1), (-1, 0, -4)]:
        print(a, b, c, xs[a:b:c], "abcdefghij"[a:b:c])
    xs[2:5] = [20, 30]
    print(xs)
    xs[::3] = [0] * len(xs[::3])
    print(xs)
    del xs[1::2]
    print(xs)
    try:
        xs[::2] = [1]
    except ValueError as e:
        print(e)
    try:
        print(xs[::0])
    except ValueError as e:
        print(e)
    first, *middle, last = "hello"
    print(first, middle, last)
    a, (b, *c), d = 1, [2, 3, 4], 5
    print(a, b, c, d)
    *most, end = [1]
    print(most, end)
    try:
        p, q, *r = [1]
    except ValueError as e:
        print(e)
    print([*range(3), *[8, 9]][-2:], (1, 2, 3)[::-1], {**{"a": 1}, "b": 2})
    x, y = 1, 2
    x, y = y, x + y
    print(x, y)
    ys = [1, 2, 3]
    i, ys[i] = 1, 9
    print(i, ys)


if __name__ == "__main__":
    main()
