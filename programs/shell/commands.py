"""Commands: what the words of a line say is to be run, and in which order.

line      pipeline { (";" | "&" | "&&" | "||") pipeline }
pipeline  stage { "|" stage }
stage     { word | "<" path | ">" path | "2>" path }
"""

from __future__ import annotations

from programs.shell import words
from programs.shell.words import BadLine, Reader


class Stage:
    """One program, and where its standard files lead; empty: where the shell's do."""

    arguments: list[str]
    input: str
    output: str
    error: str

    def __init__(self) -> None:
        self.arguments = []
        self.input = ""
        self.output = ""
        self.error = ""


class Pipeline:
    """Programs that run together, each reading what the one before writes."""

    source: str  # what it was made of
    stages: list[Stage]
    joint: str  # what stands between it and the next: ; & && ||, or nothing

    def __init__(self) -> None:
        self.source = ""
        self.stages = [Stage()]
        self.joint = ""


def parse(line: str, last_status: str) -> list[Pipeline]:
    """Return the pipelines of a line, with what variables and patterns stand for at this moment.

    Raises:
        BadLine: an operator has nothing to work on, or a quotation no end.
    """
    reader = Reader(line, last_status)
    pipelines: list[Pipeline] = []
    current = Pipeline()
    start = 0
    word = reader.take()
    while word is not None:
        stage = current.stages[-1]
        if not word.is_operator:
            stage.arguments.extend(words.expand(word))
        elif word.text in ["<", ">", "2>"]:
            path = reader.take()
            if path is None or path.is_operator:
                raise BadLine
            redirect(stage, word.text, path.text)
        elif len(stage.arguments) == 0:
            raise BadLine
        elif word.text == "|":
            current.stages.append(Stage())
        else:
            current.joint = word.text
            current.source = line[start : reader.at - len(word.text)]
            pipelines.append(current)
            current = Pipeline()
            start = reader.at
        word = reader.take()
    if len(current.stages[-1].arguments) > 0:
        current.source = line[start:]
        pipelines.append(current)
    elif len(current.stages) > 1 or len(pipelines) > 0 and pipelines[-1].joint in ["&&", "||"]:
        raise BadLine
    return pipelines


def redirect(stage: Stage, operator: str, path: str) -> None:
    if operator == "<":
        stage.input = path
    elif operator == ">":
        stage.output = path
    else:
        stage.error = path
