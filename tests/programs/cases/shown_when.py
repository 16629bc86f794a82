"""When things are shown: `print` has all its values first; an f-string shows each where it stands."""

from __future__ import annotations


class A:
    def __init__(self) -> None:
        self.items = [1, 2, 3]

    def pop(self) -> int:
        return self.items.pop()

    def __repr__(self) -> str:
        return "-".join(str(v) for v in self.items)


class B(A):
    pass


def first() -> None:
    a = A()
    print(a, a.pop(), a)
    b: A = B()
    print(b, b.pop(), b)
    print(f"{a} {a.pop()} {a}")
    xs = [1, 2]
    print(xs, xs.pop(), xs)
    print(f"{xs} {xs.pop()} {xs}")
    xs = [1, 2]
    print(xs[0], xs.pop(0), xs[0])
    s = f"{b} {b.pop()} {b}"
    print(s)


def main() -> None:
    first()
    a: A | None = A()
    assert a is not None
    try:
        print("x", a, a.pop(), f"{a}:{a.pop()}", a, sep="|")
    except ValueError as error:
        print()
        print(error)
    d = {1: [2]}
    print(d, d.pop(1), d, f"{d} {d.setdefault(4, [])} {d}")
    d = {1: [2]}
    s = f"{d} {len(d)} {d.pop(1)} {d}" + str(d)
    print(s)
    t = ([1], 2)
    print(t, t[0].pop(), t)


if __name__ == "__main__":
    main()
