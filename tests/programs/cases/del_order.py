"""When objects end."""

from __future__ import annotations


class Noisy:
    def __init__(self, name: str) -> None:
        self.name = name
        print("+", name)

    def __del__(self) -> None:
        print("-", self.name)


class Pair:
    def __init__(self, a: Noisy, b: Noisy) -> None:
        self.a = a
        self.b = b


def scope() -> None:
    first = Noisy("first")
    second = Noisy("second")
    print("in scope")


def replaced() -> None:
    x = Noisy("x1")
    x = Noisy("x2")
    print("replaced")
    del x
    print("deleted")


def in_list() -> None:
    items = [Noisy(f"i{n}") for n in range(3)]
    items.pop(1)
    print("popped")
    items[0] = Noisy("new")
    print("set")
    items.clear()
    print("cleared")


def early(flag: bool) -> Noisy | None:
    kept = Noisy("kept")
    other = Noisy("other")
    if flag:
        return kept
    return None


def main() -> None:
    scope()
    replaced()
    in_list()
    got = early(True)
    print("got", got is not None)
    got = early(False)
    pair = Pair(Noisy("pa"), Noisy("pb"))
    alias = pair.a
    del pair
    print("pair gone")
    del alias
    d = {1: Noisy("d1"), 2: Noisy("d2")}
    d[1] = Noisy("d3")
    del d[2]
    print("end")


if __name__ == "__main__":
    main()
