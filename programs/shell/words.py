"""Words: what a command line is made of.

    'as it is'  "with $NAME"  a\\ blank  $NAME  ${NAME}  *.py  > file:create

Operators are words of their own, with or without blanks: | & && || ; < > 2>. A # at the beginning of a word starts a comment.
"""

from __future__ import annotations

from lib.std import files

OPERATORS = "|&;<>"


class Word:
    """A word, or an operator."""

    text: str
    is_operator: bool
    is_pattern: bool  # an asterisk in it stands for any characters

    def __init__(self, text: str, is_operator: bool, is_pattern: bool) -> None:
        self.text = text
        self.is_operator = is_operator
        self.is_pattern = is_pattern


class BadLine(Exception):
    """A quotation has no end, or an operator nothing to work on."""


class Reader:
    """Takes a line apart."""

    line: str
    at: int
    last_status: str

    def __init__(self, line: str, last_status: str) -> None:
        self.line = line
        self.at = 0
        self.last_status = last_status

    def take(self) -> Word | None:
        """Return the next word; None at the end of the line.

        Raises:
            BadLine: a quotation has no end.
        """
        while self.at < len(self.line) and self.line[self.at].isspace():
            self.at += 1
        if self.at == len(self.line) or self.line[self.at] == "#":
            return None
        if self.is_here("2>"):
            return self.operator("2>")
        return self.read_operator() if self.line[self.at] in OPERATORS else self.read_word()

    def is_here(self, text: str) -> bool:
        return self.line[self.at : self.at + len(text)] == text

    def operator(self, text: str) -> Word:
        self.at += len(text)
        return Word(text, True, False)

    def read_operator(self) -> Word:
        for text in ["&&", "||"]:
            if self.is_here(text):
                return self.operator(text)
        return self.operator(self.line[self.at])

    def read_word(self) -> Word:
        text = ""
        is_pattern = False
        while self.at < len(self.line):
            character = self.line[self.at]
            if character.isspace() or character in OPERATORS:
                break
            self.at += 1
            if character == "'":
                text += self.read_quoted("'")
            elif character == '"':
                text += self.read_quoted('"')
            elif character == "\\" and self.at < len(self.line):
                text += self.line[self.at]
                self.at += 1
            elif character == "$":
                text += self.read_variable()
            else:
                is_pattern = is_pattern or character == "*"
                text += character
        return Word(text, False, is_pattern)

    def read_quoted(self, end: str) -> str:
        """Return what stands up to a quotation mark; in double ones variables are replaced."""
        text = ""
        while self.at < len(self.line):
            character = self.line[self.at]
            self.at += 1
            if character == end:
                return text
            if end == '"' and character == "$":
                text += self.read_variable()
            elif end == '"' and character == "\\" and self.at < len(self.line):
                text += self.line[self.at]
                self.at += 1
            else:
                text += character
        raise BadLine

    def read_variable(self) -> str:
        """Return what a variable holds whose name is next; nothing if there is none."""
        if self.is_here("?"):
            self.at += 1
            return self.last_status
        is_braced = self.is_here("{")
        if is_braced:
            self.at += 1
        start = self.at
        while self.at < len(self.line) and (
            self.line[self.at].isalnum() or self.line[self.at] == "_"
        ):
            self.at += 1
        name = self.line[start : self.at]
        if is_braced:
            if not self.is_here("}"):
                raise BadLine
            self.at += 1
        return "$" if name == "" else value_of(name)


def value_of(name: str) -> str:
    """Return what a variable of the environment holds; nothing if there is none."""
    try:
        return files.read_text(f"/proc/self/env/{name}")
    except OSError:
        return ""


def expand(word: Word) -> list[str]:
    """Return the word, or the paths for which it is a pattern if there are some."""
    if not word.is_pattern:
        return [word.text]
    folder, slash, pattern = word.text.rpartition("/")
    try:
        entries = files.list_folder(folder + slash if slash else ".")
    except OSError:
        return [word.text]
    found: list[str] = []
    for entry in entries:
        is_hidden = entry.name.startswith(".") and not pattern.startswith(".")
        if not is_hidden and matches(entry.name, pattern):
            found.append(folder + slash + entry.name)
    return sorted(found) if len(found) > 0 else [word.text]


def matches(name: str, pattern: str) -> bool:
    """Whether a name is one of those that a pattern stands for, where * is any characters."""
    parts = pattern.split("*")
    if len(parts) == 1:
        return name == pattern
    if not name.startswith(parts[0]):
        return False
    at = len(parts[0])
    for part in parts[1:-1]:
        place = name.find(part, at)
        if place < 0:
            return False
        at = place + len(part)
    last = parts[-1]
    return len(name) - at >= len(last) and name.endswith(last)
