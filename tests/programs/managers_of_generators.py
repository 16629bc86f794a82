"""`contextmanager`, `suppress` and `closing`: what is raised in a block goes through its manager."""

from __future__ import annotations

from contextlib import contextmanager, suppress, closing
from typing import Iterator, Generator


@contextmanager
def tag(name: str, *, upper: bool = True) -> Iterator[str]:
    print(f"<{name}>")
    try:
        yield name.upper() if upper else name
    finally:
        print(f"</{name}>")


with tag("p") as t:
    print(t)
try:
    with tag("q", upper=False) as t:
        print(t)
        raise ValueError("inside")
except ValueError as e:
    print("caught", e)

with suppress(KeyError):
    d: dict[str, int] = {}
    print(d["x"])
print("ok")
with tag("a") as a, tag("b") as b:
    print(a, b)


@contextmanager
def handled() -> Generator[None, None, None]:
    try:
        yield
    except ValueError as e:
        print("handled", e)
    else:
        print("fine")


with handled():
    print("nothing")
with handled():
    raise ValueError("x")
print("going on")
try:
    with handled():
        raise KeyError("k")
except KeyError as e:
    print("key", e)


class Pool:
    def __init__(self) -> None:
        self.used = 0

    @contextmanager
    def take(self, n: int) -> Iterator[int]:
        self.used += n
        print("used", self.used)
        yield self.used
        self.used -= n
        print("free", self.used)


pool = Pool()
with pool.take(2) as u:
    print(u)


def f() -> int:
    with pool.take(3) as u:
        return u


print(f())


class Conn:
    def close(self) -> None:
        print("closed")


with closing(Conn()) as c:
    print("using")


@contextmanager
def translated() -> Iterator[None]:
    try:
        yield
    except ValueError as e:
        raise RuntimeError("translated") from e


try:
    with translated():
        int("x")
except RuntimeError as e:
    print(e, "from", e.__cause__)
