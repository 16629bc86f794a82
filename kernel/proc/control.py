"""/proc/<number>/ctl: what one process has another do."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Final

from core.text.buffer import TextBuffer
from kernel.fs import operations, verbs
from kernel.fs.command import Command
from kernel.fs.namespace import Namespace
from kernel.fs.verbs import Verb
from kernel.proc import current
from kernel.proc.control_file import ControlFile
from kernel.proc.group import Group
from kernel.proc.process import Process
from kernel.proc.process_file import ProcessGroup, ProcessNamespace
from lang import Array, Slice, no_raise, over, sleeps, u64

if TYPE_CHECKING:
    from kernel.fs.file import File

# Numbers are those of the process' open files; what a SOURCE or a TYPE is, is looked up as the writer would.
VERBS: Final = Array[Verb, 9](
    Verb(
        b"close",
        b"FIRST:number [END:number]",
        b"close a file, or all numbers from FIRST up to END, -1 being the highest",
    ),
    Verb(b"dup2", b"OLD:number NEW:number", b"let a number lead to another's file"),
    Verb(b"touch", b"PATH:path", b"open a path and close it, as the process would"),
    Verb(
        b"bind",
        b"PATH:path SOURCE:path",
        b"let what the writer's SOURCE is appear at the process' PATH",
    ),
    Verb(
        b"mount",
        b"PATH:path TYPE:path",
        b"let a file system appear, TYPE being a path of the writer's in /sys/fs",
    ),
    Verb(
        b"setns",
        b"FILE:number",
        b"let it enter the namespace that its own open file is of, at the root",
    ),
    Verb(b"setgroup", b"FILE:number", b"put it into the group that its own open file is of"),
    Verb(b"start", b"", b"let it begin, if it was spawned to wait for this"),
    Verb(b"kill", b"[STATUS:text]", b"end it"),
)


@over(u64)
class Do(IntEnum):
    """The verbs, by their places in VERBS."""

    CLOSE = 0
    DUP2 = 1
    TOUCH = 2
    BIND = 3
    MOUNT = 4
    SETNS = 5
    SETGROUP = 6
    START = 7
    KILL = 8


class Control(ControlFile):
    """Commands for a process."""

    process: Process

    def __init__(self, process: Process) -> None:
        super().__init__()
        self.process = process

    @no_raise
    def verbs(self) -> Slice[Verb]:
        return VERBS[:]

    @sleeps
    def obey(self, verb: u64, command: Command, complaint: TextBuffer) -> None:
        process = self.process
        match Do(verb):
            case Do.CLOSE:
                first = number_of(command, 1)
                end = first + 1 if command.count == 2 else number_of(command, 2)
                process.files.close_range(first, end)
            case Do.DUP2:
                process.files.copy_to(number_of(command, 1), number_of(command, 2))
            case Do.TOUCH:
                operations.open(process.view, command.word(1), None)
            case Do.BIND:
                source = operations.open(current.process().view, command.word(2), None)
                operations.bind(process.view, command.word(1), source)
            case Do.MOUNT:
                root = operations.new_root(current.process().view, command.word(2))
                operations.mount(process.view, command.word(1), root)
            case Do.SETNS:
                file = process.files.find(number_of(command, 1))
                process.view.enter(namespace_of(file, complaint))
            case Do.SETGROUP:
                file = process.files.find(number_of(command, 1))
                process.set_group(group_of(file, complaint))
            case Do.START:
                process.let_begin()
            case Do.KILL:
                process.ask_to_end(b"killed" if command.count == 1 else command.word(1))


@no_raise
def number_of(command: Command, index: u64) -> u64:
    return verbs.number(command.word(index))


def namespace_of(file: File, complaint: TextBuffer) -> Namespace:
    """Return the namespace of an open `ns` file.

    Raises:
        ValueError: it is another file.
    """
    node = file.node
    if not isinstance(node, ProcessNamespace):
        complaint.write(b"FILE should be open from /proc/<n>/ns")
        raise ValueError
    return node.namespace


def group_of(file: File, complaint: TextBuffer) -> Group:
    """Return the group of an open `group` file.

    Raises:
        ValueError: it is another file.
    """
    node = file.node
    if not isinstance(node, ProcessGroup):
        complaint.write(b"FILE should be open from /proc/<n>/group")
        raise ValueError
    return node.group
