"""Plugin registry with decorators and a class decorator."""

from __future__ import annotations

import functools
from collections import defaultdict
from typing import Any, Callable, ClassVar, Protocol, TypeVar

T = TypeVar("T")


class Plugin(Protocol):
    name: str

    def run(self, text: str) -> str: ...


REGISTRY: dict[str, type] = {}


def register(cls):
    REGISTRY[cls.__name__.lower()] = cls
    return cls


class Base:
    registry: ClassVar[dict[str, type[Base]]] = {}
    priority = 0

    def __init_subclass__(cls, **kwargs) -> None:
        super().__init_subclass__(**kwargs)
        Base.registry[cls.__name__] = cls

    def run(self, text: str) -> str:
        raise NotImplementedError


@register
class Upper(Base):
    priority = 2

    def run(self, text: str) -> str:
        return text.upper()


class Reverse(Base):
    priority = 1

    def run(self, text: str) -> str:
        return text[::-1]


class Title(Base):
    def run(self, text: str) -> str:
        return text.title()


def count_calls(func):
    @functools.wraps(func)
    def wrapper(*args, **kwargs):
        wrapper.calls += 1
        print(f"call {wrapper.calls} of {func.__name__}")
        return func(*args, **kwargs)

    wrapper.calls = 0
    return wrapper


def memoize(func):
    cache = {}

    @functools.wraps(func)
    def wrapper(*args):
        if args not in cache:
            cache[args] = func(*args)
        return cache[args]

    wrapper.cache = cache
    return wrapper


def log_args(func):
    @functools.wraps(func)
    def wrapper(*args, **kwargs):
        parts = [repr(a) for a in args] + [f"{k}={v!r}" for k, v in kwargs.items()]
        print(f"{func.__name__}({', '.join(parts)})")
        result = func(*args, **kwargs)
        print(f"  -> {result!r}")
        return result

    return wrapper


@count_calls
def greet(name: str, punctuation: str = "!") -> str:
    return f"Hello, {name}{punctuation}"


@memoize
def fib(n: int) -> int:
    return n if n < 2 else fib(n - 1) + fib(n - 2)


@log_args
def add(a: int, b: int) -> int:
    return a + b


@log_args
def power(base: int, exponent: int = 2) -> int:
    return base**exponent


def main() -> None:
    for name, cls in Base.registry.items():
        print(name, cls.priority, cls().run("hello world"))
    ordered = sorted(Base.registry.values(), key=lambda c: -c.priority)
    print([c.__name__ for c in ordered])
    print(greet("Ann"))
    print(greet("Bob", punctuation="?"))
    print(greet.calls, greet.__name__)
    print(fib(30), len(fib.cache))
    add(1, 2)
    power(3)
    power(2, exponent=5)
    text = "pipeline"
    for cls in ordered:
        text = cls().run(text)
    print(text)


main()
