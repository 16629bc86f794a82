"""Expressions of numbers, texts and objects."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Symbol:
    name: str


@dataclass
class Call:
    head: Atom
    arguments: list[Atom]


Atom = int | str | Symbol | Call


def show(atom: Atom) -> str:
    match atom:
        case int(number):
            return str(number)
        case str(text):
            return repr(text)
        case Symbol(name):
            return name
        case Call(head, arguments):
            return f"({' '.join(show(each) for each in [head, *arguments])})"


def read(tokens: list[str]) -> Atom:
    token = tokens.pop(0)
    if token == "(":
        head = read(tokens)
        arguments: list[Atom] = []
        while tokens[0] != ")":
            arguments.append(read(tokens))
        tokens.pop(0)
        return Call(head, arguments)
    if token.lstrip("-").isdigit():
        return int(token)
    if token.startswith('"'):
        return token.strip('"')
    return Symbol(token)


def evaluate(atom: Atom) -> int:
    if isinstance(atom, int):
        return atom
    if isinstance(atom, Call) and isinstance(atom.head, Symbol):
        operator = atom.head.name
        values = [evaluate(each) for each in atom.arguments]
        if operator == "+":
            return sum(values)
        if operator == "*":
            result = 1
            for value in values:
                result *= value
            return result
    raise ValueError(f"cannot evaluate {show(atom)}")


def flatten(items: list[int | list[int]]) -> list[int]:
    found: list[int] = []
    for item in items:
        if isinstance(item, list):
            found.extend(item)
        else:
            found.append(item)
    return found


def main() -> None:
    for text in ("( + 1 2 ( * 3 4 ) )", '( print "hi" x )', "42", '( + 1 "x" )'):
        atom = read(text.split())
        print(show(atom))
        try:
            print(evaluate(atom))
        except ValueError as error:
            print(error)
    print(flatten([1, [2, 3], 4, [], [5]]))
    print(read("( f -3 )".split()))


if __name__ == "__main__":
    main()
