"""A tokenizer by named groups, whose tokens hold values of several types."""

from __future__ import annotations

import re
from typing import Iterator, NamedTuple, Union


class Token(NamedTuple):
    kind: str
    value: Union[int, float, str]
    line: int
    column: int


SPEC = [
    ("NUMBER", r"\d+(\.\d*)?"),
    ("ASSIGN", r":="),
    ("END", r";"),
    ("ID", r"[A-Za-z]+"),
    ("OP", r"[+\-*/]"),
    ("NEWLINE", r"\n"),
    ("SKIP", r"[ \t]+"),
    ("MISMATCH", r"."),
]


def tokenize(code: str) -> Iterator[Token]:
    keywords = {"IF", "THEN", "ENDIF", "FOR", "NEXT", "GOSUB", "RETURN"}
    regex = "|".join("(?P<%s>%s)" % pair for pair in SPEC)
    line_num = 1
    line_start = 0
    for mo in re.finditer(regex, code):
        kind = mo.lastgroup
        value = mo.group()
        column = mo.start() - line_start
        if kind == "NUMBER":
            value = float(value) if "." in value else int(value)
        elif kind == "ID" and value in keywords:
            kind = value
        elif kind == "NEWLINE":
            line_start = mo.end()
            line_num += 1
            continue
        elif kind == "SKIP":
            continue
        elif kind == "MISMATCH":
            raise RuntimeError(f"{value!r} unexpected on line {line_num}")
        yield Token(kind, value, line_num, column)


def main() -> None:
    statements = """
    IF quantity THEN
        total := total + price * quantity;
        tax := price * 0.05;
    ENDIF;
"""
    for token in tokenize(statements):
        print(token)
    total = 0
    for token in tokenize("1 + 2.5 * 3"):
        if isinstance(token.value, (int, float)):
            total += token.value
        elif token.kind == "OP":
            print("op", token.value)
    print(total)
    try:
        for token in tokenize("a ? b"):
            print(token.kind, end=" ")
    except RuntimeError as e:
        print(e)


if __name__ == "__main__":
    main()
