"""Names in columns, as a terminal shows many of them."""

from __future__ import annotations


def in_columns(names: list[str], shown: list[str], width: int) -> str:
    """Return names as lines of columns, filled downwards, in a width.

    shown: what is written for each name, which takes as much room, such as the name with a colour.
    """
    column = max([len(name) for name in names]) + 2
    per_line = max(width // column, 1)
    lines = (len(names) + per_line - 1) // per_line
    text = ""
    for line in range(lines):
        for index in range(line, len(names), lines):
            is_last = index + lines >= len(names)
            text += shown[index] + ("\n" if is_last else " " * (column - len(names[index])))
    return text
