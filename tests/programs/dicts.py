"""dict: order, deletion, methods, comprehensions, keys of many types."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    x: int
    y: int


class Box:
    content: int

    def __init__(self, content: int) -> None:
        self.content = content

    def __repr__(self) -> str:
        return f"Box({self.content})"

    def __eq__(self, other: Box) -> bool:
        return self.content == other.content

    def __hash__(self) -> int:
        return hash((self.content, "box"))


def count_words(text: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for word in text.split():
        counts[word] = counts.get(word, 0) + 1
    return counts


def order() -> None:
    numbers = {3: "c", 1: "a", 2: "b"}
    numbers[0] = "z"
    numbers[3] = "C"
    print(numbers, len(numbers), 3 in numbers, 9 in numbers)
    del numbers[1]
    numbers[1] = "again"
    print(numbers, list(numbers), list(numbers.values()), list(numbers.items()))
    for key in numbers:
        print(key, end=" ")
    for key, value in numbers.items():
        print(key, value, end=", ")
    print(sorted(numbers), sum(numbers.keys()), max(numbers.values()))
    print(numbers.pop(0), numbers.pop(77, "none"), numbers.popitem(), numbers.popitem(), numbers)


def large() -> None:
    squares = {n: n * n for n in range(1000)}
    for n in range(0, 1000, 3):
        del squares[n]
    for n in range(1000, 1100):
        squares[n] = -n
    print(len(squares), sum(squares.values()), 3 in squares, squares[4], squares[1050])
    total = 0
    for key, value in squares.items():
        total = (total * 31 + key * 7 + value) % 1000000007
    print(total)
    while len(squares) > 5:
        squares.popitem()
        if len(squares) % 100 == 0:
            squares[-len(squares)] = 1
            squares.popitem()
    print(squares)


def methods() -> None:
    ages = {"ann": 30, "bob": 25}
    print(ages.get("ann"), ages.get("eve"), ages.get("eve", 7), ages.setdefault("eve", 1))
    more = ages.copy()
    more.update({"bob": 26, "carl": 50})
    print(ages, more, ages == more, ages == dict(ages), {**ages, "x": 1}, ages | {"ann": 1})
    ages["ann"] += 5
    print(ages, dict(a=1, b=2), dict([("p", 1), ("q", 2)]), dict(zip("xyz", range(3))))
    more.clear()
    print(more, len(more), bool(more), bool(ages))
    found = ages.get("bob")
    if found is not None:
        print(found + 1)
    groups: dict[int, list[str]] = {}
    for word in ["one", "two", "three", "four"]:
        groups.setdefault(len(word), []).append(word)
    print(groups, {len(w): w for w in ["a", "bb", "cc"]})


def keys() -> None:
    seen = {(1, 2): "a", (1, 3): "b"}
    seen[1, 2] = "c"
    print(seen, (1, 3) in seen, (9, 9) in seen)
    places = {Place(1, 2): 1, Place(3, 4): 2}
    print(places[Place(3, 4)], Place(1, 2) in places, Place(0, 0) in places)
    boxes = {Box(1): "one", Box(2): "two"}
    boxes[Box(1)] = "uno"
    print(boxes)
    flags = {True: "yes", False: "no"}
    print(flags, hash(12), hash(-1), hash((1, 2)), hash(True), hash((1, (2, 3))))


def failures() -> None:
    ages = {"ann": 30}
    try:
        print(ages["bob"])
    except KeyError:
        print("no bob")
    try:
        del ages["bob"]
    except KeyError:
        print("no bob to delete")
    try:
        for name in ages:
            ages[name + "x"] = 1
    except RuntimeError:
        print("changed")


def main() -> int:
    print(count_words("the cat and the dog and the bird"))
    order()
    large()
    methods()
    keys()
    failures()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
