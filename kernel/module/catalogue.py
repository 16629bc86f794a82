"""The files of modules: what each says of itself, to be found by name or by a kind of device.

They are the initial files in kernel/modules/VERSION, one for each module, with its name, and later what takes the
place of one (control.py). What is no module's object, or is for another system, is named in the log and left out.

Lock: the loader's.
"""

from __future__ import annotations

from core.errors import BadExecutable, BadMessage
from kernel.fs.tmpfs import Contents
from kernel.init import initial_files
from kernel.log import log
from kernel.mem.heap_memory import HeapMemory, copy_of
from kernel.module import object_file
from kernel.module.description import SYSTEM_VERSION
from kernel.module.info import Info
from kernel.module.object_file import Plan
from lang import Slice, no_raise, u8, u32

FOLDER = b"kernel/modules/" + SYSTEM_VERSION.encode()


class ModuleFile:
    """A file that may be loaded."""

    name_kept: HeapMemory
    contents: Contents
    info: Info  # of the contents
    next: ModuleFile | None

    def __init__(self, name: Slice[u8], contents: Contents, next: ModuleFile | None) -> None:
        """Raises:
        BadExecutable, BadMessage: it is no module's object.
        MemoryError: there is too little memory.
        """
        Plan(contents.bytes)
        self.name_kept = copy_of(name)
        self.contents = contents
        self.info = Info(object_file.section_of(contents.bytes, b".module_info"))
        self.next = next

    @property
    @no_raise
    def name(self) -> Slice[u8]:
        return self.name_kept.bytes

    @property
    @no_raise
    def content(self) -> Slice[u8]:
        return self.contents.bytes


first: ModuleFile | None = None
is_known: bool = False


def begin() -> None:
    """Look through the folder, once.

    Raises:
        MemoryError: there is too little memory.
    """
    global is_known
    if is_known:
        return
    is_known = True
    tree = initial_files.tree
    folder = initial_files.number_of(FOLDER)
    if tree is None or folder is None:
        return
    node = tree.files.nodes[folder]
    for back in range(u32(node.size)):  # so that the first name is the first of the list
        number = u32(node.start + node.size) - 1 - back
        if not tree.files.is_folder(number):
            add(tree.files.name_of(number), Contents(tree.files.content_of(number), None))


@no_raise
def add(name: Slice[u8], contents: Contents) -> bool:
    """Add a file, in the place of one of that name; return False, and say why, if it is no module for this system."""
    global first
    try:
        file = ModuleFile(name, contents, first)
    except (BadExecutable, BadMessage):
        log.error(f"{name}: the file is no module's, or damaged")
        return False
    except MemoryError:
        log.error(f"{name}: there is too little memory for the file")
        return False
    if not file.info.is_for_this_system:
        log.error(f"{name}: the module is for version {file.info.system}, not {SYSTEM_VERSION}")
        return False
    first = file
    forget_other(file)
    return True


@no_raise
def forget_other(file: ModuleFile) -> None:
    """Take out the file that had the same name before."""
    before = file
    while (other := before.next) is not None:
        if other.name == file.name:
            before.next = other.next
            return
        before = other


@no_raise
def find(name: Slice[u8]) -> ModuleFile | None:
    """Return the file of a name; None if there is none."""
    file = first
    while file is not None and file.name != name:
        file = file.next
    return file
