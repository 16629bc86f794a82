"""/sys/module/control: loads modules, unloads them, and replaces them by other files.

`replace` takes the file in /kernel/modules/VERSION, as the program sees it, for the module from then on; and so does `load`,
if that is there. Of several commands each begins when the one before has ended. Why something was refused is in the log.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from core.errors import NotSupported, TooLarge
from core.text.buffer import TextBuffer
from kernel.fs import operations
from kernel.fs.command import Command
from kernel.fs.mode import Mode
from kernel.fs.text_file import text
from kernel.fs.tmpfs import TmpFile
from kernel.fs.verbs import Verb
from kernel.module import catalogue, loader, unloading
from kernel.module.catalogue import FOLDER, ModuleFile
from kernel.module.linking import Refused, refuse
from kernel.module.loader import alone
from kernel.proc import current
from kernel.proc.control_file import ControlFile
from lang import Array, Slice, no_raise, over, sleeps, u8, u64

VERBS: Final = Array[Verb, 3](
    Verb(b"load", b"NAME:name", b"load a module, and those that it needs"),
    Verb(b"unload", b"NAME:name", b"let go of a module that nobody needs"),
    Verb(b"replace", b"NAME:name", b"let the file that is there now take a module's place"),
)


@over(u64)
class Do(IntEnum):
    """The verbs, by their places in VERBS."""

    LOAD = 0
    UNLOAD = 1
    REPLACE = 2


class Control(ControlFile):
    """Commands for the loader of modules."""

    @no_raise
    def verbs(self) -> Slice[Verb]:
        return VERBS[:]

    @sleeps
    def obey(self, verb: u64, command: Command, complaint: TextBuffer) -> None:
        """Load, unload or replace a module.

        Raises:
            NotSupported: it was refused; the log says why.
        """
        try:
            carry_out(Do(verb), command.word(1))
        except Refused:
            complaint.write(b"it was refused; the log says why")
            raise NotSupported


@sleeps
def carry_out(verb: Do, name: Slice[u8]) -> None:
    match verb:
        case Do.LOAD:
            take_file(name)
            loader.load(name)
        case Do.UNLOAD:
            unloading.unload(name)
        case Do.REPLACE:
            unloading.replace(take_file(name))


@sleeps
def take_file(name: Slice[u8]) -> ModuleFile:
    """Let the file that there is now be that of a module, and return it; or the one that is known, if there is none."""
    with alone():
        catalogue.begin()
        node = find_node(name)
        if node is not None and not catalogue.add(name, node.take_whole()):
            raise Refused
        file = catalogue.find(name)
        if file is None:
            refuse(name, "there is no such module")
        return file


@sleeps
def find_node(name: Slice[u8]) -> TmpFile | None:
    """Return the file of a module as the program sees it; None if it sees none.

    Raises:
        PermissionError: it may not be read.
        TooLarge: no name is so long.
    """
    path = Array[u8, 256]()
    out = TextBuffer(path[:])
    out.write(b"/")
    out.write(FOLDER)
    text(out, f"/{name}:r")
    if out.lost > 0:
        raise TooLarge
    try:
        file = operations.open(current.process().view, out.text(), None)
    except FileNotFoundError:
        return None
    if file.mode & Mode.READ == 0:
        raise PermissionError
    node = file.node
    return node if isinstance(node, TmpFile) else None
