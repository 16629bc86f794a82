from __future__ import annotations

from contextlib import ExitStack, contextmanager


class Resource:
    def __init__(self, name: str):
        self.name = name

    def __enter__(self):
        print("open", self.name)
        return self

    def __exit__(self, kind, error, traceback):
        print("close", self.name, kind is None)

    def use(self, n: int) -> int:
        if n < 0:
            raise ValueError(f"bad {n}")
        return n * 2


class Swallow:
    def __enter__(self) -> None:
        pass

    def __exit__(self, exc_type, exc, tb) -> bool:
        if exc is not None:
            print("swallowed", exc)
        return True


def many(names: list[str]) -> list[int]:
    with ExitStack() as stack:
        resources = [stack.enter_context(Resource(n)) for n in names]
        stack.callback(print, "callback")
        for n in names:
            stack.callback(print, "later", n, sep="-")
        stack.callback(lambda: print("lambda"))
        return [r.use(i) for i, r in enumerate(resources)]


print(many(["a", "b", "c"]))
with ExitStack() as stack:
    stack.enter_context(Swallow())
    r = stack.enter_context(Resource("x"))
    r.use(-1)
try:
    with ExitStack() as stack:
        stack.enter_context(Resource("y")).use(-2)
except ValueError as e:
    print("caught", e)
s = ExitStack()
s.enter_context(Resource("z"))
t = s.pop_all()
s.close()
print("closed")
t.close()
