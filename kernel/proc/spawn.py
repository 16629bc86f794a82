"""Spawning: a process that a program starts, with what it inherits.

Its parent may be ended at any moment, and nothing is to stay that nobody knows of. A process that waits for `start` is a
belonging of its parent's (Expected), and ends with it. One that was put into the table behind a note for its group
ends as its parent does: that was asked to end before, and is looked at after.
"""

from __future__ import annotations

from enum import IntFlag

from core.file_records import Entry
from kernel.fs import file_table
from kernel.fs import namespace as namespaces
from kernel.fs.tmpfs import TmpFile, TmpFolder
from kernel.fs.view import View
from kernel.mem.heap_memory import HeapMemory
from kernel.proc import start
from kernel.proc.belongings import Belonging
from kernel.proc.group import Group
from kernel.proc.process import Process
from lang import no_raise, over, sleeps, u32, u64

STANDARD_FILES = 3


@over(u32)
class SpawnFlags(IntFlag):
    SUSPEND = 1 << 0  # it waits for `start` in its ctl, and until then ends with its parent
    EMPTY_FDS = 1 << 1  # it inherits no open files
    STDIO_FDS = 1 << 2  # it inherits those of numbers 0, 1 and 2 only
    EMPTY_ENV = 1 << 3  # it inherits no environment
    EMPTY_CWD = 1 << 4  # it is at the root
    EMPTY_GROUP = 1 << 5  # it is in a group of its own
    COPY_NS = (
        1 << 6
    )  # it has a namespace of its own, with the mounts of its parent's that are not private
    EMPTY_NS = 1 << 7  # it has a namespace of its own, with nothing in it


class Expected(Belonging):
    """A process that waits to begin, as a belonging of its parent."""

    process: Process

    def __init__(self, process: Process) -> None:
        self.process = process

    @no_raise
    @sleeps
    def owner_ended(self) -> None:
        self.process.ask_to_end(b"its parent ended before it began")


def spawn(parent: Process, arguments: HeapMemory, flags: SpawnFlags) -> u64:
    """Start a program; return the number of its process.

    arguments: texts, each ended by a 0; the first is the path of the program, as the new process sees it.

    Raises:
        ValueError: there are too many arguments, or none, or they are too long.
        MemoryError: there is too little memory.
    """
    group = Group() if flags & SpawnFlags.EMPTY_GROUP != 0 else parent.group()
    process = start.new(view_for_child(parent, flags), group, arguments)
    if flags & SpawnFlags.EMPTY_FDS == 0:
        count = u64(STANDARD_FILES) if flags & SpawnFlags.STDIO_FDS != 0 else file_table.COUNT
        process.files.copy_from(parent.files, count)
    if flags & SpawnFlags.EMPTY_ENV == 0:
        copy_files(parent.environment, process.environment)
    is_suspended = flags & SpawnFlags.SUSPEND != 0
    if is_suspended:
        expect(parent, process)
    try:
        start.let_run(process, is_suspended)
    except MemoryError:
        process.leave_parent()
        raise
    if parent.is_asked_to_end():
        process.ask_to_end(parent.status)
    return process.number


def expect(parent: Process, process: Process) -> None:
    """Let a process that waits to begin end with its parent: nobody else may know of it.

    Raises:
        MemoryError: there is too little memory.
    """
    expected = Expected(process)
    process.expected = expected
    parent.belongings.keep(expected)


def view_for_child(parent: Process, flags: SpawnFlags) -> View:
    namespace = parent.view.namespace()
    folder = None if flags & SpawnFlags.EMPTY_CWD != 0 else parent.view.folder()
    if flags & SpawnFlags.EMPTY_NS != 0:
        return View(namespaces.new_empty(namespace), None)
    if flags & SpawnFlags.COPY_NS != 0:
        return View(namespaces.new_copy(namespace), folder)
    return View(namespace, folder)


def copy_files(source: TmpFolder, target: TmpFolder) -> None:
    """Copy the files of a folder to another one, which is empty.

    Raises:
        MemoryError: there is too little memory.
    """
    entry = Entry()
    position = source.entry_at(0, entry)
    while position != 0:
        name = entry.name[: entry.name_length]
        try:
            node = source.find(name)
            if isinstance(node, TmpFile):
                target.add_link(name, node.copy())
        except (FileNotFoundError, FileExistsError):
            pass  # somebody has removed it meanwhile
        position = source.entry_at(position, entry)
