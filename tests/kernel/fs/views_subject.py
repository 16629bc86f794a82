"""Processes' views of files, and what they have open, by numbers, for a model to be compared with."""

from __future__ import annotations

from core.file_records import Entry
from kernel.fs import dentry, dentry_cache, name_hash, operations
from kernel.fs import namespace as namespaces
from kernel.fs.file import File
from kernel.fs.mode import PERMISSIONS, Mode
from kernel.fs.mount import Mount
from kernel.fs.namespace import Namespace
from kernel.fs.tmpfs import TmpFolder
from kernel.fs.view import View
from kernel.mem import frames
from lang import (
    Array,
    Ptr,
    Slice,
    UserSlice,
    address_of,
    export,
    i64,
    irq_safe,
    no_raise,
    sizeof,
    sleeps,
    u8,
    u32,
    u64,
)

VIEWS = 4
FILES = 6
MOST_BYTES = 64  # of a read, a write or a link's target
MOST_ENTRIES = 8

views: Array[View | None, VIEWS]
files: Array[File | None, FILES]


@sleeps
def begin() -> None:
    """Begin anew, with one view of an empty tmpfs."""
    name_hash.begin()
    for number in range(FILES):
        files[number] = None
    for number in range(VIEWS):
        views[number] = None
    namespace = Namespace(None)
    namespace.add(Mount(dentry.new_root(TmpFolder()), None, PERMISSIONS))
    views[0] = View(namespace, None)


@sleeps
def end() -> u64:
    """Let go of all, and return how many pages of files and known names are held all the same."""
    begin()
    views[0] = None
    dentry_cache.empty()
    return u64(frames.taken_count()) + dentry_cache.count.load()


def view_of(number: u32) -> View:
    view = views[number]
    assert view is not None, "the model has it, too"
    return view


def file_of(number: u32) -> File:
    file = files[number]
    assert file is not None, "the model has it, too"
    return file


def base_of(number: u32) -> File | None:
    """Return an open file; None for a number that is too high."""
    return files[number] if number < FILES else None


@sleeps
def open(view: u32, text: Slice[u8], base: u32, into: u32) -> u64:
    """Open a path; return the number of what was opened, times eight, and its permissions."""
    file = operations.open(view_of(view), text, base_of(base))
    files[into] = file
    return file.node.number * 8 + u64(u32(file.mode & PERMISSIONS))


@sleeps
def write(number: u32, letter: u8, count: u64) -> u64:
    """Write a letter several times; return how many."""
    data = Array[u8, MOST_BYTES]()
    data[:count].fill(letter)
    return file_of(number).write(UserSlice[u8](address_of(data).address, count))


@sleeps
def read(number: u32, count: u64) -> u64:
    """Read; return the sum of what came."""
    into = Array[u8, MOST_BYTES]()
    done = file_of(number).read(UserSlice[u8](address_of(into).address, count))
    return sum_of(into[:done])


@sleeps
def seek(number: u32, offset: i64, origin: u32) -> u64:
    return file_of(number).seek(offset, origin)


@sleeps
def reduce(number: u32, permissions: u32, into: u32) -> None:
    """Have a file with fewer permissions than another one, and its position."""
    files[into] = file_of(number).with_permissions(Mode(permissions))


@sleeps
def names(view: u32, text: Slice[u8]) -> u64:
    """Return the sum of the names in a folder."""
    file = operations.open(view_of(view), text, None)
    entries = Array[Entry, MOST_ENTRIES]()
    size = file.list(UserSlice[u8](address_of(entries).address, sizeof(Entry) * MOST_ENTRIES))
    sum: u64 = 0
    for entry in entries[: size // sizeof(Entry)]:
        sum = sum * 256 + u64(entry.name[0]) * 4 + u64(u32(entry.kind))
    return sum


@sleeps
def read_link(view: u32, text: Slice[u8]) -> u64:
    """Return the sum of a link's target."""
    into = Array[u8, MOST_BYTES]()
    count = operations.read_link(view_of(view), text, into[:])
    return sum_of(into[:count])


@no_raise
def sum_of(data: Slice[u8]) -> u64:
    """Return a number that depends on each byte, and on how many there are."""
    sum: u64 = len(data)
    for byte in data:
        sum = (sum * 257 + u64(byte)) % (1 << 40)
    return sum


@sleeps
def stat(view: u32, text: Slice[u8]) -> u64:
    found = operations.stat(view_of(view), text)
    return (
        found.number * 1024 + u64(found.links) * 32 + u64(found.kind) * 8 + u64(found.permissions)
    )


@sleeps
def size(view: u32, text: Slice[u8]) -> u64:
    return operations.stat(view_of(view), text).size


@sleeps
def link(view: u32, old: Slice[u8], new: Slice[u8]) -> None:
    operations.link(view_of(view), old, new)


@sleeps
def symlink(view: u32, target: Slice[u8], new: Slice[u8]) -> None:
    operations.symlink(view_of(view), target, new)


@sleeps
def remove(view: u32, text: Slice[u8]) -> None:
    operations.remove(view_of(view), text)


@sleeps
def rename(view: u32, old: Slice[u8], new: Slice[u8]) -> None:
    operations.rename(view_of(view), old, new)


@sleeps
def mount(view: u32, text: Slice[u8]) -> None:
    operations.mount(view_of(view), text, dentry.new_root(TmpFolder()))


@sleeps
def bind(view: u32, text: Slice[u8], source: u32) -> None:
    file = files[source]
    assert file is not None, "the model has it, too"
    operations.bind(view_of(view), text, file)


@sleeps
def unmount(view: u32, text: Slice[u8]) -> None:
    operations.unmount(view_of(view), text)


@sleeps
def go_to(view: u32, text: Slice[u8]) -> None:
    """Go to a folder."""
    own = view_of(view)
    own.go_to(operations.find_folder(own, text))


@sleeps
def start(parent: u32, child: u32, is_copy: bool) -> None:
    """Have a view below another one, in a copy of its namespace, or an empty one; it begins where it may be."""
    above = view_of(parent)
    namespace = above.namespace()
    if is_copy:
        views[child] = View(namespaces.new_copy(namespace), above.folder())
    else:
        views[child] = View(namespaces.new_empty(namespace), above.folder())
    view_of(child).leave_unseen()


@sleeps
def enter(view: u32, other: u32) -> None:
    """Let a view enter the namespace of another one."""
    view_of(view).enter(view_of(other).namespace())


@sleeps
def close(number: u32) -> None:
    files[number] = None


@export("__pw_copy_from_user")
@irq_safe
@no_raise
def copy_from_user(to: Ptr[u8], source: u64, size: u64) -> bool:
    """Copy from these functions' own memory: there are no programs here."""
    Slice[u8](to, size).copy_from(Slice[u8](Ptr[u8](source), size))
    return True


@export("__pw_copy_to_user")
@irq_safe
@no_raise
def copy_to_user(to: u64, source: Ptr[u8], size: u64) -> bool:
    Slice[u8](Ptr[u8](to), size).copy_from(Slice[u8](source, size))
    return True
