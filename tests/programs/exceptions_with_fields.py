"""Exceptions of a program: fields, keyword arguments, args, chains, and who catches them."""

from __future__ import annotations


class AppError(Exception):
    """The base of all."""


class NotFound(AppError):
    def __init__(self, kind, key, *, hint=""):
        super().__init__(f"no {kind} {key!r}")
        self.kind = kind
        self.key = key
        self.hint = hint


class Invalid(AppError):
    def __init__(self, field, value):
        self.field = field
        self.value = value

    def __str__(self):
        return f"{self.field} cannot be {self.value}"


def find(key):
    table = {"a": 1}
    try:
        return table[key]
    except KeyError as error:
        raise NotFound("entry", key, hint="try 'a'") from error


def checked(value):
    if value < 0:
        raise Invalid("age", value)
    return value


def attempt(action):
    try:
        return action()
    except NotFound as e:
        return f"{e} ({e.kind}, {e.key}, {e.hint}) from {type(e.__cause__).__name__}"
    except (Invalid, ZeroDivisionError) as e:
        return f"{type(e).__name__}: {e}"
    except Exception as e:
        return f"other {type(e).__name__} {e.args}"


def main() -> None:
    print(attempt(lambda: find("a")))
    print(attempt(lambda: find("b")))
    print(attempt(lambda: checked(-1)))
    print(attempt(lambda: 1 // 0))
    print(attempt(lambda: int("x")))
    print(attempt(lambda: [1][5]))
    try:
        try:
            checked(-2)
        except AppError as e:
            raise
    except Invalid as e:
        print(e, e.args, repr(e))
    try:
        raise NotFound("thing", 7) from None
    except AppError as e:
        print(e, e.__cause__ is None, isinstance(e, NotFound), e.args)


if __name__ == "__main__":
    main()
