"""Recursion a few thousand deep, and too deep."""

from __future__ import annotations


def depth(n: int) -> int:
    return 0 if n == 0 else 1 + depth(n - 1)


def ackermann(m: int, n: int) -> int:
    if m == 0:
        return n + 1
    if n == 0:
        return ackermann(m - 1, 1)
    return ackermann(m - 1, ackermann(m, n - 1))


def is_even(n: int) -> bool:
    return True if n == 0 else is_odd(n - 1)


def is_odd(n: int) -> bool:
    return False if n == 0 else is_even(n - 1)


def endless(n: int) -> int:
    return endless(n + 1) + 1


def hanoi(n: int, a: str, b: str, c: str, moves: list[str]) -> None:
    if n > 0:
        hanoi(n - 1, a, c, b, moves)
        moves.append(a + c)
        hanoi(n - 1, b, a, c, moves)


def permutations(items: list[int]) -> list[list[int]]:
    if len(items) <= 1:
        return [items[:]]
    result = []
    for i in range(len(items)):
        for rest in permutations(items[:i] + items[i + 1 :]):
            result.append([items[i]] + rest)
    return result


def main() -> None:
    print(depth(700), ackermann(2, 5), is_even(300), is_odd(301))
    moves: list[str] = []
    hanoi(5, "A", "B", "C", moves)
    print(len(moves), moves[:5])
    print(permutations([1, 2, 3]))
    try:
        endless(0)
    except RecursionError as error:
        print(str(error)[:32])


if __name__ == "__main__":
    main()
