"""A file system that is mounted nowhere any more is gone with all that is in it, whatever walks have found there."""

from __future__ import annotations

from core.text.buffer import TextBuffer
from kernel.fs import dentry, dentry_cache, operations
from kernel.fs.mode import PERMISSIONS
from kernel.fs.mount import Mount
from kernel.fs.namespace import Namespace
from kernel.fs.text_file import text
from kernel.fs.tmpfs import TmpFolder
from kernel.fs.view import View
from kernel.sync import rcu
from lang import Array, Atomic, u8, u64

gone: Atomic[u64]  # roots


class Watched(TmpFolder):
    """A root that says when it goes."""

    def __del__(self) -> None:
        gone.fetch_add(1)


def new_view() -> View:
    namespace = Namespace(None)
    namespace.add(Mount(dentry.new_root(TmpFolder()), None, PERMISSIONS))
    return View(namespace, None)


def fill(view: View) -> None:
    """Make files below /m, and ask for some that are not there."""
    for number in range(u64(20)):
        storage = Array[u8, 64]()
        out = TextBuffer(storage[:])
        text(out, f"/m/folder/{number}:create:parents")
        operations.open(view, out.text(), None)
        try:
            operations.stat(view, b"/m/missing")
        except FileNotFoundError:
            pass


def test_its_files_are_gone() -> None:
    view = new_view()
    operations.open(view, b"/m:create:directory", None)
    operations.mount(view, b"/m:rw", dentry.new_root(Watched()))
    fill(view)
    rcu.finish()
    assert gone.load() == 0
    operations.unmount(view, b"/m")
    rcu.finish()
    assert gone.load() == 1


def test_what_is_bound_elsewhere_stays_known() -> None:
    view = new_view()
    operations.open(view, b"/m:create:directory", None)
    operations.open(view, b"/n:create:directory", None)
    operations.mount(view, b"/m:rw", dentry.new_root(TmpFolder()))
    fill(view)
    operations.bind(view, b"/n", operations.open(view, b"/m", None))
    before = dentry_cache.count.load()
    operations.unmount(view, b"/n")
    rcu.finish()
    assert dentry_cache.count.load() >= before
    assert operations.stat(view, b"/m/folder/3").links == 1


def test_an_open_file_of_it_is_read_on() -> None:
    view = new_view()
    operations.open(view, b"/m:create:directory", None)
    operations.mount(view, b"/m:rw", dentry.new_root(TmpFolder()))
    fill(view)
    folder = operations.open(view, b"/m/folder", None)
    operations.unmount(view, b"/m")
    rcu.finish()
    assert operations.open(view, b"7", folder).node.links == 1
