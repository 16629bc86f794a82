"""Context managers whose `__exit__` takes the exception."""

from __future__ import annotations


class Timer:
    def __enter__(self) -> "Timer":
        print("enter")
        return self

    def __exit__(self, exc_type, exc, tb) -> bool:
        print("exit", exc_type is None, exc)
        return True


with Timer() as tm:
    print("in")
with Timer():
    raise RuntimeError("x")


class Res:
    def __init__(self, name: str) -> None:
        self.name = name

    def __enter__(self):
        print("open", self.name)
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        print("close", self.name)
        if exc_type is not None:
            print("error", exc_type.__name__, exc_val)
        return False


def use() -> int:
    with Res("a") as r, Res("b"):
        print(r.name)
        return 5


print(use())
try:
    with Res("c"):
        raise ValueError("bad")
except ValueError as e:
    print("caught", e)
for i in range(3):
    with Res(str(i)):
        if i == 1:
            break


class Quiet:
    def __init__(self) -> None:
        self.count = 0

    def __enter__(self) -> int:
        return 7

    def __exit__(self, kind, error, tb):
        self.count += 1
        return kind is not None and issubclass(kind, KeyError)


q = Quiet()
with q as n:
    print(n)
    raise KeyError("k")
try:
    with q:
        raise ValueError("v")
except ValueError:
    print("passed")
print(q.count)
