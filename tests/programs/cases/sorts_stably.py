"""Sorting keeps the order of what is equal."""

from __future__ import annotations


def main() -> None:
    people = [("Ann", 31), ("Bob", 25), ("Cid", 31), ("Dee", 25), ("Eve", 40)]
    print(sorted(people, key=lambda p: p[1]))
    print(sorted(people, key=lambda p: p[1], reverse=True))
    print(sorted(people, key=lambda p: (-p[1], p[0])))
    by_name = sorted(people, key=lambda p: p[0], reverse=True)
    by_name.sort(key=lambda p: p[1])
    print(by_name)
    words = "banana Apple cherry apple Banana date".split()
    print(sorted(words), sorted(words, key=str.lower), sorted(words, key=len))
    numbers = [(i * 7919) % 101 for i in range(60)]
    ordered = sorted(range(60), key=lambda i: numbers[i] % 5)
    print(ordered)
    print(ordered == sorted(range(60), key=lambda i: (numbers[i] % 5, i)))
    print(min(people, key=lambda p: p[1]), max(people, key=lambda p: p[1]))
    print(sorted([3.5, -1.0, 2.25, 0.0]), sorted([True, False, True]))
    print(sorted([(1, "b"), (1, "a"), (0, "z")]), sorted(["b", "B", "a", "é", "z", "Z"]))
    print(sorted([[2, 1], [1, 9], [1]]))
    data = [5, 3, 8, 1]
    data.sort()
    print(data, list(reversed(data)), sorted(data, reverse=True))


if __name__ == "__main__":
    main()
