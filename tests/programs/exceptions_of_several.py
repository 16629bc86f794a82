"""Exceptions that derive from several, caught as each of them."""

from __future__ import annotations

from contextlib import suppress


class AppError(Exception):
    def __init__(self, code: int, text: str) -> None:
        super().__init__(text)
        self.code = code


class Missing(AppError, KeyError):
    pass


class Invalid(AppError, ValueError):
    def __init__(self, text: str) -> None:
        super().__init__(400, text)


class Plain(KeyError, AttributeError):
    """Two of Python's own."""


class Root(Exception):
    pass


class Lookup(Root, LookupError):
    pass


class Deep(Lookup, TypeError):
    pass


def catch(error: Exception) -> str:
    try:
        raise error
    except Missing as e:
        return f"missing {e.code} {e}"
    except ValueError as e:
        return f"value {e} {isinstance(e, AppError)}"
    except AttributeError as e:
        return f"attribute {e!r} {isinstance(e, KeyError)} {isinstance(e, LookupError)}"
    except LookupError as e:
        return f"lookup {e} {type(e).__name__}"
    except AppError as e:
        return f"app {e.code}"
    except Exception as e:
        return f"other {e}"


for each in [
    Missing(1, "m"),
    Invalid("i"),
    Plain("p"),
    Lookup("l"),
    Deep("d"),
    AppError(3, "a"),
    KeyError("k"),
    ValueError("v"),
    OSError("o"),
]:
    print(catch(each))
try:
    raise Missing(404, "page")
except KeyError as e:
    print(e, repr(e), e.args)
try:
    raise Invalid("bad")
except AppError as e:
    print(e.code, e)
with suppress(KeyError):
    raise Missing(5, "quiet")
with suppress(LookupError, TypeError):
    raise Deep("deep")
print(
    issubclass(Missing, KeyError),
    issubclass(Invalid, KeyError),
    issubclass(Deep, LookupError),
    issubclass(Deep, TypeError),
)
try:
    raise Deep("again")
except TypeError as e:
    print("type", e)
