"""The arguments of exceptions keep their types."""

from __future__ import annotations


class HttpError(Exception):
    pass


class NotFound(HttpError):
    """No page."""


class Closed(HttpError):
    def explain(self) -> str:
        return "closed: " + str(self)


def fetch(code: int, name: str) -> str:
    if code == 404:
        raise NotFound(code, name)
    if code == 503:
        raise Closed(code, "later")
    if code >= 400:
        raise HttpError(code, f"{name}?")
    return name


for code in (200, 404, 503, 418):
    try:
        print(fetch(code, "page"))
    except Closed as error:
        print(error.explain(), error.args, len(error.args), error.args[0] + 1)
    except HttpError as error:
        number, text = error.args
        print(type(error).__name__, number == 404, number + 1, text.upper(), error.args, error)
        print(
            error.args == (404, "page"),
            error.args[-1],
            repr(error),
            [error.args[0]],
            isinstance(error.args[0], int),
        )
try:
    raise ValueError("no number", 3)
except ValueError as error:
    print(error.args, len(error.args))
