"""Permissions only shrink: whoever sees a folder read-only gets no more from it, by whatever way it is tried."""

from __future__ import annotations

from core.errors import CrossDevice
from kernel.fs import dentry, operations
from kernel.fs.file import File
from kernel.fs.mode import PERMISSIONS, Mode
from kernel.fs.mount import Mount
from kernel.fs.namespace import Namespace
from kernel.fs.tmpfs import TmpFolder
from kernel.fs.view import View
from lang import Slice, u8


def new_view() -> View:
    """Return a view in which /data may be written, and is seen read-only as /seen."""
    namespace = Namespace(None)
    namespace.add(Mount(dentry.new_root(TmpFolder()), None, PERMISSIONS))
    view = View(namespace, None)
    operations.open(view, b"/data/folder/file:create:parents", None)
    operations.open(view, b"/seen:create:directory", None)
    operations.open(view, b"/mine:create:directory", None)
    operations.bind(view, b"/seen:read", operations.open(view, b"/data", None))
    return view


def may_open(view: View, text: Slice[u8], base: File | None) -> bool:
    try:
        operations.open(view, text, base)
        return True
    except PermissionError:
        return False


def may_bind(view: View, text: Slice[u8], source: File) -> bool:
    try:
        operations.bind(view, text, source)
        return True
    except PermissionError:
        return False


def can_link(view: View, old: Slice[u8], new: Slice[u8]) -> bool:
    try:
        operations.link(view, old, new)
        return True
    except CrossDevice:
        return False


def test_what_is_seen_read_only_is_opened_read_only() -> None:
    view = new_view()
    assert may_open(view, b"/data/folder/file:rw", None)
    assert may_open(view, b"/seen/folder/file:r", None)
    for_all = operations.open(view, b"/seen/folder/file", None)
    assert for_all.mode & PERMISSIONS == Mode.READ
    assert not may_open(view, b"/seen/folder/file:w", None)
    assert not may_open(view, b"/seen/folder/file:rx", None)
    assert not may_open(view, b"/seen/folder/file:truncate", None)
    assert not may_open(view, b"/seen/folder/../folder/./file:rw", None)
    assert not may_open(view, b"/seen/folder/new:create", None)
    assert not may_open(view, b"/seen/a/b:create:parents", None)


def test_an_open_folder_gives_no_more_than_it_has() -> None:
    view = new_view()
    folder = operations.open(view, b"/data/folder:r", None)
    assert may_open(view, b"file:r", folder)
    assert not may_open(view, b"file:w", folder)
    assert not may_open(view, b"../folder/file:w", folder)
    assert not may_open(view, b"new:create", folder)
    again = operations.open(view, b"", folder)
    assert again.mode & PERMISSIONS == Mode.READ
    assert not may_open(view, b"file:w", again)


def test_binding_gives_no_more_than_the_open_file_has() -> None:
    view = new_view()
    folder = operations.open(view, b"/data/folder:r", None)
    assert not may_bind(view, b"/mine:rw", folder)
    assert not may_bind(view, b"/mine:x", folder)
    assert may_bind(view, b"/mine", folder)
    assert may_open(view, b"/mine/file:r", None)
    assert not may_open(view, b"/mine/file:w", None)


def test_a_second_name_beside_a_read_only_one_is_refused() -> None:
    view = new_view()
    assert not can_link(view, b"/seen/folder/file", b"/mine/file")
    assert not can_link(view, b"/seen/folder/file", b"/data/other")
    assert can_link(view, b"/data/folder/file", b"/mine/file")
    assert may_open(view, b"/mine/file:w", None)


def test_a_second_name_in_another_file_system_is_refused() -> None:
    view = new_view()
    operations.mount(view, b"/mine:rw", dentry.new_root(TmpFolder()))
    assert not can_link(view, b"/data/folder/file", b"/mine/file")


def test_a_symbolic_link_leads_to_no_more_than_a_path() -> None:
    view = new_view()
    operations.symlink(view, b"/seen/folder/file:rw", b"/mine/soft")
    assert may_open(view, b"/mine/soft:r", None)
    assert not may_open(view, b"/mine/soft:w", None)
