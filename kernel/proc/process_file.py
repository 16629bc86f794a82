"""Files about a process, in /proc: what they have in common."""

from __future__ import annotations

from core.errors import TooLarge
from kernel.fs.namespace import Namespace
from kernel.fs.text_file import TextFile
from kernel.proc.group import Group
from kernel.proc.process import Process
from lang import Slice, UserSlice, no_raise, u8


class ProcessFile(TextFile):
    """A file about a process."""

    process: Process

    def __init__(self, process: Process) -> None:
        super().__init__()
        self.process = process


class ProcessGroup(ProcessFile):
    """The group in which a process was when this was looked up; `setgroup` puts others into it."""

    group: Group

    def __init__(self, process: Process) -> None:
        super().__init__(process)
        self.group = process.group()


class ProcessNamespace(ProcessFile):
    """The namespace in which a process was when this was looked up; `setns` lets others enter it."""

    namespace: Namespace

    def __init__(self, process: Process) -> None:
        super().__init__(process)
        self.namespace = process.view.namespace()

    @property
    @no_raise
    def can_be_mounted(self) -> bool:
        return False


def copy_text(data: UserSlice[u8], into: Slice[u8]) -> Slice[u8]:
    """Copy a text from a program, and return it without the newline at its end.

    Raises:
        TooLarge: it is longer than `into`.
        BadAddress: it is not the program's.
    """
    size = len(data)
    if size > len(into):
        raise TooLarge
    data.copy_out(into[:size])
    if size > 0 and into[size - 1] == 10:
        return into[: size - 1]
    return into[:size]
