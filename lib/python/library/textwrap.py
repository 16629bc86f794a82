"""Python's module textwrap, for programs.

Source: Python Library Reference, module textwrap.
"""

from __future__ import annotations

from typing import Final

SPACE: Final = "\t\n\x0b\x0c\r "


def _chunks(text: str) -> list[str]:
    """Return words and the white space between them; a hyphen between letters ends a part of a word."""
    found: list[str] = []
    at = 0
    while at < len(text):
        start = at
        if text[at] in SPACE:
            while at < len(text) and text[at] in SPACE:
                at += 1
            found.append(text[start:at])
            continue
        while at < len(text) and text[at] not in SPACE:
            at += 1
            if _breaks_behind(text, start, at):
                break
        found.append(text[start:at])
    return found


def _breaks_behind(text: str, start: int, at: int) -> bool:
    """Tell whether a line may end at a place in a word: behind a hyphen that joins letters."""
    if text[at - 1] != "-" or at - 3 < start or at + 1 >= len(text):
        return False
    letters = text[at - 3 : at - 1] + text[at : at + 2]
    for each in letters:
        if not each.isalpha():
            return False
    return True


def wrap(
    text: str,
    width: int = 70,
    initial_indent: str = "",
    subsequent_indent: str = "",
    break_long_words: bool = True,
) -> list[str]:
    """Return a text as lines of at most so many characters, without their ends.

    Raises:
        ValueError: the width is no such number.
    """
    if width <= 0:
        raise ValueError(f"invalid width {width!r} (must be > 0)")
    plain = "".join([" " if each in SPACE else each for each in text.expandtabs()])
    chunks = _chunks(plain)
    chunks.reverse()
    lines: list[str] = []
    while chunks:
        margin = subsequent_indent if lines else initial_indent
        room = width - len(margin)
        if lines and chunks[-1].strip() == "":
            chunks.pop()
        line: list[str] = []
        used = 0
        while chunks and used + len(chunks[-1]) <= room:
            used += len(chunks[-1])
            line.append(chunks.pop())
        if chunks and len(chunks[-1]) > room:
            _break_long(chunks, line, room - used if room > 0 else 1, break_long_words)
        if line and line[-1].strip() == "":
            line.pop()
        if line:
            lines.append(margin + "".join(line))
    return lines


def _break_long(chunks: list[str], line: list[str], room: int, may_break: bool) -> None:
    """Put a part of a word that is longer than a line into the line, or all of it."""
    if may_break:
        if room > 0:
            line.append(chunks[-1][:room])
            chunks[-1] = chunks[-1][room:]
    elif not line:
        line.append(chunks.pop())


def fill(text: str, width: int = 70, initial_indent: str = "", subsequent_indent: str = "") -> str:
    return "\n".join(wrap(text, width, initial_indent, subsequent_indent))


def shorten(text: str, width: int, placeholder: str = " [...]") -> str:
    """Return as many words as have room in a line, and a placeholder for the others.

    Raises:
        ValueError: the placeholder has none.
    """
    words = text.split()
    whole = " ".join(words)
    if len(whole) <= width:
        return whole
    if len(placeholder.lstrip()) > width:
        raise ValueError("placeholder too large for max width")
    while words and len(" ".join(words)) + len(placeholder) > width:
        words.pop()
    return " ".join(words) + placeholder if words else placeholder.lstrip()


def indent(text: str, prefix: str) -> str:
    """Return the text with a prefix before each line that has more than white space."""
    lines = text.splitlines(True)
    return "".join([prefix + line if line.strip() != "" else line for line in lines])


def dedent(text: str) -> str:
    """Return the text without the white space that all of its lines begin with."""
    lines = text.split("\n")
    lines = ["" if line.strip(" \t") == "" else line for line in lines]
    margin: str | None = None
    for line in lines:
        if line == "":
            continue
        own = line[: len(line) - len(line.lstrip(" \t"))]
        common = own if margin is None else margin
        while not own.startswith(common):
            common = common[:-1]
        margin = common
    size = 0 if margin is None else len(margin)
    return "\n".join([line[size:] for line in lines])
