"""str: operators, slices, methods, f-strings, UTF-8."""

from __future__ import annotations


class Point:
    x: int
    y: int

    def __init__(self, x: int, y: int) -> None:
        self.x = x
        self.y = y

    def __repr__(self) -> str:
        return f"Point({self.x}, {self.y})"


def greet(name: str) -> str:
    return "hello, " + name + "!"


def operators(text: str) -> None:
    print(greet(text), text * 3, 2 * text, text + text, len(text))
    print(text == "Zoë", text != "Zoë", text < "a", text > "Z", text <= text)
    print("o" in text, "x" in text, "" in text, "Zo" in text)
    total = ""
    for i in range(10):
        total += str(i) + ","
    print(total, len(total))
    print(text[0], text[-1], text[1:], text[:-1], text[::-1], text[::2], text[5:2] + "|")
    for c in text:
        print(c, ord(c), end=" ")
    print()
    print([c for c in text], repr(text), str(12) + chr(955), [text, "it's", 'say "x"', "\n"])


def methods() -> None:
    line = "  one two,three   four  "
    print(
        line.split(), line.split(" "), line.split(","), line.split(None, 1), "a,b,c".split(",", 1)
    )
    print([line.strip(), line.lstrip(), line.rstrip(), "xxaxx".strip("x"), "".strip()])
    print("-".join(["a", "b", "c"]), ",".join([]), "".join([str(n) for n in range(5)]))
    print("-".join(str(n) for n in range(3)))
    print("banana".find("an"), "banana".rfind("an"), "banana".find("x"), "banana".find("an", 2))
    print("banana".count("a"), "banana".count("ana"), "banana".index("n"), "aëbëc".find("b"))
    print("banana".replace("an", "AN"), "aaa".replace("a", "b", 2), "abc".replace("", "-"))
    print("banana".startswith("ban"), "banana".endswith("na"), "banana".startswith("x"))
    print("key=value=x".partition("="), "key".partition("="), "a.b.c".rpartition("."))
    print(
        "ab".ljust(5) + "|", "ab".rjust(5) + "|", "ab".center(5, "*"), "-7".zfill(4), "7".zfill(3)
    )
    print("abc".center(6, "*"), "abc".center(7, "*"), "abcd".center(7, "*"))
    print("one\ntwo\r\nthree".splitlines(), "a\n\nb\n".splitlines(), "a\nb".splitlines(True))
    print("prefix-x".removeprefix("prefix-"), "x.py".removesuffix(".py"))


def shown() -> None:
    point = Point(1, -2)
    text = f"{point} {point!r} {[point, point]} {3:>4}|{'x':^5}|{7:03d}"
    print(text, len(text))
    print(str(point), repr("a"), str(True), str([1, 2]), f"{text[:5]!r}")
    long = "x" * 600
    print(f"{long}{long}" == long * 2, len(f"{long}{long}"))


def failures(text: str) -> None:
    try:
        print(text[10])
    except IndexError:
        print("no such character")
    try:
        print(text.index("q"))
    except ValueError:
        print("no q")
    try:
        print(text.split(""))
    except ValueError:
        print("empty separator")


def main() -> int:
    operators("Zoë")
    operators("plain")
    methods()
    shown()
    failures("Zoë")
    words = "the quick brown fox".split()
    words.sort()
    print(words, words.index("fox"), sorted(words, key=lambda w: len(w)), max(words))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
