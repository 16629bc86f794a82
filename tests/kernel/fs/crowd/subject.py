"""Errands on the kernel's own functions, by threads of the host."""

from __future__ import annotations

from typing import Final

from core.file_records import Entry, NodeKind
from core.hash import fnv1a, mix
from core.object import TypeInfo
from kernel.cpu import processor
from kernel.fs import dentry, dentry_cache, name_hash, operations, path
from kernel.fs.mode import PERMISSIONS
from kernel.fs.mount import Mount
from kernel.fs.namespace import Namespace
from kernel.fs.path import LONGEST_PATH
from kernel.fs.tmpfs import TmpFolder
from kernel.fs.view import View
from kernel.fs.vnode import Vnode
from kernel.mem import heap
from kernel.sched import kernel_thread, scheduler, sleep
from kernel.sched.thread import ThreadState
from kernel.sync import rcu
from kernel.syscall.error_number import number_of
from lang import (
    Array,
    Ptr,
    Slice,
    export,
    handled_class,
    irq_safe,
    no_raise,
    sleeps,
    u8,
    u16,
    u64,
    wrapping_add,
)
from tests.kernel.fs.crowd.errand import FOUGHT_OVER, NAMES, SLASH, Door, Errand, Path

PROCESSORS: Final = 16

shared: View | None = None


class KernelDoor(Door):
    """The functions of kernel/fs."""

    view: View

    def __init__(self, view: View) -> None:
        self.view = view

    def open(self, path: Slice[u8]) -> u64:
        try:
            return u64(operations.open(self.view, path, None).node.kind)
        except Exception:  # noqa: BLE001 - which it is, is what is compared
            return number_for(handled_class().cast(TypeInfo))

    def stat(self, path: Slice[u8]) -> u64:
        try:
            found = operations.stat(self.view, path)
            return u64(found.kind) * 256 + u64(found.links)
        except Exception:  # noqa: BLE001
            return number_for(handled_class().cast(TypeInfo))

    def link(self, old: Slice[u8], new: Slice[u8]) -> u64:
        try:
            operations.link(self.view, old, new)
            return 0
        except Exception:  # noqa: BLE001
            return number_for(handled_class().cast(TypeInfo))

    def symlink(self, target: Slice[u8], new: Slice[u8]) -> u64:
        try:
            operations.symlink(self.view, target, new)
            return 0
        except Exception:  # noqa: BLE001
            return number_for(handled_class().cast(TypeInfo))

    def remove(self, path: Slice[u8]) -> u64:
        try:
            operations.remove(self.view, path)
            return 0
        except Exception:  # noqa: BLE001
            return number_for(handled_class().cast(TypeInfo))

    def rename(self, old: Slice[u8], new: Slice[u8]) -> u64:
        try:
            operations.rename(self.view, old, new)
            return 0
        except Exception:  # noqa: BLE001
            return number_for(handled_class().cast(TypeInfo))

    def mount(self, path: Slice[u8]) -> u64:
        try:
            operations.mount(self.view, path, dentry.new_root(TmpFolder()))
            return 0
        except Exception:  # noqa: BLE001
            return number_for(handled_class().cast(TypeInfo))

    def unmount(self, path: Slice[u8]) -> u64:
        try:
            operations.unmount(self.view, path)
            return 0
        except Exception:  # noqa: BLE001
            return number_for(handled_class().cast(TypeInfo))


@no_raise
def number_for(type: Ptr[TypeInfo]) -> u64:
    """Return what an exception of a class crosses as, told from all that is success."""
    return 1000 + number_of(type)


@sleeps
def begin() -> None:
    """Begin anew, with an empty tree that all threads share."""
    global shared
    sleep.make_threads()
    kernel_thread.started = u16(len(sleep.threads) - 1)
    rcu.begin()
    for number in range(u16(PROCESSORS)):
        scheduler.words[number].store(0)
        if (thread := sleep.threads[number]) is not None:
            thread.state.store(ThreadState.RUNNABLE)
    scheduler.processor_count.store(PROCESSORS)
    scheduler.counts_sleeps = True
    name_hash.begin()
    namespace = Namespace(None)
    namespace.add(Mount(dentry.new_root(TmpFolder()), None, PERMISSIONS))
    view = View(namespace, None)
    for folder in (b"/a:cd", b"/b:cd", b"/c:cd", b"/d:cd", b"/z:cd"):
        operations.open(view, folder, None)
    shared = view


@no_raise
def view() -> View:
    found = shared
    assert found is not None, "begin was called"
    return found


@sleeps
def work(me: u16, round: u64, count: u64) -> u64:
    """Be one of the threads, do so many operations, and return what became of them."""
    processor.become(me)
    errand = Errand(KernelDoor(view()), u64(me), round)
    errand.run(count)
    return errand.outcomes


@no_raise
@sleeps
def collect() -> None:
    """Be the thread that makes calls which were put off, once."""
    processor.become(kernel_thread.started)
    rcu.collect()


@sleeps
def mistakes() -> u64:
    """Return how many names in the folder that all fight about are found by walks and not there, or the other way round."""
    count: u64 = 0
    folder = operations.find(view(), path.parse(b"/z"), None).node
    for number in range(NAMES):
        name = Path(0, Array[u8, 32]())
        name.add(b"/z/")
        name.add_letter(number)
        name.add(b":l")
        if is_found(name.text()) != is_there(folder, name.bytes[3:4]):
            count += 1
    return count


@sleeps
def is_found(text: Slice[u8]) -> bool:
    try:
        operations.stat(view(), text)
        return True
    except FileNotFoundError:
        return False


@sleeps
def is_there(folder: Vnode, name: Slice[u8]) -> bool:
    try:
        folder.find(name)
        return True
    except FileNotFoundError:
        return False


@sleeps
def tree() -> u64:
    """Return what is in the tree, but for the folder that all fight about, as one number."""
    place = Array[u8, LONGEST_PATH]()
    return describe(place[:], 0)


@sleeps
def describe(place: Slice[u8], length: u64) -> u64:
    """Return what is in the folder of a path, and in those below."""
    total: u64 = 0
    folder = operations.open(view(), place[:length] if length > 0 else b"/", None)
    entry = Entry()
    position = folder.node.entry_at(0, entry)
    while position != 0:
        place[length] = SLASH
        size = length + 1 + u64(entry.name_length)
        place[length + 1 : size].copy_from(entry.name[: entry.name_length])
        if size != 2 or place[1] != FOUGHT_OVER:
            total = wrapping_add(total, describe_name(place, size))
        position = folder.node.entry_at(position, entry)
    return total


@sleeps
def describe_name(place: Slice[u8], size: u64) -> u64:
    own = fnv1a(place[:size])
    place[size : size + 2].copy_from(b":l")
    found = operations.stat(view(), place[: size + 2])
    total = mix(wrapping_add(own, u64(found.kind) * 1000 + u64(found.links)))
    if found.kind == NodeKind.DIRECTORY:
        total = wrapping_add(total, describe(place, size))
    return total


@sleeps
def mounts() -> u64:
    """Return how many there are."""
    count: u64 = 0
    entry = view().namespace().newest.load()
    while entry is not None:
        count += 1
        entry = entry.next.load()
    return count


@sleeps
def end() -> u64:
    """Let go of the tree; return how many dentries and pieces of memory are left of it."""
    global shared
    shared = None
    dentry_cache.empty()
    rcu.finish()  # for what went with the last mount
    return dentry_cache.count.load() + heap.live.load()


@export("__pw_copy_from_user")
@irq_safe
@no_raise
def copy_from_user(to: Ptr[u8], source: u64, size: u64) -> bool:
    """Fail: there are no programs here."""
    return False


@export("__pw_copy_to_user")
@irq_safe
@no_raise
def copy_to_user(to: u64, source: Ptr[u8], size: u64) -> bool:
    return False
