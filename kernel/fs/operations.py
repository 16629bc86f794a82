"""What a process can do with names: open, stat, link, remove, mount, and so on.

Each takes a view, the text of a path, and the folder from which a relative path starts (None: where the process is). Permissions
only shrink: what is opened has at most those of the mount, and those of the folder from which it was reached.
"""

from __future__ import annotations

from core.errors import Busy, CrossDevice
from core.file_records import Entry, NodeKind, Stat
from kernel.fs import path, walk
from kernel.fs.file import File
from kernel.fs.location import Location
from kernel.fs.mode import PERMISSIONS, Mode
from kernel.fs.mount import Mount
from kernel.fs.namespace import Namespace
from kernel.fs.path import Names, Path
from kernel.fs.view import View
from kernel.fs.vnode import Vnode
from kernel.fs.walk import Walk
from lang import Slice, no_raise, u8, u32, u64

# Behaviour of a file that stays with it after it was opened.
KEPT = Mode.NONBLOCK | Mode.APPEND | Mode.PRIVATE | Mode.RECURSIVE


def begin(view: View, text: Path, base: File | None) -> Walk:
    """Return a walk that is where a path starts."""
    folder: Location | None = None
    if base is not None:
        folder = base.location
    start = walk.start_of(view, text, folder)
    return Walk(view, start, text.mode & Mode.NOFOLLOW == 0)


def find(view: View, text: Path, base: File | None) -> Location:
    """Return where a path leads.

    Raises:
        FileNotFoundError, NotADirectoryError, TooManyLinks: see walk.py.
    """
    way = begin(view, text, base)
    way.go(text.names)
    return way.at


def find_folder(view: View, text: Slice[u8]) -> Location:
    """Return the folder that a path leads to.

    Raises:
        NotADirectoryError: it is none.
    """
    location = find(view, path.parse(text), None)
    if location.node.kind != NodeKind.DIRECTORY:
        raise NotADirectoryError
    return location


def new_root(view: View, type: Slice[u8]) -> Vnode:
    """Return the root of a file system, by the path of its type, which is a file in /sys/fs.

    Raises:
        NotSupported: the path leads to something else.
    """
    location = find(view, path.parse(type), None)
    return location.node.new_root()


@no_raise
def allowed(location: Location, text: Path, base: File | None) -> Mode:
    """Return the permissions that a path gives to what it leads to."""
    permissions = location.mount.mode & PERMISSIONS
    if base is not None and not text.is_absolute:
        permissions &= base.mode
    return permissions


def require(wanted: Mode, location: Location, text: Path, base: File | None) -> None:
    """Raise PermissionError unless a path gives all of the permissions that are wanted."""
    if wanted & ~allowed(location, text, base) != 0:
        raise PermissionError


# Opening ----------------------------------------------------------------------------------------


def open(view: View, text: Slice[u8], base: File | None) -> File:
    """Open what a path leads to; with CREATE, make it if it is not there.

    Raises:
        FileNotFoundError: it is not there.
        FileExistsError: with EXCLUSIVE, it is.
        PermissionError: the mount, or the folder, does not give what is asked for.
    """
    wanted = path.parse(text)
    location = find_to_open(view, wanted, base)
    mode = mode_of(location, wanted, base)
    return File(location.node.opened(mode), location, mode)


def open_pair(view: View, text: Slice[u8]) -> tuple[File, File]:
    """Open what a path leads to twice: to read from the first file, and to write to the second.

    Raises as `open`.
    """
    wanted = path.parse(text)
    location = find_to_open(view, wanted, None)
    mode = mode_of(location, wanted, None)
    first, second = location.node.opened_as_pair(mode)
    return File(first, location, mode), File(second, location, mode)


def find_to_open(view: View, wanted: Path, base: File | None) -> Location:
    """Return where a path leads, after making it, or cutting it to nothing, if its flags say so."""
    if wanted.mode & Mode.CREATE != 0:
        location = find_or_make(view, wanted, base)
    else:
        location = find(view, wanted, base)
    require(wanted.mode & PERMISSIONS, location, wanted, base)
    if wanted.mode & Mode.TRUNCATE != 0 and location.node.kind == NodeKind.FILE:
        require(Mode.WRITE, location, wanted, base)
        location.node.truncate()
    return location


@no_raise
def mode_of(location: Location, wanted: Path, base: File | None) -> Mode:
    """Return the mode of a file that is opened: the permissions asked for, or else all that there are."""
    permissions = wanted.mode & PERMISSIONS
    if permissions == 0:
        permissions = allowed(location, wanted, base)
    return permissions | wanted.mode & KEPT


def find_or_make(view: View, text: Path, base: File | None) -> Location:
    """Return where a path leads, after making what is not there."""
    way = begin(view, text, base)
    name = path.last_name(text.names)
    if text.mode & Mode.PARENTS != 0:
        make_parents(way, path.without_last(text.names), text, base)
    else:
        way.go(path.without_last(text.names))
    if len(name) == 0 or name == b"." or name == b"..":
        way.go(name)
        return existing(way, text)
    try:
        way.step(name)
        return existing(way, text)
    except FileNotFoundError:
        pass
    require(Mode.WRITE, way.at, text, base)
    kind = NodeKind.DIRECTORY if text.mode & Mode.DIRECTORY != 0 else NodeKind.FILE
    folder = way.at
    try:
        way.enter(folder.node.make(name, kind, b""), name)
    except FileExistsError:  # somebody was faster
        way.step(name)
        return existing(way, text)
    return way.at


def existing(way: Walk, text: Path) -> Location:
    if text.mode & Mode.EXCLUSIVE != 0:
        raise FileExistsError
    return way.at


def make_parents(way: Walk, names: Slice[u8], text: Path, base: File | None) -> None:
    """Walk along some names, and make the folders that are not there."""
    rest = Names(names)
    name = rest.take()
    while len(name) > 0:
        try:
            way.step(name)
        except FileNotFoundError:
            require(Mode.WRITE, way.at, text, base)
            way.enter(way.at.node.make(name, NodeKind.DIRECTORY, b""), name)
        name = rest.take()


def stat(view: View, text: Slice[u8]) -> Stat:
    """Tell about what a path leads to.

    Raises:
        PermissionError: it may not be read.
    """
    wanted = path.parse(text)
    location = find(view, wanted, None)
    require(Mode.READ, location, wanted, None)
    node = location.node
    permissions = u64(allowed(location, wanted, None))
    return Stat(node.number, node.size(), u32(node.kind), node.links, permissions)


def read_link(view: View, text: Slice[u8], into: Slice[u8]) -> u64:
    """Store where a link leads, and return how long that is. The last name is not followed.

    Raises:
        ValueError: it is no link.
    """
    wanted = path.parse(text)
    way = begin(view, wanted, None)
    name = path.last_name(wanted.names)
    way.go(path.without_last(wanted.names))
    require(Mode.READ, way.at, wanted, None)
    if len(name) == 0 or name == b"." or name == b"..":
        raise ValueError
    return way.at.node.find(name).read_link(into)


# Names --------------------------------------------------------------------------------------------


def parent_of(view: View, text: Path, base: File | None) -> Walk:
    """Return a walk that is at the folder of a path's last name, which may be changed.

    Raises:
        PermissionError: the folder may not be written.
    """
    way = begin(view, text, base)
    way.go(path.without_last(text.names))
    require(Mode.WRITE, way.at, text, base)
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
        CrossDevice: the two names are in different file systems.
        FileExistsError: the new name is taken.
    """
    source_text, text = path.parse(old), path.parse(new)
    source = find(view, source_text, None)
    require(Mode.READ, source, source_text, None)
    if source.node.kind == NodeKind.DIRECTORY:
        raise IsADirectoryError
    way = parent_of(view, text, None)
    way.at.node.add_link(name_to_change(text), source.node)


def symlink(view: View, target: Slice[u8], new: Slice[u8]) -> None:
    """Make a link that leads to a path, whatever that is.

    Raises:
        FileExistsError: the name is taken.
    """
    path.parse(target)
    text = path.parse(new)
    way = parent_of(view, text, None)
    way.at.node.make(name_to_change(text), NodeKind.SYMLINK, target)


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
    node = way.at.node.find(name)
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
    way.at.node.remove(name, node)


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
    node = way.at.node.find(name)
    to = parent_of(view, text, None)
    if to.at.mount is not way.at.mount:
        raise CrossDevice
    if node.mounts.load() != 0:
        raise Busy
    at: Location | None = to.at
    while at is not None:
        if at.node is node:
            raise ValueError
        at = at.above
    way.at.node.rename(name, node, to.at.node, name_to_change(text))


# Mounts -----------------------------------------------------------------------------------------


def mount(view: View, text: Slice[u8], root: Vnode) -> None:
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
    """
    wanted = path.parse(text)
    mode = wanted.mode
    if mode & PERMISSIONS == 0:
        mode |= source.mode & PERMISSIONS
    if mode & PERMISSIONS & ~source.mode != 0:
        raise PermissionError
    attach(view.namespace(), source.node, place_of(view, wanted), mode)


def place_of(view: View, text: Path) -> Location | None:
    """Return where something is to be mounted; None: at the root of a namespace that has none."""
    if (
        len(path.last_name(text.names)) == 0
        and text.is_absolute
        and view.namespace().root() is None
    ):
        return None
    return find(view, text, None)


def attach(namespace: Namespace, root: Vnode, place: Location | None, mode: Mode) -> None:
    namespace.add(Mount(root, place, mode))


def unmount(view: View, text: Slice[u8]) -> None:
    """Take the newest mount at a path away.

    Raises:
        ValueError: nothing is mounted there.
        Busy: the mount is locked.
    """
    wanted = path.parse(text)
    location = find(view, wanted, None)
    if location.node is not location.mount.root or location.mount.place is None:
        raise ValueError
    view.namespace().remove(location.mount)
