"""The first namespace: the initial files at the root, and the file systems that the kernel itself offers.

/           a tmpfs that holds the initial files, where the loader left them
/dev        devices.py, console, and pipe/new
/proc       processes
/sys/fs     the types of file systems that can be mounted
"""

from __future__ import annotations

from core.file_records import NodeKind
from core.initial_files import ROOT, InitialFiles
from kernel.fs import devices
from kernel.fs.console import Console
from kernel.fs.folder import FixedFolder
from kernel.fs.location import Location
from kernel.fs.mode import PERMISSIONS, Mode
from kernel.fs.mount import Mount
from kernel.fs.namespace import Namespace
from kernel.fs.path import LONGEST_NAME
from kernel.fs.tmpfs import TmpFile, TmpFolder
from kernel.fs.view import View
from kernel.fs.vnode import Vnode
from kernel.init import initial_files
from kernel.ipc.pipe import NewPipe
from kernel.log import log
from kernel.proc.files import ProcFolder
from lang import Slice, sleeps, u8, u32


class FileSystemType(Vnode):
    """A file in /sys/fs."""

    def __init__(self) -> None:
        super().__init__(NodeKind.FILE)


class TmpType(FileSystemType):
    @sleeps
    def new_root(self) -> Vnode:
        return TmpFolder()


class FixedType(FileSystemType):
    """One of which there is one instance."""

    root: Vnode

    def __init__(self, root: Vnode) -> None:
        super().__init__()
        self.root = root

    @sleeps
    def new_root(self) -> Vnode:
        return self.root


def make() -> View:
    """Return the view of the first process.

    Raises:
        MemoryError: there is too little memory.
    """
    root = TmpFolder()
    tree = initial_files.tree
    if tree is not None:
        fill(root, tree.files, ROOT)
    namespace = Namespace(None)
    view = View(namespace, None)
    namespace.add(Mount(root, None, PERMISSIONS | Mode.PROPAGATE))

    devfs = devices.make()
    devfs.put(b"console", Console())
    pipes = FixedFolder()
    pipes.put(b"new", NewPipe())
    devfs.put(b"pipe", pipes)
    procfs = ProcFolder()
    types = FixedFolder()
    system = FixedFolder()
    system.put(b"fs", types)
    types.put(b"tmpfs", TmpType())
    types.put(b"devfs", FixedType(devfs))
    types.put(b"procfs", FixedType(procfs))
    types.put(b"sysfs", FixedType(system))
    add(view, root, b"dev", devfs)
    add(view, root, b"proc", procfs)
    add(view, root, b"sys", system)
    add(view, root, b"tmp", TmpFolder())
    return view


def add(view: View, root: TmpFolder, name: Slice[u8], what: Vnode) -> None:
    """Mount a file system in a folder of the root, which is made if it is not there."""
    try:
        root.make(name, NodeKind.DIRECTORY, b"")
    except FileExistsError:
        pass
    except FileNotFoundError:
        assert False, "the root is there"
    at = view.root()
    place = Location(root.find(name), at.mount, at, name)
    view.namespace().add(Mount(what, place, PERMISSIONS | Mode.LOCKED | Mode.PROPAGATE))


def fill(folder: TmpFolder, files: InitialFiles, number: u32) -> None:
    """Put the children of a folder of the initial files into a folder.

    Raises:
        MemoryError: there is too little memory.
    """
    node = files.nodes[number]
    for child in range(u32(node.start), u32(node.start + node.size)):
        name = files.name_of(child)
        if len(name) > LONGEST_NAME:
            log.warning(f"the initial file {name} has too long a name, and is left out")
        elif files.is_folder(child):
            made = TmpFolder()
            fill(made, files, child)
            folder.put(name, made)
        else:
            folder.put(name, TmpFile(files.content_of(child)))
