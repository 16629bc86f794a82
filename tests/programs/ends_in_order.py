"""__del__ runs when the last name goes: at del, at rebinding, at the end of a function, of a container."""

from __future__ import annotations


class Thing:
    def __init__(self, name, held=None):
        self.name = name
        self.held = held
        print("make", name)

    def __del__(self):
        print("end", self.name)


def local():
    a = Thing("local a")
    b = Thing("local b", a)
    print("in", b.held.name)


def passed(thing):
    print("got", thing.name)


def main() -> None:
    local()
    x = Thing("x")
    y = x
    del x
    print("still there")
    y = Thing("y")
    passed(Thing("temporary"))
    things = [Thing(f"item {n}") for n in range(3)]
    things.pop(1)
    print("popped")
    things.clear()
    print("cleared")
    table = {"a": Thing("a"), "b": Thing("b")}
    table["a"] = Thing("a again")
    del table["b"]
    print("deleted")
    try:
        z = Thing("z")
        raise ValueError(z.name)
    except ValueError as e:
        print("caught", e)
    del y, table
    print("done")


if __name__ == "__main__":
    main()
