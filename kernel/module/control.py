"""/sys/module: the modules that are loaded, and commands that load, unload and replace them.

Files in /sys/module:
    list       a line for each: file's name, version, how many devices it uses, how many modules need it, its objects
    control    load NAME, unload NAME, replace NAME; of several, with && between them, each begins when the one before has ended

`replace` takes the file in /kernel/modules/VERSION, as the program sees it, for the module from then on; and so does `load`,
if that is there. Why something was refused is in the log.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.errors import NotSupported, TooLarge
from core.text.buffer import TextBuffer
from kernel.fs import operations
from kernel.fs.folder import FixedFolder
from kernel.fs.mode import Mode
from kernel.fs.text_file import TextFile, text
from kernel.fs.tmpfs import TmpFile
from kernel.fs.words import LONGEST, Command
from kernel.module import alive, catalogue, loader, unloading
from kernel.module.catalogue import FOLDER, ModuleFile
from kernel.module.linking import Refused, refuse
from kernel.module.loaded import Loaded
from kernel.module.loader import alone
from kernel.proc import current
from lang import Array, Slice, UserSlice, no_raise, sleeps, u8, u64

if TYPE_CHECKING:
    from kernel.fs.file import File


def make() -> FixedFolder:
    """Return the folder.

    Raises:
        MemoryError: there is too little memory.
    """
    folder = FixedFolder()
    folder.put(b"list", List())
    folder.put(b"control", Control())
    return folder


class List(TextFile):
    @sleeps
    def show(self, out: TextBuffer) -> None:
        with alone():
            text(out, "module version devices users objects")
            module = loader.first
            while module is not None:
                version = module.module.version
                objects = alive.objects_in(module.memory.start, module.memory.size)
                text(
                    out, f"\n{module.name} {version} {devices_of(module)} {module.users} {objects}"
                )
                module = module.next


@no_raise
def devices_of(module: Loaded) -> u64:
    count: u64 = 0
    device = module.devices
    while device is not None:
        count += 1
        device = device.next
    return count


class Control(TextFile):
    @sleeps
    def show(self, out: TextBuffer) -> None:
        text(out, "load NAME\nunload NAME\nreplace NAME  by the file that is there now\n")

    @sleeps
    def write(self, file: File, data: UserSlice[u8], offset: u64) -> u64:
        """Carry out commands.

        Raises:
            NotImplementedError: there is no such command.
            NotSupported: it was refused; the log says why.
            TooLarge: no commands are so long.
        """
        storage = Array[u8, 1024]()
        if len(data) > LONGEST:
            raise TooLarge
        data.copy_out(storage[: len(data)])
        rest = storage[: len(data)]
        command = Command()
        while len(rest) > 0:
            rest = command.read(rest)
            try:
                carry_out(command)
            except Refused:
                raise NotSupported
        return len(data)


@sleeps
def carry_out(command: Command) -> None:
    if command.count != 2:
        raise NotImplementedError
    name = command.word(1)
    if command.word(0) == b"load":
        take_file(name)
        loader.load(name)
    elif command.word(0) == b"unload":
        unloading.unload(name)
    elif command.word(0) == b"replace":
        unloading.replace(take_file(name))
    else:
        raise NotImplementedError


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
    text(out, f"/{FOLDER}/{name}:r")
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
