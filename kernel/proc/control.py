"""/proc/<number>/ctl: what one process has another do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.errors import TooLarge
from core.text import parse
from kernel.fs import operations
from kernel.fs.namespace import Namespace
from kernel.fs.words import Command
from kernel.proc import current
from kernel.proc.group import Group
from kernel.proc.process_file import ProcessFile, ProcessGroup, ProcessNamespace, copy_text
from lang import Array, Slice, UserSlice, sleeps, u8, u64, usize

if TYPE_CHECKING:
    from kernel.fs.file import File

LONGEST_COMMAND: Final[u64] = 2048


class Control(ProcessFile):
    """Commands for a process, joined by `&&`, each done before the next:

    close FIRST [END]          close a file, or all numbers from FIRST up to END, -1 being the highest
    dup2 OLD NEW               let a number lead to another's file
    touch PATH                 open a path and close it, as the process would
    bind PATH SOURCE           let what the writer's SOURCE is appear at the process' PATH
    mount PATH TYPE            let a file system appear, TYPE being a path of the writer's in /sys/fs
    setns FILE                 let it enter the namespace that its own open file is of, at the root
    setgroup FILE              put it into the group that its own open file is of
    start                      let it begin, if it was spawned to wait for this
    kill [STATUS]              end it
    """

    @sleeps
    def write(self, file: File, data: UserSlice[u8], offset: u64) -> u64:
        if len(data) > LONGEST_COMMAND:
            raise TooLarge
        content = CommandText()
        rest = copy_text(data, content.bytes[:])
        command = Command()
        while True:
            rest = command.read(rest)
            self.obey(command)
            if len(rest) == 0:
                return len(data)

    def obey(self, command: Command) -> None:
        """Do one command.

        Raises:
            NotImplementedError: there is no such command.
            ValueError: it has too few words, or too many.
        """
        name = command.word(0)
        process = self.process
        if name == b"close":
            require(command, 2, 3)
            first = number_of(command.word(1))
            end = first + 1 if command.count == 2 else number_of(command.word(2))
            process.files.close_range(first, end)
        elif name == b"dup2":
            require(command, 3, 3)
            process.files.copy_to(number_of(command.word(1)), number_of(command.word(2)))
        elif name == b"touch":
            require(command, 2, 2)
            operations.open(process.view, command.word(1), None)
        elif name == b"bind":
            require(command, 3, 3)
            source = operations.open(current.process().view, command.word(2), None)
            operations.bind(process.view, command.word(1), source)
        elif name == b"mount":
            require(command, 3, 3)
            root = operations.new_root(current.process().view, command.word(2))
            operations.mount(process.view, command.word(1), root)
        elif name == b"setns":
            require(command, 2, 2)
            entered = namespace_of(process.files.find(number_of(command.word(1))))
            process.view.enter(entered)
        elif name == b"setgroup":
            require(command, 2, 2)
            process.set_group(group_of(process.files.find(number_of(command.word(1)))))
        elif name == b"start":
            require(command, 1, 1)
            process.let_begin()
        elif name == b"kill":
            require(command, 1, 2)
            process.ask_to_end(b"killed" if command.count == 1 else command.word(1))
        else:
            raise NotImplementedError


class CommandText:
    """A text that is too long for a stack."""

    bytes: Array[u8, 2048]

    def __init__(self) -> None:
        pass


def require(command: Command, least: usize, most: usize) -> None:
    if not least <= command.count <= most:
        raise ValueError


def number_of(word: Slice[u8]) -> u64:
    """Return a file's number; -1 is the highest."""
    if word == b"-1":
        return 0xFFFF_FFFF
    return parse.parse_u64(word)


def namespace_of(file: File) -> Namespace:
    """Return the namespace of an open `ns` file.

    Raises:
        ValueError: it is another file.
    """
    node = file.node
    if not isinstance(node, ProcessNamespace):
        raise ValueError
    return node.namespace


def group_of(file: File) -> Group:
    """Return the group of an open `group` file.

    Raises:
        ValueError: it is another file.
    """
    node = file.node
    if not isinstance(node, ProcessGroup):
        raise ValueError
    return node.group
