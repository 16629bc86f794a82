"""The first namespace: the initial files at the root, and the file systems that the kernel itself offers.

/           a tmpfs that holds the initial files, where the loader left them
/dev        devices.py and console
/net        nothing, until the module netfs has its files there
/proc       processes
/sys/fs     the types of file systems that can be mounted
/sys/power  kernel/io/power_file.py
/sys/module kernel/module/files.py
/sys/counts count_files.py

Files in /sys/fs:
    tmpfs/<n>     a file system in memory, which is empty when /sys/fs/tmpfs is mounted: pages of 4096 bytes, the longest file
    devfs/<n>     what is at /dev
    procfs/<n>    what is at /proc
    sysfs/<n>     what is at /sys

Modules add files of their own (module_files.py).
"""

from __future__ import annotations

from core.initial_files import ROOT, InitialFiles
from kernel.fs import dentry, devices, module_files, name_hash, operations, tmpfs, walk
from kernel.fs.console import Console
from kernel.fs.dentry import Dentry
from kernel.fs.file_systems import FileSystemType
from kernel.fs.folder import FixedFolder
from kernel.fs.foreground import Foreground
from kernel.fs.mode import PERMISSIONS, Mode
from kernel.fs.mount import Mount
from kernel.fs.namespace import Namespace
from kernel.fs.path import LONGEST_NAME, Path
from kernel.fs.tmpfs import TmpFile, TmpFolder
from kernel.fs.view import View
from kernel.init import count_files, initial_files
from kernel.io.power_file import PowerFile
from kernel.log import log
from kernel.module import files as module_folder
from kernel.proc.files import ProcFolder
from lang import Slice, sleeps, u8, u32


class TmpType(FileSystemType):
    @sleeps
    def new_root(self) -> Dentry:
        return self.add(dentry.new_root(TmpFolder()))


class FixedType(FileSystemType):
    """One of which there is one file system."""

    root: Dentry

    def __init__(self, root: Dentry) -> None:
        super().__init__(0)
        self.root = root
        self.add(root)

    @sleeps
    def new_root(self) -> Dentry:
        return self.root


def make() -> View:
    """Return the view of the first process.

    Raises:
        MemoryError: there is too little memory.
    """
    name_hash.begin()
    root = TmpFolder()
    tree = initial_files.tree
    if tree is not None:
        fill(root, tree.files, ROOT)
    namespace = Namespace(None)
    view = View(namespace, None)
    memory = TmpType(tmpfs.LARGEST)
    namespace.add(Mount(memory.add(dentry.new_root(root)), None, PERMISSIONS | Mode.PROPAGATE))

    device_folder = devices.make()
    device_folder.put(b"console", Console())
    device_folder.put(b"foreground", Foreground())
    types = FixedFolder()
    system_folder = FixedFolder()
    system_folder.put(b"fs", types)
    system_folder.put(b"power", PowerFile())
    system_folder.put(b"module", module_folder.make())
    counts = count_files.make()
    system_folder.put(b"counts", counts)
    network = FixedFolder()
    module_files.devices = device_folder
    module_files.system = system_folder
    module_files.types = types
    module_files.counts = counts
    module_files.network = network
    devfs = dentry.new_root(device_folder)
    procfs = dentry.new_root(ProcFolder())
    system = dentry.new_root(system_folder)
    types.put(b"tmpfs", memory)
    types.put(b"devfs", FixedType(devfs))
    types.put(b"procfs", FixedType(procfs))
    types.put(b"sysfs", FixedType(system))
    add(view, root, b"dev", devfs)
    add(view, root, b"proc", procfs)
    add(view, root, b"sys", system)
    add(view, root, b"net", dentry.new_root(network))
    add(view, root, b"tmp", memory.new_root())
    return view


def add(view: View, root: TmpFolder, name: Slice[u8], what: Dentry) -> None:
    """Mount a file system in a folder of the root, which is made if it is not there."""
    if walk.found_in(root, name) is None:
        root.put(name, TmpFolder())
    place = operations.find(view, Path(name, Mode(0)), None).at()
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
