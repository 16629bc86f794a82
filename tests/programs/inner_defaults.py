from __future__ import annotations

from typing import Callable


def tree(depth: int) -> list[str]:
    out: list[str] = []

    def visit(n: int, path: tuple[int, ...] = (), sep: str = "/", *, mark: str = "-") -> None:
        out.append(mark + sep.join(map(str, path)))
        if n > 0:
            visit(n - 1, path + (n,))
            visit(n - 1, path + (0,), mark="+")

    visit(depth)
    visit(0, sep="!")
    visit(0, (9, 9), ".", mark="*")
    return out


def values(limit: int) -> None:
    def scaled(x: int, factor: int = limit * 2) -> int:
        return x * factor

    print(scaled(2), scaled(2, 3), scaled(x=2), scaled(2, factor=5))
    limit = 100
    print(scaled(1), list(map(scaled, [1, 2])), sorted([3, 1], key=scaled))


def apply(f: Callable[[int], int]) -> int:
    return f(7)


def outer() -> int:
    def inc(x: int, by: int = 1) -> int:
        return x + by

    return apply(inc) + inc(1)


print(tree(2))
values(5)
print(outer())
