"""Names that have a value on some of the ways only, and Python's exceptions on the others."""

from __future__ import annotations


def last(xs: list[int]) -> int:
    for x in xs:
        pass
    return x


def text(flag: bool) -> str:
    if flag:
        s = "yes" * 2
    return s


def deleted(flag: bool) -> str:
    s = [1, 2, 3]
    if flag:
        del s
    return str(s)


def gen(n):
    for i in range(n):
        yield i
    yield i * 10


def tried():
    try:
        v = int("x")
    except ValueError:
        pass
    try:
        print(v)
    except NameError as e:
        print(type(e).__name__, e)
    v = 3
    print(v)


print(last([1, 2]), text(True), deleted(False), list(gen(3)))
for case in range(4):
    try:
        match case:
            case 0:
                print(last([]))
            case 1:
                print(text(False))
            case 2:
                print(deleted(True))
            case 3:
                print(list(gen(0)))
    except UnboundLocalError as e:
        print(e)
tried()
empty: list[int] = []
for k in empty:
    pass
while True:
    w = "a" + "b"
    break
print(w)
if len(w) > 5:
    z = 4
try:
    print(z)
except NameError as e:
    print(e)
for i in range(3):
    if i == 1:
        seen = [i]
    if i:
        print(seen)


def in_managers(names: list[str]) -> str:
    from contextlib import suppress

    with suppress(ValueError):
        number = int(names[0])
    with suppress(UnboundLocalError):
        return f"{number + 1}"
    return "no number"


print(in_managers(["4"]), in_managers(["x"]))


def deleted_by_handler(words: list[str]) -> str:
    e = 1
    found = ""
    try:
        found = words[e]
    except IndexError as e:
        found = str(e)
    try:
        return f"{found} {e}"
    except UnboundLocalError:
        return f"{found} and no e"


print(deleted_by_handler(["a", "b"]), deleted_by_handler([]))
