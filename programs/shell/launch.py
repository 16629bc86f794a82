"""Starting the stages of a pipeline: each program suspended, its files put in place through its ctl file, then started."""

from __future__ import annotations

from lib.std import files, processes
from lib.std.processes import Child
from lib.std.reasons import reason
from programs.finding import NoProgram, find_program
from programs.shell import expand, places
from programs.shell.commands import Pipeline, Stage
from programs.shell.own import TOLD, Own, is_own
from programs.shell.places import Places
from programs.shell.quoting import quoted
from programs.shell.variables import Variables
from programs.shell.words import BadLine


class Launched:
    """The processes of a pipeline."""

    children: list[Child]
    failure: str  # why the last stage was not started; nothing if it was

    def __init__(self) -> None:
        self.children = []
        self.failure = ""


def launch(pipeline: Pipeline, here: Own, own_group: bool) -> Launched:
    """Start all stages that can be, and say what is wrong with the others.

    own_group: the processes are to be a group of their own.
    """
    result = Launched()
    group = places.NOWHERE  # the open file that stands for it
    reads_from = nothing() if pipeline.joint == "&" else places.NOWHERE
    count = len(pipeline.stages)
    for index in range(count):
        joined = Places()
        joined.input = reads_from
        next_reads = places.NOWHERE
        if index + 1 < count:
            next_reads, joined.output = files.open_pair("/dev/pipe/new")
        result.failure = ""
        try:
            child = start(pipeline.stages[index], joined, here, own_group, group)
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


def nothing() -> int:
    """Open what has nothing to read: in the background, what is typed is another's."""
    try:
        return files.open_file("/dev/const/null:read").number
    except OSError:
        return places.NOWHERE


def start(stage: Stage, joined: Places, here: Own, own_group: bool, group: int) -> Child | None:
    """Start one stage between two pipes; return None if it is nothing but redirections.

    Raises:
        BadLine: it cannot be; its text says why.
    """
    known = here.variables
    words = expand.expand_all(stage.words, known)
    inner = Places()
    inner.input, inner.output = joined.input, joined.output
    try:
        inner.redirect(stage, known)
        if not words:
            return None
        if is_own(words[0]):
            words = in_process(words, here)
        else:
            words[0] = program(words[0])
        flags = processes.SUSPEND
        if own_group and group == places.NOWHERE:
            flags |= processes.EMPTY_GROUP
        return begin(words, flags, stage, inner, known, group)
    finally:
        inner.close()


def in_process(words: list[str], here: Own) -> list[str]:
    """Return what does a command of the shell in a process; what only this shell can tell it takes along."""
    if words[0] in TOLD:
        return ["/bin/echo", "-n", here.run(words).text]
    return ["/bin/shell", "-c", " ".join([quoted(word) for word in words])]


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


def program(name: str) -> str:
    """Return the path of a program.

    Raises:
        BadLine: there is none.
    """
    try:
        return find_program(name)
    except NoProgram as missing:
        raise BadLine(str(missing)) from None
