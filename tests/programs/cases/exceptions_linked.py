"""Causes and contexts of exceptions."""

from __future__ import annotations


class AppError(Exception):
    pass


class NotThere(AppError):
    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is not there")
        self.name = name


def low(name: str) -> int:
    table = {"a": 1}
    try:
        return table[name]
    except KeyError as error:
        raise NotThere(name) from error


def implicit() -> None:
    try:
        raise ValueError("one")
    except ValueError:
        raise TypeError("two")  # noqa: B904


def quiet() -> None:
    try:
        raise ValueError("one")
    except ValueError:
        raise TypeError("two") from None


def main() -> None:
    print(low("a"))
    try:
        low("b")
    except AppError as error:
        print(type(error).__name__, error, repr(error.__cause__))
    try:
        implicit()
    except TypeError as error:
        print(error, repr(error.__context__), error.__cause__, error.__suppress_context__)
    try:
        quiet()
    except TypeError as error:
        print(error, repr(error.__context__), error.__suppress_context__)
    try:
        try:
            low("c")
        except NotThere as error:
            print("again", error.name)
            raise
    except AppError as error:
        print("outer", error)
    for kind in (0, 1, 2, 3):
        try:
            if kind == 0:
                print([1][5])
            elif kind == 1:
                print(int("x"))
            elif kind == 2:
                print("none".index("z"))
            else:
                print("fine")
        except (IndexError, KeyError) as error:
            print("lookup", error)
        except ValueError as error:
            print("value", error)
        else:
            print("else")
        finally:
            print("finally", kind)
    try:
        assert 1 > 2, "no order"
    except AssertionError as error:
        print(repr(error))


if __name__ == "__main__":
    main()
