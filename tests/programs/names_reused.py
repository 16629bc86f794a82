"""Names that cases and handlers bind for themselves, though others bind them to something else."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Num:
    value: int


@dataclass
class Neg:
    value: Num | Neg | Let


@dataclass
class Let:
    name: str
    value: Num | Neg | Let


def evaluate(node: Num | Neg | Let, names: dict[str, int]) -> int:
    match node:
        case Num(value):
            return value
        case Neg(value=Num(value)):
            return -value
        case Neg(value):
            return -evaluate(value, names)
        case Let(name, value):
            names[name] = evaluate(value, names)
            return names[name]
    return 0


def described(item: int | str | list[int]) -> str:
    match item:
        case int(x):
            shown = [x + n for n in range(2)]
            return f"int {shown}"
        case str(x):
            upper = lambda: x.upper()  # noqa: E731
            return f"str {upper()}"
        case [x, *rest]:
            return f"list of {x} and {rest}"
    return "nothing"


def total(words: list[str]) -> int:
    found = 0
    for e in words:
        try:
            found += int(e)
        except ValueError as e:
            print("caught", e)
            try:
                found += [1][len(words)]
            except IndexError as e:
                print("again", e)
            print("done")
    return found


def tried(n: int) -> str:
    for e in range(n):
        print(e, end=" ")
    try:
        return str(10 // (n - 2))
    except ZeroDivisionError as e:
        text = f"{e}"
    except ValueError as e:
        text = repr(e)
    for e in "ab":
        text += e
    return text


class Ended:
    def __init__(self, e: int) -> None:
        self.e = e

    def half(self, e: int) -> int:
        return self.e // e


names: dict[str, int] = {}
print(evaluate(Let("x", Neg(Neg(Num(4)))), names), names)
print(described(3), described("abc"), described([1, 2, 3]), described([]))
print(total(["1", "a", "2"]))
print(tried(2), tried(4))

for e in [1, 2]:
    print(e)
try:
    print(Ended(5).half(0))
except ZeroDivisionError as e:
    print("halved", e)
print([e for e in range(3)], sorted(["b", "a"], key=lambda e: e))
e = "bound again"
print(e)
