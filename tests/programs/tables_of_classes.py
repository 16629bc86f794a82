"""Tables of classes, static methods in `__init__`, decorated functions that call themselves."""

from __future__ import annotations

from typing import Callable, ClassVar, Optional


class Parser:
    OPS = ["+", "-"]
    WINS = [(0, 1, 2), (3, 4, 5)]
    NAMES = {"a": 1, "b": 2}
    count: ClassVar[int] = 0

    def __init__(self, text: str) -> None:
        self.tokens = self.tokenize(text)
        self.pos = 0

    @staticmethod
    def tokenize(text: str) -> list[str]:
        return text.split()

    def show(self) -> None:
        print(self.tokens, self.OPS, Parser.WINS[1], self.count)
        for a, b, c in self.WINS:
            print(a + b + c)
        print(self.NAMES["b"])


Parser("x + y").show()
d = {"a": "b"}


def take(k: str) -> Optional[str]:
    return d.pop(k, None)


print(take("a"), take("a"), d)
print(
    max(["a", "bbb"], key=len, default=""),
    max([x for x in ["q"] if x == "z"], key=len, default="none"),
)


def memo(f: Callable[[int], int]) -> Callable[[int], int]:
    cache: dict[int, int] = {}

    def wrapper(n: int) -> int:
        if n not in cache:
            cache[n] = f(n)
        return cache[n]

    return wrapper


@memo
def fib(n: int) -> int:
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(50))
