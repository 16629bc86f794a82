"""Keys, as a terminal sends them: characters, control characters, and escape sequences.

left  right  home  end  up  down  delete  word-left  word-right     by what they do
^A ... ^Z, escape                                                   control characters
alt-x                                                               with Alt held
a                                                                   any other character is itself

Source: ECMA-48, section 5.4, control sequences; xterm, "Control Sequences", PC-style function keys.
"""

from __future__ import annotations

from collections.abc import Callable

MODIFIERS = ("5", "3", "9")  # Control, Alt, Meta


def read_key(take: Callable[[], str]) -> str:
    """Return the next key; empty at the end, `unknown` for a sequence that stands for none.

    take: returns the next character; empty at the end.
    """
    character = take()
    if character != "\x1b":
        return named(character)
    second = take()
    if second == "[" or second == "O":
        return read_sequence(take)
    if second == "":
        return "escape"
    if second == "\x7f" or second == "\b":
        return "alt-backspace"
    return "alt-" + second


def named(character: str) -> str:
    """Return the name of what a single character stands for."""
    if character == "" or character >= " " and character != "\x7f":
        return character
    if character in "\r\n":
        return "enter"
    if character == "\t":
        return "tab"
    if character in "\x7f\b":
        return "backspace"
    return "^" + chr(ord(character) + 64)


def read_sequence(take: Callable[[], str]) -> str:
    """Return what a control sequence stands for: parameters, and a letter or ~ that ends it."""
    parameters = ""
    final = take()
    while final != "" and final in "0123456789;?":
        parameters += final
        final = take()
    number, _, modifier = parameters.partition(";")
    if final == "R":
        return f"place {modifier}"  # of the cursor: the column, as was asked for
    if final == "~":
        return numbered(number)
    return arrow(final, modifier in MODIFIERS)


def numbered(number: str) -> str:
    match number:
        case "1" | "7":
            return "home"
        case "3":
            return "delete"
        case "4" | "8":
            return "end"
    return "unknown"


def arrow(final: str, by_words: bool) -> str:
    match final:
        case "A":
            return "up"
        case "B":
            return "down"
        case "C":
            return "word-right" if by_words else "right"
        case "D":
            return "word-left" if by_words else "left"
        case "H":
            return "home"
        case "F":
            return "end"
    return "unknown"
