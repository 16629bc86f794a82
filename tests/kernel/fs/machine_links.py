"""Links that lead to links: as many as may be, each a detour. The stack of a test is one of 8 KiB, like that of a call."""

from __future__ import annotations

from core.errors import TooManyLinks
from core.text.buffer import TextBuffer
from kernel.fs import dentry, operations, path, walk
from kernel.fs.mode import PERMISSIONS
from kernel.fs.mount import Mount
from kernel.fs.namespace import Namespace
from kernel.fs.text_file import text
from kernel.fs.tmpfs import TmpFolder
from kernel.fs.view import View
from lang import Array, Slice, u8, u32


def new_view() -> View:
    namespace = Namespace(None)
    namespace.add(Mount(dentry.new_root(TmpFolder()), None, PERMISSIONS))
    return View(namespace, None)


def link(view: View, name: u32, target: Slice[u8]) -> None:
    storage = Array[u8, 32]()
    out = TextBuffer(storage[:])
    text(out, f"/{name}")
    operations.symlink(view, target, out.text())


def make_chain(view: View, count: u32) -> None:
    """Make /1, which leads by way of so many links to the folder /end."""
    operations.open(view, b"/end/file:create:parents", None)
    operations.open(view, b"/side:create:directory", None)
    for number in range(u32(1), count):
        storage = Array[u8, 64]()
        out = TextBuffer(storage[:])
        text(out, f"side/../{number + 1}/../end/")
        link(view, number, out.text())
    link(view, count, b"/end")


def leads(view: View, name: Slice[u8]) -> bool:
    """Whether a path leads to what /end/file is; False if there are too many links."""
    wanted = operations.find(view, path.parse(b"/end/file"), None)
    try:
        return operations.find(view, path.parse(name), None).node is wanted.node
    except TooManyLinks:
        return False


def test_as_many_links_as_may_be_are_followed() -> None:
    view = new_view()
    make_chain(view, walk.MOST_LINKS)
    assert leads(view, b"/1/file")
    assert leads(view, b"/2/../1/./file") is False  # 39, then 40 more
    assert leads(view, b"/20/../20/file") is False
    assert leads(view, b"/21/../21/file")


def test_one_more_is_too_many() -> None:
    view = new_view()
    make_chain(view, walk.MOST_LINKS + 1)
    assert not leads(view, b"/1/file")
    assert leads(view, b"/2/file")


def test_a_circle_is_too_many() -> None:
    view = new_view()
    operations.open(view, b"/end/file:create:parents", None)
    operations.symlink(view, b"/a/file", b"/a")
    operations.symlink(view, b"b", b"/b")
    operations.symlink(view, b"", b"/nothing")
    assert not leads(view, b"/a")
    assert not leads(view, b"/b/file")
