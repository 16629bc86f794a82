"""When and in which order `__del__` runs."""

from __future__ import annotations


class Noisy:
    def __init__(self, name: str) -> None:
        self.name = name

    def __del__(self) -> None:
        print("end", self.name)


class Owner:
    def __init__(self, name: str) -> None:
        self.first = Noisy(name + ".first")
        self.second = Noisy(name + ".second")

    def __del__(self) -> None:
        print("owner ends")


def passes_through(noisy: Noisy) -> Noisy:
    print("in", noisy.name)
    return noisy


def locals_end() -> None:
    one = Noisy("one")
    two = Noisy("two")
    print(one.name, two.name)


def raises() -> None:
    raise ValueError(Noisy("inside").name)


def main() -> None:
    locals_end()
    again = Noisy("first value")
    again = Noisy("second value")
    print("rebound", again.name)
    del again
    print("deleted")
    passes_through(Noisy("temporary"))
    print("after temporary")
    items = [Noisy("l0"), Noisy("l1"), Noisy("l2")]
    del items[1]
    items[0] = Noisy("new l0")
    popped = items.pop()
    print("popped", popped.name)
    items.clear()
    print("cleared")
    table = {"a": Noisy("a"), "b": Noisy("b")}
    table["a"] = Noisy("a2")
    del table["b"]
    print("table")
    table.clear()
    owner = Owner("o")
    print(owner.first.name)
    del owner
    try:
        raises()
    except ValueError as error:
        print("caught", error)
    print("after")
    for noisy in [Noisy("x"), Noisy("y")]:
        print("loop", noisy.name)
    print("end of main")


if __name__ == "__main__":
    main()
