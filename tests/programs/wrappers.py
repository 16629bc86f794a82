"""Decorators whose wrappers take whatever the function takes."""

from __future__ import annotations

import functools
import time
from typing import Any, Callable, TypeVar

F = TypeVar("F", bound=Callable[..., Any])


def timed(func):
    """Tell that a call was timed."""

    @functools.wraps(func)
    def wrapper(*args, **kwargs):
        start = time.perf_counter()
        result = func(*args, **kwargs)
        elapsed = time.perf_counter() - start
        print(f"{func.__name__} took {'long' if elapsed > 50 else 'no time'}")
        return result

    return wrapper


def memoize(func: Callable[..., int]) -> Callable[..., int]:
    cache = {}

    @functools.wraps(func)
    def wrapper(*args: int) -> int:
        if args not in cache:
            cache[args] = func(*args)
        return cache[args]

    return wrapper


def repeat(times: int):
    def decorator(func):
        @functools.wraps(func)
        def wrapper(*args, **kwargs):
            result = None
            for _ in range(times):
                result = func(*args, **kwargs)
            return result

        return wrapper

    return decorator


def log_calls(prefix: str = "call") -> Callable[[F], F]:
    def decorator(func: F) -> F:
        @functools.wraps(func)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            parts = [repr(a) for a in args] + [f"{k}={v!r}" for k, v in kwargs.items()]
            print(f"{prefix}: {func.__name__}({', '.join(parts)})")
            return func(*args, **kwargs)

        return wrapper

    return decorator


def counted(func):
    @functools.wraps(func)
    def wrapper(*args, **kwargs):
        wrapper.calls += 1
        return func(*args, **kwargs)

    wrapper.calls = 0
    return wrapper


def retry(times: int, on: str = "ValueError"):
    def decorator(func):
        def wrapper(*args, **kwargs):
            for attempt in range(times):
                try:
                    return func(*args, **kwargs)
                except ValueError as error:
                    print("attempt", attempt + 1, "failed:", error)
            raise RuntimeError(f"{on} {times} times")

        return wrapper

    return decorator


@timed
def add(a: int, b: int = 2) -> int:
    """Add."""
    return a + b


@memoize
def fib(n: int) -> int:
    return n if n < 2 else fib(n - 1) + fib(n - 2)


@repeat(times=2)
def greet(name: str, punct: str = "!") -> None:
    print("hi", name + punct)


@log_calls()
@log_calls("inner")
def product(x: float, y: float) -> float:
    return x * y


@counted
def square(n):
    return n * n


tries = []


@retry(3)
def flaky(limit: int) -> str:
    tries.append(limit)
    if len(tries) < limit:
        raise ValueError(f"only {len(tries)}")
    return "done"


class Stack:
    def __init__(self) -> None:
        self.items = []

    def __repr__(self) -> str:
        return f"Stack({self.items})"

    @timed
    def push(self, item: int) -> int:
        self.items.append(item)
        return len(self.items)

    @log_calls("method")
    def scaled(self, by: int, *, plus: int = 0) -> list[int]:
        return [item * by + plus for item in self.items]


print(add(1), add(1, b=5), add.__name__, add.__doc__)
print(fib(50))
greet("bob", punct="?")
print(product(2.0, y=4.5))
print([square(n) for n in range(4)], square.calls, square.__name__)
print(flaky(3))
try:
    flaky(99)
except RuntimeError as error:
    print(error)
stack = Stack()
print(stack.push(4), stack.push(5), stack.items, stack.scaled(2, plus=1))
