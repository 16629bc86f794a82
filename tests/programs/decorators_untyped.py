"""Decorators that say no types: they wrap, remember and register what they decorate."""

from __future__ import annotations

import functools
from typing import Callable


def memoize(fn):
    cache = {}

    def wrapper(n):
        if n not in cache:
            cache[n] = fn(n)
        return cache[n]

    return wrapper


def logged(fn):
    @functools.wraps(fn)
    def inner(x, y):
        result = fn(x, y)
        print(f"{fn.__name__}: {x} {y} -> {result}")
        return result

    return inner


def scaled(by):
    def decorate(fn):
        def inner(x, y):
            return fn(x * by, y)

        return inner

    return decorate


COMMANDS = {}


def command(name):
    def register(fn):
        COMMANDS[name] = fn
        return fn

    return register


class App:
    def __init__(self, name: str) -> None:
        self.name = name
        self.routes: dict[str, Callable[[str], str]] = {}
        self.hooks = []

    def route(self, path: str):
        def register(func):
            self.routes[path] = func
            return func

        return register

    def hook(self, func):
        self.hooks.append(func)
        return func

    def run(self, path: str) -> str:
        for each in self.hooks:
            each(path)
        handler = self.routes.get(path)
        return "404" if handler is None else handler(path)


app = App("demo")


@memoize
def collatz(n: int) -> int:
    return 1 if n == 1 else 1 + collatz(n // 2 if n % 2 == 0 else 3 * n + 1)


@memoize
def shout(text):
    print("shouting")
    return text.upper()


@logged
@scaled(3)
def add(x, y):
    return x + y


@logged
def join(a: str, b: str) -> str:
    return a + b


class Account:
    def __init__(self, owner: str) -> None:
        self.owner = owner
        self.total = 0

    @logged
    def deposit(self, amount: int) -> int:
        self.total += amount
        return self.total

    def __repr__(self) -> str:
        return f"<{self.owner}>"


@command("plus")
def plus(a: int, b: int) -> int:
    return a + b


@command("times")
def times(a: int, b: int) -> int:
    return a * b


@app.route("/")
def index(path: str) -> str:
    return f"index at {path}"


@app.route("/about")
def about(path):
    return "about " + path


@app.hook
def note(path):
    print("asked for", path)


print(collatz(27), shout("abc"), shout("abc"))
print(add(1, 2), join("x", "y"))
print(Account("ann").deposit(5))
print(sorted(COMMANDS), COMMANDS["plus"](2, 3), COMMANDS["times"](2, 3), plus(4, 4))
for path in ("/", "/about", "/nope"):
    print(app.run(path))
print(index("directly"), sorted(app.routes), len(app.hooks))
