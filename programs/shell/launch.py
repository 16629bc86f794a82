"""Starting the stages of a pipeline: each program suspended, its standard files put in place through its ctl file, then started."""

from __future__ import annotations

from lib.std import files, processes
from lib.std.processes import Child
from programs.shell import words
from programs.shell.commands import Pipeline, Stage

STANDARD_INPUT = 0
STANDARD_OUTPUT = 1
STANDARD_ERROR = 2


class Launched:
    """The processes of a pipeline, and the status of those that could not be started."""

    children: list[Child]
    failure: str

    def __init__(self) -> None:
        self.children = []
        self.failure = ""


def launch(pipeline: Pipeline) -> Launched:
    """Start all stages."""
    result = Launched()
    reads_from = -1
    for index in range(len(pipeline.stages)):
        stage = pipeline.stages[index]
        next_reads, writes_to = -1, -1
        if index + 1 < len(pipeline.stages):
            next_reads, writes_to = files.open_pair("/dev/pipe/new")
        start(stage, reads_from, writes_to, result)
        files.close(reads_from)
        files.close(writes_to)
        reads_from = next_reads
    return result


def start(stage: Stage, reads_from: int, writes_to: int, result: Launched) -> None:
    """Start one stage, between two pipes; -1 for none."""
    opened: list[int] = []
    try:
        inputs = reads_from
        outputs = writes_to
        errors = -1
        if stage.input != "":
            inputs = open_path(stage.input + ":read", opened)
        if stage.output != "":
            outputs = open_path(stage.output + ":write", opened)
        if stage.error != "":
            errors = open_path(stage.error + ":write", opened)
        path = find_program(stage.arguments[0])
        if path == "":
            result.failure = f"{stage.arguments[0]}: there is no such program"
        else:
            child = processes.spawn([path] + stage.arguments[1:], processes.SUSPEND)
            moves = place(inputs, STANDARD_INPUT) + place(outputs, STANDARD_OUTPUT)
            moves += place(errors, STANDARD_ERROR)
            processes.control(child.number, f"{moves}close 3 -1 && start")
            result.children.append(child)
    except FileNotFoundError:
        result.failure = "there is no such file to read from; to write to a new one, add :create"
    except OSError:
        result.failure = "the files of the command cannot be opened"
    for number in opened:
        files.close(number)


def open_path(path: str, opened: list[int]) -> int:
    number = files.open_file(path).number
    opened.append(number)
    return number


def place(number: int, standard: int) -> str:
    """Return the command that puts a file in the place of a standard one; -1: it stays."""
    return "" if number < 0 else f"dup2 {number} {standard} && "


def find_program(name: str) -> str:
    """Return the path of a program; empty if there is none."""
    if "/" in name:
        return name
    for folder in words.value_of("PATH").split(":"):
        path = f"{folder}/{name}"
        if exists(path):
            return path
    return ""


def exists(path: str) -> bool:
    try:
        files.stat(path)
        return True
    except OSError:
        return False
