"""Values of several types: narrowed, rebound, and used without a test."""

from __future__ import annotations


def shown(x: int | str) -> str:
    if isinstance(x, int):
        x = str(x)
    return x.rjust(4)


def double(x: int | str | list[int]):
    return x * 2


def first(x: str | list[str]) -> str:
    return x[0]


def pick(x: int | float | str):
    return x + 1


def total(xs):
    t = 0
    for x in xs:
        t += x
    return t


class Box:
    def __init__(self, v: int | str) -> None:
        self.v = v

    def fix(self) -> str:
        if isinstance(self.v, int):
            self.v = "n" + str(self.v)
        return self.v.upper()


def main() -> None:
    print(shown(3), shown("ab"))
    print(double(3), double("ab"), double([1, 2]))
    print(first("xyz"), first(["q", "r"]))
    print(pick(1), pick(1.5))
    try:
        pick("a")
    except TypeError as e:
        print(type(e).__name__)
    ys: list[int | str] = [5]
    try:
        print(ys[0].upper())
    except AttributeError as e:
        print(e)
    print(Box(3).fix(), Box("abc").fix())
    print(total([1, 2, 3]), total([1.5, 2]))
    data = {"a": 1, "b": "two", "c": 2.5}
    print(data["a"] + 1, data["b"] + "!", data["c"] * 2)
    print(data["a"] < 3, data["b"] > "a")
    try:
        print(data["a"] < data["b"])
    except TypeError as e:
        print(e)
    try:
        print(data["a"] - data["b"])
    except TypeError as e:
        print(e)
    print(data["b"].upper(), len(data["b"]))
    for c in data["b"]:
        print(c, end=" ")
    print()
    mixed = [3, "x", 2.5, None]
    for m in mixed:
        print("none" if m is None else m * 2)


if __name__ == "__main__":
    main()
