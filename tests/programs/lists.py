"""Lists: methods, slices, comprehensions, sorting, aliasing."""

from __future__ import annotations


class Named:
    number: int

    def __init__(self, number: int) -> None:
        self.number = number


def squares(count: int) -> list[int]:
    return [n * n for n in range(count)]


def evens(values: list[int]) -> list[int]:
    return [v for v in values if v % 2 == 0]


def show_slices(values: list[int]) -> None:
    print(f"{values[1:3]} {values[:2]} {values[3:]} {values[:]} {values[-2:]} {values[:-1]}")
    print(f"{values[::2]} {values[::-1]} {values[4:1:-1]} {values[-1:-4:-2]} {values[10:20]}")
    print(f"{values[100::-3]} {values[:100:4]} {values[-100:2]} {values[5:2]}")


def changes() -> None:
    values: list[int] = []
    for n in range(10):
        values.append(n)
    values.insert(0, 100)
    values.insert(-1, 200)
    values.insert(99, 300)
    print(values)
    print(f"{values.pop()} {values.pop(0)} {values.pop(-2)}")
    values.remove(5)
    print(f"{values} {values.index(7)} {values.count(3)}")
    del values[0]
    del values[-1]
    print(values)
    values[0] = 50
    values[-1] = 60
    values[1:3] = [7, 8, 9, 10]
    print(values)
    del values[1:4]
    print(values)
    values.extend([1, 2])
    values += [3]
    values.extend(values)
    print(values)
    del values[::2]
    print(values)
    values.reverse()
    print(f"{values} {values + [1]} {values * 2} {3 * [0]}")
    values.clear()
    print(f"{values} {len(values)}")


def aliasing() -> None:
    first = [1, 2]
    second = first
    third = first.copy()
    second.append(3)
    print(f"{first} {second} {third} {first is second} {first == third} {first is third}")
    rows = [[0] * 2 for _ in range(3)]
    rows[1][0] = 5
    shared = [[0]] * 2
    shared[0].append(1)
    print(f"{rows} {shared}")


def sorting() -> None:
    values = [(n * 7919) % 101 for n in range(60)]
    values.sort()
    print(values)
    values.sort(reverse=True)
    print(values)
    people = [Named((n * 31) % 17) for n in range(20)]
    people.sort(key=lambda person: person.number)
    print(f"{[person.number for person in people]}")
    values.sort(key=lambda v: v % 10)
    print(values)
    values.sort(key=lambda v: v % 10, reverse=True)
    print(values)


def failures() -> None:
    values = [1, 2, 3]
    try:
        print(f"{values[3]}")
    except IndexError:
        print("no element 3")
    try:
        values.remove(9)
    except ValueError:
        print("no 9")
    empty: list[int] = []
    try:
        empty.pop()
    except IndexError:
        print("nothing to pop")


def main() -> int:
    print(f"{squares(8)} {evens([1, 2, 3, 4])}")
    show_slices(squares(8))
    changes()
    aliasing()
    sorting()
    failures()
    words = ["b", "a'", 'c"']
    print(f"{words} {[True, False]} {[[1], [2, 3]]} {[None, 1]}")
    if words and not squares(0):
        print(f"{3 in [1, 2, 3]} {'b' in words} {4 not in [1]}")
    for word in words:
        print(word)
    for i, word in enumerate(words):
        print(i, word, sep=": ", end=";\n")
    pairs = [(x, y) for x in range(3) for y in range(x) if x != y]
    print(pairs, len(pairs), (1,), ("a", 2))
    return 3


if __name__ == "__main__":
    raise SystemExit(main())
