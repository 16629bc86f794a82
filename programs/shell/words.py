"""Words: what a command line, or a script, is made of.

    'as it is'  "with $NAME"  a\\ blank  $NAME  ${NAME}  *.py  > file:create

Operators are words of their own, with or without blanks around them, as is the end of a line. A # at the beginning of a word
starts a comment; a backslash at the end of a line joins it with the next.
"""

from __future__ import annotations

from enum import IntEnum

# The longer of two that begin alike comes first.
OPERATORS = (
    "&&",
    "||",
    "2>&1",
    "2>>",
    "2>",
    "1>&2",
    ">&2",
    "1>>",
    ">>",
    "1>",
    ">",
    "<",
    "|",
    "&",
    ";",
    "\n",
)
SEPARATORS = "|&;"  # between commands, once or twice
ENDS_WORD = SEPARATORS + "<> \t\r\n"
ESCAPED = ('"', "\\", "$")  # what a backslash in \" quotes takes the meaning from
SPECIAL = "?$!#@"  # variables whose names are one of these
NUL = "\0"  # ends the argument of a program, so it can be in none


class PartKind(IntEnum):
    """What a part of a word is."""

    PLAIN = 1  # as written; * ? [ in it make the word a pattern
    QUOTED = 2  # as it is
    VARIABLE = 3  # the name of one
    QUOTED_VARIABLE = 4  # the name of one, which makes a word even if it is empty


class Part:
    """Some text of a word, and what it stands for."""

    text: str
    kind: PartKind

    def __init__(self, text: str, kind: PartKind) -> None:
        self.text = text
        self.kind = kind


class Word:
    """A word whose parts stand for something, or an operator, which has no parts."""

    operator: str
    parts: list[Part]
    line: int  # where it is, from 1
    start: int  # where it is in the text
    end: int

    def __init__(self, operator: str, line: int, start: int) -> None:
        self.operator = operator
        self.parts = []
        self.line = line
        self.start = start
        self.end = start + len(operator)


class BadLine(Exception):
    """A line that means nothing; its text says why."""


class Unfinished(BadLine):
    """A line that could go on."""


def split(text: str) -> list[Word]:
    """Return the words of a text, operators among them.

    Raises:
        Unfinished: a quotation has no end.
        BadLine: a variable's name has none.
    """
    return Splitter(text).split()


class Splitter:
    """Takes a text apart."""

    text: str
    at: int
    line: int

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.line = 1

    def split(self) -> list[Word]:
        found: list[Word] = []
        self.skip_blanks()
        while self.at < len(self.text):
            operator = self.operator_here()
            if operator != "":
                word = Word(operator.removeprefix("1"), self.line, self.at)
                word.end = self.at + len(operator)
                found.append(word)
                self.skip(len(operator))
            else:
                found.append(self.read_word())
            self.skip_blanks()
        return found

    def skip(self, count: int) -> None:
        """Go on by some characters, and count the lines that end there."""
        self.line += self.text[self.at : self.at + count].count("\n")
        self.at += count

    def skip_blanks(self) -> None:
        """Go to the next word or operator, across comments."""
        while self.at < len(self.text):
            if self.is_here("\\\n"):
                self.skip(2)
            elif self.text[self.at] in " \t\r":
                self.at += 1
            elif self.text[self.at] == "#":
                self.skip_comment()
            else:
                return

    def skip_comment(self) -> None:
        while self.at < len(self.text) and self.text[self.at] != "\n":
            self.at += 1

    def is_here(self, text: str) -> bool:
        return self.text[self.at : self.at + len(text)] == text

    def operator_here(self) -> str:
        for operator in OPERATORS:
            if self.is_here(operator):
                return operator
        return ""

    def read_word(self) -> Word:
        word = Word("", self.line, self.at)
        while self.at < len(self.text) and self.text[self.at] not in ENDS_WORD:
            character = self.text[self.at]
            if self.is_here("\\\n"):
                self.skip(2)
            elif character == "'":
                self.at += 1
                word.parts.append(Part(self.read_to_quote(), PartKind.QUOTED))
            elif character == '"':
                self.at += 1
                self.read_double_quoted(word)
            elif character == "\\":
                self.at += 1
                word.parts.append(Part(self.take(), PartKind.QUOTED))
            elif character == "$":
                self.read_variable(word, PartKind.VARIABLE)
            else:
                word.parts.append(Part(self.read_plain(), PartKind.PLAIN))
        word.end = self.at
        return word

    def take(self) -> str:
        """Return the character that is next.

        Raises:
            Unfinished: there is none.
        """
        if self.at == len(self.text):
            raise Unfinished("the line ends where it should go on")
        character = self.text[self.at]
        if character == NUL:
            raise BadLine("there is a 0 byte in the line, which no word can have")
        self.skip(1)
        return character

    def read_plain(self) -> str:
        """Return the characters up to one that has a meaning."""
        text = ""
        while self.at < len(self.text) and self.text[self.at] not in ENDS_WORD + "'\"\\$":
            text += self.take()
        return text

    def read_to_quote(self) -> str:
        end = self.text.find("'", self.at)
        if end < 0:
            raise Unfinished("a ' has no second one")
        text = self.text[self.at : end]
        if NUL in text:
            raise BadLine("there is a 0 byte in the line, which no word can have")
        self.skip(len(text) + 1)
        return text

    def read_double_quoted(self, word: Word) -> None:
        """Read what stands up to the second quotation mark; in it, variables are replaced."""
        text = ""
        while not self.is_here('"'):
            if self.at == len(self.text):
                raise Unfinished('a " has no second one')
            if self.is_here("$"):
                word.parts.append(Part(text, PartKind.QUOTED))
                text = ""
                self.read_variable(word, PartKind.QUOTED_VARIABLE)
            else:
                if self.is_here("\\") and self.text[self.at + 1 : self.at + 2] in ESCAPED:
                    self.at += 1
                text += self.take()
        self.at += 1
        word.parts.append(Part(text, PartKind.QUOTED))

    def read_variable(self, word: Word, kind: PartKind) -> None:
        """Read the name of a variable behind a dollar sign, which stands for itself if there is no name."""
        self.at += 1
        is_braced = self.is_here("{")
        if is_braced:
            self.at += 1
        name = self.read_name()
        if is_braced:
            if name == "" or not self.is_here("}"):
                raise BadLine("between ${ and } there should be the name of a variable")
            self.at += 1
        if name == "":
            word.parts.append(Part("$", PartKind.QUOTED))
        else:
            word.parts.append(Part(name, kind))

    def read_name(self) -> str:
        start = self.at
        if self.at < len(self.text) and self.text[self.at] in SPECIAL:
            self.at += 1
            return self.text[start : self.at]
        while self.at < len(self.text) and is_of_name(self.text[self.at]):
            self.at += 1
        return self.text[start : self.at]


def is_of_name(character: str) -> bool:
    """Whether a character can be one of a variable's name."""
    return character == "_" or character.isascii() and character.isalnum()


def is_name(text: str) -> bool:
    """Whether a text can be the name of a variable."""
    return text != "" and not text[0].isdigit() and all(is_of_name(c) for c in text)
