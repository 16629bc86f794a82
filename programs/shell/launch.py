"""Starting the stages of a pipeline: each program suspended, its files put in place through its ctl file, then started."""

from __future__ import annotations

from lib.std import files, processes
from lib.std.processes import Child
from lib.std.reasons import reason
from programs.shell import expand, own, places, variables
from programs.shell.commands import Pipeline, Stage
from programs.shell.places import Places
from programs.shell.quoting import quoted
from programs.shell.variables import Variables
from programs.shell.words import BadLine

FOLDERS = "/base/bin:/bin"  # where programs are if PATH does not say


class Launched:
    """The processes of a pipeline."""

    children: list[Child]
    failure: str  # why the last stage was not started; nothing if it was

    def __init__(self) -> None:
        self.children = []
        self.failure = ""


def launch(pipeline: Pipeline, known: Variables, own_group: bool) -> Launched:
    """Start all stages that can be, and say what is wrong with the others.

    own_group: the processes are to be a group of their own.
    """
    result = Launched()
    group = places.NOWHERE  # the open file that stands for it
    reads_from = places.NOWHERE
    count = len(pipeline.stages)
    for index in range(count):
        joined = Places()
        joined.input = reads_from
        next_reads = places.NOWHERE
        if index + 1 < count:
            next_reads, joined.output = files.open_pair("/dev/pipe/new")
        result.failure = ""
        try:
            child = start(pipeline.stages[index], joined, known, own_group, group)
            if child is not None:
                result.children.append(child)
                if own_group and group == places.NOWHERE:
                    group = group_of(child)
        except BadLine as error:
            result.failure = str(error)
            files.write_all(2, f"shell: {result.failure}\n")
        files.close(reads_from)
        files.close(joined.output)
        reads_from = next_reads
    files.close(group)
    return result


def start(
    stage: Stage, joined: Places, known: Variables, own_group: bool, group: int
) -> Child | None:
    """Start one stage between two pipes; return None if it is nothing but redirections.

    Raises:
        BadLine: it cannot be; its text says why.
    """
    words = expand.expand_all(stage.words, known)
    inner = Places()
    inner.input, inner.output = joined.input, joined.output
    try:
        inner.redirect(stage, known)
        if not words:
            return None
        if own.is_own(words[0]):  # in a pipeline it is one process as well as any
            words = ["/bin/shell", "-c", " ".join([quoted(word) for word in words])]
        else:
            words[0] = find_program(words[0])
        flags = processes.SUSPEND
        if own_group and group == places.NOWHERE:
            flags |= processes.EMPTY_GROUP
        return begin(words, flags, stage, inner, known, group)
    finally:
        inner.close()


def group_of(child: Child) -> int:
    """Return an open file that stands for the group of a process; NOWHERE if there is none to be had."""
    try:
        return files.open_file(f"/proc/{child.number}/group").number
    except OSError:
        return places.NOWHERE


def begin(
    words: list[str], flags: int, stage: Stage, inner: Places, known: Variables, group: int
) -> Child:
    """Start a program with its files, its variables, in its group.

    Raises:
        BadLine: the system refuses; its text says why.
    """
    try:
        child = processes.spawn(words, flags)
        for assignment in stage.assignments:
            value = expand.text_of(assignment.value, known)
            place = f"/proc/{child.number}/env/{assignment.name}:create:truncate"
            files.write_text(place, value)
        joining = "" if group == places.NOWHERE else f"setgroup {group} && "
        processes.control(child.number, f"{joining}{inner.moves()}close 3 -1 && start")
        return child
    except (OSError, ValueError, MemoryError) as error:
        raise BadLine(f"{words[0]}: {reason(error)}") from None


def find_program(name: str) -> str:
    """Return the path of a program.

    Raises:
        BadLine: there is none.
    """
    if "/" in name:
        if files.is_folder(name):
            raise BadLine(f"{name} is a folder; cd goes there")
        if files.exists(name):
            return name
        raise BadLine(f"{name}: there is no such program")
    for folder in folders():
        path = f"{folder}/{name}"
        if name != "" and files.exists(path):
            return path
    raise BadLine(f"{name}: there is no such program")


def folders() -> list[str]:
    """Return the folders in which programs are looked for."""
    path = variables.value_of("PATH")
    return (FOLDERS if path == "" else path).split(":")
