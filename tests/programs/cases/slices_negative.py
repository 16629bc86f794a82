"""Slices of lists, text and tuples with all signs."""

from __future__ import annotations


def main() -> None:
    xs = list(range(10))
    text = "abcdefghij"
    for start in (-12, -3, 0, 4, 12):
        for stop in (-11, -1, 5, 11):
            for step in (-3, -1, 1, 2):
                print(xs[start:stop:step], text[start:stop:step])
    print(xs[::-1], text[::-2], xs[:], xs[-1], xs[-10], text[-1])
    xs[2:5] = [20, 30]
    print(xs)
    xs[:0] = [-1]
    xs[len(xs) :] = [99]
    print(xs)
    del xs[1::3]
    print(xs)
    del xs[-2:]
    print(xs)
    try:
        print(xs[::0])
    except ValueError as error:
        print(error)
    for index in (-20, 20):
        try:
            print(xs[index])
        except IndexError as error:
            print(error)
        try:
            xs[index] = 0
        except IndexError as error:
            print(error)
    t = (1, 2, 3, 4)
    print(t[1:], t[:-1], t[::-1], t[-1])


if __name__ == "__main__":
    main()
