"""Exceptions as objects: what is raised, caught, shown, and what a chain ends with."""

from __future__ import annotations


class AppError(Exception):
    code: int

    def __init__(self, code: int, text: str) -> None:
        super().__init__(text)
        self.code = code


class Special(AppError):
    pass


class Plain(Exception):
    pass


def risky(n: int) -> int:
    if n == 0:
        raise ValueError("zero is bad")
    if n == 1:
        raise AppError(7, f"app {n}")
    if n == 2:
        raise Special(9, "special")
    if n == 3:
        raise KeyError("k")
    if n == 4:
        raise Plain("a", n)
    if n == 5:
        raise Plain
    if n == 6:
        raise ValueError(n)
    return [1, 2, 3][n]


def main() -> None:
    for n in range(9):
        try:
            print(risky(n))
        except AppError as e:
            print("app", e.code, e, repr(e))
        except (ValueError, KeyError) as e:
            print("value", e, str(e), repr(e), f"{e!r}")
        except Exception as e:
            print("other", e, repr(e))
    try:
        try:
            raise ValueError("first")
        except ValueError as e:
            raise RuntimeError("second") from e
    except RuntimeError as e:
        print(e, repr(e.__cause__))
    try:
        a = 5 // (len([1]) - 1)
    except ZeroDivisionError as e:
        print("zero")
    d: dict[str, int] = {}
    try:
        try:
            raise Plain("inner")
        except Plain:
            raise AppError(3, "outer")
    finally:
        print("finally")


if __name__ == "__main__":
    main()
