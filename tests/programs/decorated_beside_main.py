"""Decorators with arguments, in a file that only declares and has a main."""

from __future__ import annotations

import functools
from typing import Any, Callable


def retry(times: int, verbose: bool = False) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    def decorator(func: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(func)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            last: Exception | None = None
            for attempt in range(1, times + 1):
                try:
                    return func(*args, **kwargs)
                except ValueError as error:
                    last = error
                    if verbose:
                        print(f"attempt {attempt} of {func.__name__} failed: {error}")
            assert last is not None
            raise last

        return wrapper

    return decorator


def doubled(fn):
    def inner(n):
        return 2 * fn(n)

    return inner


attempts = 0


@retry(3, verbose=True)
def flaky(limit: int) -> str:
    global attempts
    attempts += 1
    if attempts < limit:
        raise ValueError(f"not yet ({attempts})")
    return "done"


@doubled
def length(text: str) -> int:
    return len(text)


def summary(title: str, **details: object) -> str:
    return title + " " + " ".join(f"{key}={value}" for key, value in sorted(details.items()))


def main() -> None:
    print(flaky(3), length("abc"))
    try:
        flaky(9)
    except ValueError as error:
        print("gave up:", error)
    print(summary("all", size=3, name="x"), summary("none"))


if __name__ == "__main__":
    main()
