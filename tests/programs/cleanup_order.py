from __future__ import annotations

from typing import Iterator, Generator


class Tracker:
    def __init__(self, name: str) -> None:
        self.name = name
        print("make", name)

    def __del__(self) -> None:
        print("del", self.name)


def gen() -> Iterator[int]:
    t = Tracker("in gen")
    try:
        for i in range(5):
            yield i
    finally:
        print("cleanup", t.name)


def use() -> None:
    for x in gen():
        if x == 2:
            break
        print(x)
    print("after loop")


def closing() -> None:
    g = gen()
    print(next(g))
    g.close()
    print("closed")
    try:
        next(g)
    except StopIteration:
        print("stop")


def nested() -> int:
    for i in range(3):
        try:
            try:
                if i == 0:
                    continue
                if i == 1:
                    break
            finally:
                print("inner", i)
        finally:
            print("outer", i)
    else:
        print("never")
    try:
        return 1
    finally:
        print("returning")


def override() -> int:
    try:
        raise ValueError("lost")
    finally:
        return 7


def order() -> None:
    a = Tracker("a")
    b = Tracker("b")
    a = b
    print("rebound")
    del b
    print("deleted name")
    c = [Tracker("c0"), Tracker("c1")]
    c.pop(0)
    print("popped")
    c.clear()
    d = {"x": Tracker("d")}
    d["x"] = Tracker("e")
    print("replaced")


use()
closing()
print(nested())
print(override())
order()
funcs = [lambda: i for i in range(3)]
print([f() for f in funcs])
funcs2 = [lambda i=i: i for i in range(3)]
print([f() for f in funcs2])


def counter() -> Generator[int, None, str]:
    yield 1
    yield 2
    return "done"


def outer() -> Iterator[int]:
    r = yield from counter()
    print("r", r)
    yield 3


print(list(outer()))
