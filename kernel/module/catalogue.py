"""The files of modules: what each says of itself, to be found by name or by a kind of device.

They are the initial files in kernel/modules/VERSION, one for each module, with its name. What is no module's
object there, or is for another system, is named in the log and left out.

Lock: the loader's.
"""

from __future__ import annotations

from core.errors import BadExecutable, BadMessage
from kernel.init import initial_files
from kernel.log import log
from kernel.module import object_file
from kernel.module.description import SYSTEM_VERSION
from kernel.module.info import Info
from kernel.module.object_file import Plan
from lang import Slice, no_raise, u8, u32

FOLDER = b"kernel/modules/" + SYSTEM_VERSION.encode()


class ModuleFile:
    """A file that may be loaded."""

    name: Slice[u8]
    content: Slice[u8]  # aligned to a page; stays as it is
    info: Info
    next: ModuleFile | None

    def __init__(self, name: Slice[u8], content: Slice[u8], next: ModuleFile | None) -> None:
        """Raises:
        BadExecutable, BadMessage: it is no module's object.
        """
        self.name = name
        self.content = content
        Plan(content)
        self.info = Info(object_file.section_of(content, b".module_info"))
        self.next = next


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
            add(tree.files.name_of(number), tree.files.content_of(number))


def add(name: Slice[u8], content: Slice[u8]) -> None:
    """Add a file.

    Raises:
        MemoryError: there is too little memory.
    """
    global first
    try:
        file = ModuleFile(name, content, first)
    except (BadExecutable, BadMessage):
        log.error(f"{name}: the file is no module's, or damaged")
        return
    if not file.info.is_for_this_system:
        log.error(f"{name}: the module is for version {file.info.system}, not {SYSTEM_VERSION}")
        return
    first = file


@no_raise
def find(name: Slice[u8]) -> ModuleFile | None:
    """Return the file of a name; None if there is none."""
    file = first
    while file is not None and file.name != name:
        file = file.next
    return file
