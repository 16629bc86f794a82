"""Exceptions as text and as repr, inside handlers, in loops, and one that cannot be shown."""

from __future__ import annotations


class Bad(Exception):
    def __str__(self) -> str:
        raise ValueError("no text")


class Empty(Exception):
    pass


def inner() -> None:
    try:
        {"a": 1}["b"]
    except KeyError as e:
        for e2 in [1, 2]:
            try:
                raise Empty
            except Empty as again:
                print(repr(again), repr(again.__context__))
        raise RuntimeError("top") from e


def pick(n: int) -> str:
    try:
        if n == 0:
            raise ValueError
        if n == 1:
            raise TypeError("t", 1, "x")
        return "none"
    except (ValueError, TypeError) as e:
        return f"{type(e).__name__}|{e}|{e!r}"


def main() -> None:
    for n in range(3):
        print(pick(n))
    try:
        inner()
    except RuntimeError as e:
        print(e, repr(e.__cause__), e.__suppress_context__)
    total = 0
    for n in range(100000):
        try:
            if n % 3 == 0:
                raise ValueError(f"n {n}")
            total += 1
        except ValueError as e:
            total += len(str(e))
    print(total)
    divisor = 0
    try:
        total //= divisor
    except ZeroDivisionError as e:
        print(e)
    try:
        print(divmod(1, divisor))
    except ZeroDivisionError as e:
        print(e)
    raise Bad


if __name__ == "__main__":
    main()
