"""Methods of lists, dicts and sets with any iterable; views of dicts; methods of types as functions."""

from __future__ import annotations

from typing import TypeVar

T = TypeVar("T")


def squares(limit: int) -> list[int]:
    return [n * n for n in range(limit)]


def logged(word: str, value: list[T]) -> list[T]:
    print(word)
    return value


def lists() -> None:
    a = [1, 2]
    a += (3, 4)
    a.extend(range(2))
    a.extend(x * 10 for x in a[:2])
    a += {5: 1}
    a.extend({7})
    a *= 2
    print(a)
    a[::3] = [0] * len(a[::3])
    a[-1:-4:-1] = range(3)
    a[1:3] = (9, 8, 7)
    a[:0] = {6}
    print(a)
    try:
        a[::2] = [1]
    except ValueError as error:
        print(error)
    try:
        a[::0] = [1]
    except ValueError as error:
        print(error)
    rows = {"x": [1]}
    same = rows["x"]
    rows["x"] += [2]
    print(same, rows)


def sets() -> None:
    s = {1, 2, 3}
    s.update([40, 5, 4])
    s.update(range(30, 34))
    print(s, s.union([100, 60]), s.intersection([40, 2, 77]), s.difference([2, 3, 5]))
    print(
        s.symmetric_difference([2, 99]),
        s.isdisjoint([98]),
        s.issubset(range(50)),
        s.issuperset([1]),
    )
    s.difference_update(n for n in squares(7))
    s.intersection_update([3, 2, 40, 32])
    s.symmetric_difference_update({2: 0})
    print(s)


def dicts() -> None:
    d = {"a": 1}
    d.update({"b": 2})
    d.update(c=3)
    d.update([("d", 4), ("a", 5)])
    d.update((name, len(name)) for name in ["xyz"])
    d |= {"e": 5}
    print(d, dict.fromkeys(["k", "l"], 0), list(dict.fromkeys("hello")))
    shared = dict.fromkeys(logged("k", ["m", "n"]), logged("v", [0]))
    shared["m"].append(1)
    print(shared)
    other = {"b": 0, "c": 3, "q": 1}
    print(
        sorted(d.keys() & other.keys()),
        sorted(d.keys() | other.keys()),
        sorted(d.keys() - {"a", "b"}),
    )
    print(d.keys() == other.keys(), {"a": 1}.keys() == {"a": 2}.keys(), len(d.items()))
    print(("a", 5) in d.items(), 5 in d.values(), "q" in d.keys(), d.keys(), d.values(), d.items())
    keys = other.keys()
    other["new"] = 4
    print(keys, list(keys), sorted(keys), [*reversed(keys)])


def functions() -> None:
    words = ["pear", "Apple", "fig"]
    print(sorted(words, key=str.lower), list(map(str.upper, words)), str.title("a b"))
    words.sort(key=str.swapcase)
    print(words, max(words, key=len))


def main() -> None:
    lists()
    sets()
    dicts()
    functions()
