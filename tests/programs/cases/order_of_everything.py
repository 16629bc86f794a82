"""The order in which the parts of expressions and statements are evaluated."""

from __future__ import annotations


def seen(name: str, value: int) -> int:
    print(name, end=" ")
    return value


def pick(name: str, values: list[int]) -> list[int]:
    print(name, end=" ")
    return values


def three(a: int, b: int = 0, *, c: int = 0) -> int:
    return a * 100 + b * 10 + c


class Box:
    def __init__(self) -> None:
        self.value = 1

    def get(self, name: str) -> "Box":
        print(name, end=" ")
        return self


def main() -> None:
    print(three(c=seen("c", 3), a=seen("a", 1), b=seen("b", 2)))
    print(seen("x", 1) + seen("y", 2) * seen("z", 3))
    print(seen("x", 1) < seen("y", 0) < seen("z", 3))
    values = [1, 2, 3]
    pick("list", values)[seen("index", 1)] = seen("value", 9)
    print(values)
    pick("list", values)[seen("index", 0)] += seen("value", 5)
    print(values)
    table = {seen("k1", 1): seen("v1", 2), seen("k2", 3): seen("v2", 4)}
    print(table)
    box = Box()
    box.get("target").value = seen("new", 7)
    print(box.value)
    first, second = seen("one", 1), seen("two", 2)
    print(first, second)
    print(seen("yes", 1) if seen("test", 0) else seen("no", 2))
    print(seen("a", 0) or seen("b", 0) or seen("c", 5))
    print(seen("a", 1) and seen("b", 0) and seen("c", 5))
    values[seen("i", 0)], values[seen("j", 1)] = seen("p", 1), seen("q", 2)
    print(values)
    print([seen("e", n) for n in pick("over", [1, 2]) if seen("if", n)])
    del pick("gone", values)[seen("at", 0)]
    print(values)


if __name__ == "__main__":
    main()
