"""`text += more`: it may grow where it is only if nobody else has it, and nobody can tell."""

from __future__ import annotations


class Holder:
    text: str

    def __init__(self, text: str) -> None:
        self.text = text


def made(count: int) -> str:
    """Return text that only the caller has."""
    text = ""
    for i in range(count):
        text += "abc"[i % 3]
    return text


def other_names() -> None:
    x = made(5)
    y = x
    x += "!"
    print(x, y)
    z = x
    x = x + "?"
    x = x + "abc"[1]
    print(x, y, z)


def of_the_caller(text: str) -> str:
    text += "+"
    return text


def parameters() -> None:
    x = made(4)
    longer = of_the_caller(x)
    print(x, longer, of_the_caller(longer), longer)


def hashes() -> None:
    """A hash that was asked for is not that of what the text has become."""
    x = made(7)
    before = hash(x)
    x += "q"
    print(hash(x) == before, hash(x) == hash(made(7) + "q"))
    x += "abc"[2]
    print(x == made(7) + "qc", hash(x) == hash(made(7) + "qc"))


def keys() -> None:
    counts: dict[str, int] = {}
    seen: set[str] = set()
    key = ""
    for i in range(5):
        key += "k"
        counts[key] = i
        key += str(i)
        seen.add(key)
    print(counts, sorted(seen), key in counts, key in seen)
    for each in counts:
        each += "."
        print(each, end=" ")
    print(list(counts))


def parts() -> None:
    whole = made(12)
    middle, first = whole[3:7], whole.split("b")[0]
    whole += whole
    whole += middle
    middle += whole[:2]
    middle += middle[1:3]
    middle += first
    print(whole, middle, first)


def characters() -> None:
    x = made(4)
    for letter in x:
        x += letter
        x += letter.upper()
    print(x, len(x))
    x += "é"
    x += "€𝄞"
    x += x[-2]
    x += x[-1]
    print(x, len(x), x[-1], x[-3], x[1], [ord(c) for c in x[-4:]])


def lengths(count: int) -> None:
    """What was known before stays so."""
    text = made(3)
    length = 0
    while len(text) < count:
        length = len(text)
        is_even = len(text) % 2 == 0
        text += "xy"[length % 2]
        if is_even:
            print(length, end=" ")
    print(length, len(text), text)


def kept() -> None:
    holder = Holder(made(3))
    text = holder.text
    text += "more"
    print(text, holder.text)
    steps: list[str] = []
    text = made(2)
    for i in range(4):
        text += str(i)
        steps.append(text)
    print(steps, text)
    pairs = (text, text)
    text += "end"
    print(pairs, text)


def literals() -> None:
    x = "literal"
    y = "literal"
    x += ""
    x += "abc"[0]
    x += ""
    print(x, y, "literal")
    empty = ""
    empty += x
    empty += "!"
    print(empty, x)


def bound_meanwhile() -> None:
    x = made(3)
    x = x + (x := "new")
    print(x)
    y = made(3)
    y = (y + "1") + (y + "2")
    print(y)


def failing(text: str, index: int) -> str:
    try:
        text += text[index]
        text += "abc"[index]
    except IndexError:
        print("no such character")
    return text


def captured() -> None:
    text = made(3)

    def show() -> None:
        print(text)

    def grow() -> None:
        nonlocal text
        text += "g"

    show()
    before = text
    text += "h"
    grow()
    show()
    print(before)


def long() -> None:
    text = made(1)
    for i in range(30000):
        text += "0123456789"
        if i % 10000 == 0:
            other = text
            text += "-"
            print(len(other), len(text), other[-1], text[-1])
    print(len(text), text[:5], text[-5:])


def main() -> None:
    other_names()
    parameters()
    hashes()
    keys()
    parts()
    characters()
    lengths(12)
    kept()
    literals()
    bound_meanwhile()
    print(failing("ab", 1), failing("abcde", 4), failing("", 0))
    captured()
    long()


if __name__ == "__main__":
    main()
