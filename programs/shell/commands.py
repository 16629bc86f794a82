"""Commands: what the words of a line say is to be run, and in which order.

line      pipeline { (";" | "&" | "&&" | "||" | newline) pipeline }
pipeline  stage { "|" stage }
stage     { name "=" word } { word | redirection }
redirection   ("<" | ">" | ">>" | "2>" | "2>>") path  |  "2>&1"  |  ">&2"; > may have a 1 before it, which means the same
"""

from __future__ import annotations

from programs.shell import words
from programs.shell.words import BadLine, PartKind, Unfinished, Word

TAKES_PATH = ("<", ">", ">>", "2>", "2>>")
JOINS_FILES = ("2>&1", ">&2")


class Assignment:
    """A variable, and what it is to hold."""

    name: str
    value: Word

    def __init__(self, name: str, value: Word) -> None:
        self.name = name
        self.value = value


class Redirection:
    """Where a standard file of a stage leads."""

    operator: str
    path: Word  # nothing, for an operator that takes none

    def __init__(self, operator: str, path: Word) -> None:
        self.operator = operator
        self.path = path


class Stage:
    """One program, with what is different for it."""

    assignments: list[Assignment]
    words: list[Word]
    redirections: list[Redirection]

    def __init__(self) -> None:
        self.assignments = []
        self.words = []
        self.redirections = []

    @property
    def is_empty(self) -> bool:
        return not self.assignments and not self.words and not self.redirections


class Pipeline:
    """Programs that run together, each reading what the one before writes."""

    stages: list[Stage]
    source: str  # as it was written
    joint: str  # what stands between it and the next: ; & && ||, a newline, or nothing

    def __init__(self) -> None:
        self.stages = []
        self.source = ""
        self.joint = ""


def parse(text: str) -> list[Pipeline]:
    """Return the pipelines of a line, or of many lines.

    Raises:
        Unfinished: a quotation has no end, or an operator wants something after it.
        BadLine: an operator has nothing before it.
    """
    return Parser(text).parse()


class Parser:
    """Makes pipelines of words."""

    text: str
    words: list[Word]
    at: int

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = words.split(text)
        self.at = 0

    def parse(self) -> list[Pipeline]:
        found: list[Pipeline] = []
        self.skip_newlines()
        while self.at < len(self.words):
            pipeline = self.read_pipeline()
            found.append(pipeline)
            if pipeline.joint != "&&" and pipeline.joint != "||":
                self.skip_newlines()
            elif not self.skip_newlines():
                raise Unfinished(f"something to run is missing behind {pipeline.joint}")
        return found

    def skip_newlines(self) -> bool:
        """Go to the next word; return False if there is none."""
        while self.at < len(self.words) and self.words[self.at].operator == "\n":
            self.at += 1
        return self.at < len(self.words)

    def read_pipeline(self) -> Pipeline:
        """Read a pipeline, with what joins it to the next."""
        pipeline = Pipeline()
        start = self.words[self.at].start
        pipeline.stages = [self.read_stage()]
        while self.at < len(self.words):
            operator = self.words[self.at].operator
            self.at += 1
            if operator != "|":
                pipeline.joint = operator
                break
            if not self.skip_newlines():
                raise Unfinished("something to run is missing behind |")
            pipeline.stages.append(self.read_stage())
        last = self.at - 1 if pipeline.joint == "" else self.at - 2
        pipeline.source = self.text[start : self.words[last].end]
        return pipeline

    def read_stage(self) -> Stage:
        """Read a stage, up to the operator behind it."""
        stage = Stage()
        while self.at < len(self.words):
            word = self.words[self.at]
            operator = word.operator
            if operator in TAKES_PATH or operator in JOINS_FILES:
                self.at += 1
                stage.redirections.append(self.read_redirection(word))
            elif operator != "":
                break
            else:
                self.at += 1
                self.add_word(stage, word)
        if stage.is_empty:
            word = self.words[self.at]
            raise BadLine(f"{place(word)}something to run is missing before {shown(word)}")
        return stage

    def read_redirection(self, word: Word) -> Redirection:
        if word.operator in JOINS_FILES:
            return Redirection(word.operator, word)
        if self.at == len(self.words):
            raise Unfinished(f"a path is missing behind {word.operator}")
        path = self.words[self.at]
        if path.operator != "":
            raise BadLine(
                f"{place(path)}a path is missing between {word.operator} and {shown(path)}"
            )
        self.at += 1
        return Redirection(word.operator, path)

    def add_word(self, stage: Stage, word: Word) -> None:
        """Add a word to a stage, which is an assignment if it looks like one and no other word came yet."""
        first = word.parts[0]
        name, equals, rest = first.text.partition("=")
        is_plain = first.kind == PartKind.PLAIN and equals != ""
        if stage.words or not is_plain or not words.is_name(name):
            stage.words.append(word)
            return
        value = Word("", word.line, word.start)
        value.parts = [words.Part(rest, PartKind.PLAIN)] + word.parts[1:]
        stage.assignments.append(Assignment(name, value))


def place(word: Word) -> str:
    """Return where a word is, if that is not the first line."""
    return f"line {word.line}: " if word.line > 1 else ""


def shown(word: Word) -> str:
    return "the end of the line" if word.operator == "\n" else word.operator
