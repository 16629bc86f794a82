"""What a process can do with names: open, stat, link, remove, mount, and so on.

Each takes a view, the text of a path, and the folder from which a relative path starts (None: where the process is). Permissions
only shrink: what is opened has at most those of the mount, and those of the folder from which it was reached.
"""

from __future__ import annotations

from core.errors import Busy, CrossDevice, NotSupported
from core.file_records import IS_MOUNTED, Entry, NodeKind, Stat
from kernel.fs import dentry, path, walk
from kernel.fs.dentry import Dentry
from kernel.fs.file import File
from kernel.fs.location import Location
from kernel.fs.mode import PERMISSIONS, Mode
from kernel.fs.mount import Mount
from kernel.fs.namespace import Namespace
from kernel.fs.opening import Opening
from kernel.fs.path import Path
from kernel.fs.view import View
from kernel.fs.vnode import Vnode
from kernel.fs.walk import Walk
from lang import Slice, copy, no_raise, u8, u32, u64

# Behaviour of a file that stays with it after it was opened.
KEPT = Mode.NONBLOCK | Mode.APPEND | Mode.PRIVATE | Mode.RECURSIVE


def begin(view: View, text: Path, base: File | None) -> Walk:
    """Return a walk that is where a path starts."""
    folder = None if base is None else base.location
    return walk.begin(view, text, folder, text.mode & Mode.NOFOLLOW == 0)


def find(view: View, text: Path, base: File | None) -> Walk:
    """Return a walk that is where a path leads.

    Raises:
        FileNotFoundError, NotADirectoryError, TooManyLinks: see walk.py.
    """
    way = begin(view, text, base)
    way.go(text.names)
    return way


def find_folder(view: View, text: Slice[u8]) -> Location:
    """Return the folder that a path leads to.

    Raises:
        NotADirectoryError: it is none.
    """
    way = find(view, path.parse(text), None)
    if way.node.kind != NodeKind.DIRECTORY:
        raise NotADirectoryError
    return way.at()


def new_root(view: View, type: Slice[u8]) -> Dentry:
    """Return the root of a file system, by the path of its type, which is a folder in /sys/fs.

    Raises:
        NotSupported: the path leads to something else.
    """
    return find(view, path.parse(type), None).node.new_root()


@no_raise
def allowed(way: Walk, text: Path, base: File | None) -> Mode:
    """Return the permissions that a path gives to what it leads to."""
    permissions = way.mount.mode & PERMISSIONS
    if base is not None and not text.is_absolute:
        permissions &= base.mode
    return permissions


def require(wanted: Mode, way: Walk, text: Path, base: File | None) -> None:
    """Raise PermissionError unless a path gives all of the permissions that are wanted."""
    if wanted & ~allowed(way, text, base) != 0:
        raise PermissionError


# Opening ----------------------------------------------------------------------------------------


def open(view: View, text: Slice[u8], base: File | None) -> File:
    """Open what a path leads to; with CREATE, make it if it is not there.

    Raises:
        FileNotFoundError: it is not there.
        FileExistsError: with EXCLUSIVE, it is.
        PermissionError: the mount, or the folder, does not give what is asked for.
        BlockingIOError, InterruptedError: see Opening.finish.
    """
    wanted = path.parse(text)
    way = find_to_open(view, wanted, base)
    mode = mode_of(way, wanted, base)
    try:
        node = way.node.opened(mode)
    except BlockingIOError:  # which costs what can be opened at once nothing
        return Opening(way.node, way.at(), mode).finish()
    return File(node, way.at(), mode)


def begin_to_open(view: View, text: Slice[u8], base: File | None) -> Opening:
    """Return the opening of what a path leads to, which is made, or cut to nothing, if the flags say so.

    Raises as `open`.
    """
    wanted = path.parse(text)
    way = find_to_open(view, wanted, base)
    return Opening(way.node, way.at(), mode_of(way, wanted, base))


def open_pair(view: View, text: Slice[u8]) -> tuple[File, File]:
    """Open what a path leads to twice: to read from the first file, and to write to the second.

    Raises as `open`.
    """
    wanted = path.parse(text)
    way = find_to_open(view, wanted, None)
    mode = mode_of(way, wanted, None)
    location = way.at()
    first, second = way.node.opened_as_pair(mode)
    return File(first, location, mode), File(second, location, mode)


def find_to_open(view: View, wanted: Path, base: File | None) -> Walk:
    """Return a walk that is where a path leads, after making it, or cutting it to nothing, if its flags say so."""
    way = begin(view, wanted, base)
    if wanted.mode & Mode.CREATE != 0:
        find_or_make(way, wanted, base)
    else:
        way.go(wanted.names)
    require(wanted.mode & PERMISSIONS, way, wanted, base)
    if wanted.mode & Mode.TRUNCATE != 0 and way.node.kind == NodeKind.FILE:
        require(Mode.WRITE, way, wanted, base)
        way.node.truncate()
    return way


@no_raise
def mode_of(way: Walk, wanted: Path, base: File | None) -> Mode:
    """Return the mode of a file that is opened: the permissions asked for, or else all that there are."""
    permissions = wanted.mode & PERMISSIONS
    if permissions == 0:
        permissions = allowed(way, wanted, base)
    return permissions | wanted.mode & KEPT


def find_or_make(way: Walk, text: Path, base: File | None) -> None:
    """Walk to where a path leads, and make what is not there."""
    name = path.last_name(text.names)
    if text.mode & Mode.PARENTS != 0:
        go_or_make_parents(way, path.without_last(text.names), text, base)
    else:
        way.go(path.without_last(text.names))
    kind = NodeKind.DIRECTORY if text.mode & Mode.DIRECTORY != 0 else NodeKind.FILE
    is_made = go_or_make(way, name, kind, text, base)
    if not is_made and text.mode & Mode.EXCLUSIVE != 0:
        raise FileExistsError


def go_or_make_parents(way: Walk, names: Slice[u8], text: Path, base: File | None) -> None:
    """Walk along some names, and make the folders that are not there."""
    name, rest = path.split(names)
    while len(name) > 0:
        go_or_make(way, name, NodeKind.DIRECTORY, text, base)
        name, rest = path.split(rest)


def go_or_make(way: Walk, name: Slice[u8], kind: NodeKind, text: Path, base: File | None) -> bool:
    """Walk along one name, after making what it leads to if it is not there; return whether it was made.

    A link that leads nowhere is there: nothing is made in its place, nor where it leads.
    """
    way.go(b"")
    here = copy(way)
    try:
        way.go(name)
        return False
    except FileNotFoundError:
        if name == b"..":
            raise
    require(Mode.WRITE, here, text, base)
    try:
        here.enter_new(name, here.node.make(name, kind, b""))
        way.at_dentry, way.at_mount = here.at_dentry, here.at_mount
        return True
    except FileExistsError:  # a link, or somebody was faster
        here.go(name)
        way.at_dentry, way.at_mount = here.at_dentry, here.at_mount
        return False


def stat(view: View, text: Slice[u8]) -> Stat:
    """Tell about what a path leads to.

    Raises:
        PermissionError: it may not be read.
    """
    wanted = path.parse(text)
    way = find(view, wanted, None)
    require(Mode.READ, way, wanted, None)
    node = way.node
    permissions = u32(allowed(way, wanted, None))
    seen_through = u32(way.mount.mode)
    if way.dentry is way.mount.root:
        seen_through |= IS_MOUNTED
    return Stat(node.number, node.size(), u32(node.kind), node.links, permissions, seen_through)


def read_link(view: View, text: Slice[u8], into: Slice[u8]) -> u64:
    """Store where a link leads, and return how long that is. The last name is not followed.

    Raises:
        ValueError: it is no link.
    """
    wanted = path.parse(text)
    way = begin(view, wanted, None)
    name = path.last_name(wanted.names)
    way.go(path.without_last(wanted.names))
    require(Mode.READ, way, wanted, None)
    if len(name) == 0 or name == b"." or name == b"..":
        raise ValueError
    return way.node.find(name).read_link(into)


# Names --------------------------------------------------------------------------------------------


def parent_of(view: View, text: Path, base: File | None) -> Walk:
    """Return a walk that is at the folder of a path's last name, which may be changed.

    Raises:
        PermissionError: the folder may not be written.
    """
    way = begin(view, text, base)
    way.go(path.without_last(text.names))
    require(Mode.WRITE, way, text, base)
    return way


def name_to_change(text: Path) -> Slice[u8]:
    """Return a path's last name.

    Raises:
        Busy: the path ends in a name that every folder has.
    """
    name = path.last_name(text.names)
    if len(name) == 0 or name == b"." or name == b"..":
        raise Busy
    return name


def link(view: View, old: Slice[u8], new: Slice[u8]) -> None:
    """Give a file one more name.

    Raises:
        IsADirectoryError: it is a folder.
        CrossDevice: the two names are in different file systems, or seen through different mounts.
        FileExistsError: the new name is taken.
    """
    source_text, text = path.parse(old), path.parse(new)
    source = find(view, source_text, None)
    require(Mode.READ, source, source_text, None)
    if source.node.kind == NodeKind.DIRECTORY:
        raise IsADirectoryError
    way = parent_of(view, text, None)
    if way.mount is not source.mount:
        raise CrossDevice  # by its new name, the file could have more permissions than by its old one
    way.node.add_link(name_to_change(text), source.node)


def symlink(view: View, target: Slice[u8], new: Slice[u8]) -> None:
    """Make a link that leads to a path, whatever that is.

    Raises:
        FileExistsError: the name is taken.
    """
    path.parse(target)
    text = path.parse(new)
    way = parent_of(view, text, None)
    way.node.make(name_to_change(text), NodeKind.SYMLINK, target)


def remove(view: View, text: Slice[u8]) -> None:
    """Take a name away: of a folder with DIRECTORY only, and with all that is in it with RECURSIVE.

    Raises:
        IsADirectoryError: it is a folder.
        NotADirectoryError: with DIRECTORY, it is none.
        DirectoryNotEmpty: the folder has something in it.
        Busy: something is mounted there.
    """
    wanted = path.parse(text)
    way = parent_of(view, wanted, None)
    name = name_to_change(wanted)
    node = way.node.find(name)
    is_folder = node.kind == NodeKind.DIRECTORY
    if wanted.mode & Mode.RECURSIVE == 0:
        if is_folder and wanted.mode & Mode.DIRECTORY == 0:
            raise IsADirectoryError
        if not is_folder and wanted.mode & Mode.DIRECTORY != 0:
            raise NotADirectoryError
    elif is_folder:
        empty(node)
    if node.mounts.load() != 0:
        raise Busy
    way.node.remove(name, node)


def empty(folder: Vnode) -> None:
    """Remove all that is in a folder, deepest first; links are removed, not followed."""
    way: Depth | None = Depth(folder, None)
    while way is not None:
        if way.folder.mounts.load() != 0:
            raise Busy
        if way.folder.entry_at(0, way.entry) == 0:
            way = way.above
            continue
        name = way.entry.name[: way.entry.name_length]
        node = way.folder.find(name)
        is_full = node.kind == NodeKind.DIRECTORY and node.entry_at(0, way.inner) != 0
        if is_full:
            way = Depth(node, way)
            continue
        if node.mounts.load() != 0:
            raise Busy
        way.folder.remove(name, node)


class Depth:
    """A folder that is being emptied, and those above it."""

    folder: Vnode
    above: Depth | None
    entry: Entry  # its first
    inner: Entry  # the first of that

    def __init__(self, folder: Vnode, above: Depth | None) -> None:
        self.folder = folder
        self.above = above


def rename(view: View, old: Slice[u8], new: Slice[u8]) -> None:
    """Move a name, in one step; a file in the place of which it comes is gone.

    Raises:
        CrossDevice: the two names are in different file systems.
        Busy: something is mounted on one of them.
        DirectoryNotEmpty: a folder that is in the place has something in it.
        ValueError: a folder would be moved into itself.
    """
    source_text, text = path.parse(old), path.parse(new)
    way = parent_of(view, source_text, None)
    name = name_to_change(source_text)
    node = way.node.find(name)
    to = parent_of(view, text, None)
    if to.mount is not way.mount:
        raise CrossDevice
    new_name = name_to_change(text)
    if node.mounts.load() != 0:
        raise Busy
    way.node.rename(name, node, to.node, new_name)


# Mounts -----------------------------------------------------------------------------------------


def mount(view: View, text: Slice[u8], root: Dentry) -> None:
    """Let a file system appear at a path, with the permissions and the behaviour of its flags.

    Raises:
        FileNotFoundError: there is no such path.
    """
    wanted = path.parse(text)
    attach(view.namespace(), root, place_of(view, wanted), wanted.mode)


def bind(view: View, text: Slice[u8], source: File) -> None:
    """Let what is open appear at a path, with no more permissions than the open file has.

    Raises:
        PermissionError: more are asked for.
        NotSupported: it can only be held open.
    """
    if not source.node.can_be_mounted:
        raise NotSupported
    wanted = path.parse(text)
    mode = wanted.mode
    if mode & PERMISSIONS == 0:
        mode |= source.mode & PERMISSIONS
    if mode & PERMISSIONS & ~source.mode != 0:
        raise PermissionError
    attach(view.namespace(), root_for(source), place_of(view, wanted), mode)


def root_for(source: File) -> Dentry:
    """Return a dentry for what is open: that under which it was found, unless it was made by the opening."""
    if source.node is source.location.node:
        return source.location.dentry
    return dentry.new_root(source.node)


def place_of(view: View, text: Path) -> Location | None:
    """Return where something is to be mounted; None: at the root of a namespace that has none."""
    if (
        len(path.last_name(text.names)) == 0
        and text.is_absolute
        and view.namespace().root() is None
    ):
        return None
    return find(view, text, None).at()


def attach(namespace: Namespace, root: Dentry, place: Location | None, mode: Mode) -> None:
    namespace.add(Mount(root, place, mode))


def unmount(view: View, text: Slice[u8]) -> None:
    """Take the newest mount at a path away; with PROPAGATE below, too.

    Raises:
        ValueError: nothing is mounted there.
        Busy: the mount is locked.
    """
    wanted = path.parse(text)
    way = find(view, wanted, None)
    mount = way.mount
    if way.dentry is not mount.root or mount.place is None:
        raise ValueError
    view.namespace().remove(mount, wanted.mode & Mode.PROPAGATE != 0)
