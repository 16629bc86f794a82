"""List drops."""

from __future__ import annotations


class Noisy:
    def __init__(self, name: str, log: list[str]) -> None:
        self.name = name
        self.log = log

    def __del__(self) -> None:
        self.log.append(self.name)


def make(names: str, log: list[str]) -> list[Noisy]:
    return [Noisy(c, log) for c in names]


def main() -> None:
    log: list[str] = []
    xs = make("abcdef", log)
    del xs[1:3]
    print(log)
    del xs[::2]
    print(log, [x.name for x in xs])
    xs[0:1] = make("xyz", log)
    print(log, [x.name for x in xs])
    del xs[::-1]
    print(log)
    xs = make("uvw", log)
    xs.remove(xs[1])
    print(log)
    xs.clear()
    print(log)
    xs = make("123", log)
    xs = make("456", log)
    print(log)
    xs[1] = Noisy("new", log)
    print(log)
    xs.pop()
    xs.pop(0)
    print(log)
    pair = (Noisy("left", log), Noisy("right", log))
    del pair
    print(log)
    d = {c: Noisy(c, log) for c in "klm"}
    d["l"] = Noisy("L", log)
    print(log)
    del d["k"]
    print(log)
    d.clear()
    print(log)
    nested = [make("ab", log), make("cd", log)]
    nested.pop(0)
    print(log)
    nested = []
    print(log)
    numbers = list(range(20))
    del numbers[3:18:4]
    print(numbers)
    del numbers[15:2:-3]
    print(numbers)
    del numbers[5:5:2]
    print(numbers)


if __name__ == "__main__":
    main()
