"""Deep recursion: chains of objects, mutual recursion, and the limit."""

from __future__ import annotations


class Node:
    def __init__(self, value, rest=None):
        self.value = value
        self.rest = rest

    def total(self):
        return self.value + (self.rest.total() if self.rest else 0)


def is_even(n):
    return True if n == 0 else is_odd(n - 1)


def is_odd(n):
    return False if n == 0 else is_even(n - 1)


def ackermann(m, n):
    if m == 0:
        return n + 1
    if n == 0:
        return ackermann(m - 1, 1)
    return ackermann(m - 1, ackermann(m, n - 1))


def permutations(text):
    if len(text) < 2:
        return [text]
    return [c + rest for i, c in enumerate(text) for rest in permutations(text[:i] + text[i + 1 :])]


def hanoi(n, a="A", b="B", c="C"):
    if n == 0:
        return 0
    return hanoi(n - 1, a, c, b) + 1 + hanoi(n - 1, c, b, a)


def forever(n: int) -> int:
    return forever(n + 1) + 1


def main() -> None:
    chain = None
    for n in range(500):
        chain = Node(n, chain)
    print(chain.total())
    print(is_even(700), is_odd(701))
    print(ackermann(2, 5))
    print(permutations("abc"))
    print(hanoi(10))
    try:
        forever(0)
    except RecursionError as e:
        print(type(e).__name__)


if __name__ == "__main__":
    main()
