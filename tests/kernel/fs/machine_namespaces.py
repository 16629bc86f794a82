"""What the flags of mounts do in namespaces below, and that nobody climbs out of what a namespace holds."""

from __future__ import annotations

from core.errors import Busy
from kernel.fs import dentry, operations
from kernel.fs import namespace as namespaces
from kernel.fs.file import File
from kernel.fs.mode import PERMISSIONS, Mode
from kernel.fs.mount import Mount
from kernel.fs.namespace import Namespace
from kernel.fs.tmpfs import TmpFolder
from kernel.fs.view import View
from lang import Slice, u8
from tests.kernel.mem import in_use

MS = 1_000_000


def new_view() -> View:
    """Return a view with /pub/in/file, /secret/in/file, and the empty folders /a and /b."""
    namespace = Namespace(None)
    namespace.add(Mount(dentry.new_root(TmpFolder()), None, PERMISSIONS))
    view = View(namespace, None)
    make(view, b"/pub/in/file:create:parents")
    make(view, b"/secret/in/file:create:parents")
    make(view, b"/a:create:directory")
    make(view, b"/b:create:directory")
    return view


def copied(view: View) -> View:
    return View(namespaces.new_copy(view.namespace()), view.folder())


def emptied(view: View) -> View:
    return View(namespaces.new_empty(view.namespace()), None)


def make(view: View, file: Slice[u8]) -> None:
    operations.open(view, file, None)


def mount(view: View, path: Slice[u8]) -> None:
    operations.mount(view, path, dentry.new_root(TmpFolder()))


def exists(view: View, file: Slice[u8], base: File | None = None) -> bool:
    try:
        operations.open(view, file, base)
        return True
    except FileNotFoundError:
        return False


def is_locked(view: View, path: Slice[u8]) -> bool:
    try:
        operations.unmount(view, path)
        return False
    except Busy:
        return True


def test_a_mount_is_for_one_namespace_unless_it_propagates() -> None:
    view = new_view()
    child = copied(view)
    grandchild = copied(child)
    stranger = copied(new_view())
    mount(view, b"/a:rw")
    make(view, b"/a/alone:create")
    mount(view, b"/b:rw:propagate")
    make(view, b"/b/shared:create")
    assert not exists(child, b"/a/alone")
    assert exists(child, b"/b/shared")
    assert exists(grandchild, b"/b/shared")
    assert not exists(stranger, b"/b/shared")
    mount(child, b"/a:rwg")
    make(child, b"/a/below:create")
    assert exists(grandchild, b"/a/below")
    assert not exists(view, b"/a/below")


def test_an_unmount_is_for_one_namespace_unless_it_propagates() -> None:
    view = new_view()
    child = copied(view)
    mount(view, b"/a:rwg")
    make(view, b"/a/x:create")
    operations.unmount(view, b"/a")
    assert not exists(view, b"/a/x")
    assert exists(child, b"/a/x")
    mount(view, b"/b:rwg")
    make(view, b"/b/x:create")
    operations.unmount(child, b"/a")
    operations.unmount(view, b"/b:propagate")
    assert not exists(child, b"/a/x")
    assert not exists(child, b"/b/x")


def test_a_private_mount_is_not_copied() -> None:
    view = new_view()
    mount(view, b"/a:rw:private")
    make(view, b"/a/x:create")
    mount(view, b"/b:rw")
    make(view, b"/b/x:create")
    child = copied(view)
    assert not exists(child, b"/a/x")
    assert exists(child, b"/b/x")
    assert exists(view, b"/a/x")


def test_a_locked_mount_stays_wherever_it_is_seen() -> None:
    view = new_view()
    mount(view, b"/a:rwL")
    child = copied(view)
    assert is_locked(view, b"/a")
    assert is_locked(view, b"/a:propagate")
    assert is_locked(child, b"/a")
    mount(view, b"/a:rw")
    assert not is_locked(view, b"/a")
    assert is_locked(view, b"/a")


def test_an_empty_namespace_has_what_is_mounted_into_it() -> None:
    view = new_view()
    child = emptied(view)
    assert not exists(child, b"/")
    assert not exists(child, b"/pub")
    assert not exists(child, b"..")
    operations.bind(child, b"/:r", operations.open(view, b"/pub", None))
    assert exists(child, b"/in/file")
    assert not exists(child, b"/pub")
    assert not exists(child, b"/../secret")
    assert not exists(child, b"/in/../../secret")


def test_nobody_climbs_out_of_a_folder_that_was_handed_over() -> None:
    view = new_view()
    child = emptied(view)
    folder = operations.open(view, b"/pub/in", None)
    assert exists(child, b"file", folder)
    assert not exists(child, b"../in", folder)
    assert not exists(child, b"../../secret", folder)
    assert not exists(child, b"../file", folder)
    assert not exists(child, b"..", folder)
    operations.symlink(view, b"../../secret/in/file", b"/pub/in/out")
    operations.symlink(view, b"/secret/in/file", b"/pub/in/far")
    assert exists(view, b"/pub/in/out")
    assert not exists(child, b"out", folder)
    assert not exists(child, b"far", folder)

    # Who can go there by names can go there by dots.
    assert exists(view, b"../in/file", folder)
    assert exists(view, b"../../secret/in/file", folder)
    assert exists(copied(view), b"../../secret/in/file", folder)


def test_nobody_climbs_to_what_is_mounted_over() -> None:
    view = new_view()
    child = copied(view)
    make(view, b"/secret/in/deep/file:create:parents")
    folder = operations.open(view, b"/secret/in/deep", None)
    mount(child, b"/secret:rw")
    assert exists(child, b"file", folder)
    assert not exists(child, b"../file", folder)
    assert not exists(child, b"../../in", folder)
    outer = operations.open(view, b"/secret", None)
    assert exists(child, b"../pub", outer)  # the folder above is seen
    mount(child, b"/:rw")
    assert not exists(child, b"../pub", outer)


def test_a_process_begins_where_its_namespace_lets_it_be() -> None:
    view = new_view()
    mount(view, b"/a:rwP")
    make(view, b"/a/in:create:directory")
    view.go_to(operations.find_folder(view, b"/a/in"))
    child = copied(view)
    child.leave_unseen()
    assert child.folder() is None
    view.leave_unseen()
    assert view.folder() is not None
    view.go_to(operations.find_folder(view, b"/pub/in"))
    child = copied(view)
    child.leave_unseen()
    assert exists(child, b"file")
    assert exists(child, b"../../secret")
    child.enter(namespaces.new_empty(view.namespace()))
    assert not exists(child, b"file")


def test_nothing_is_left_of_namespaces() -> None:
    for round in range(2):
        in_use.settle(2 * MS)
        before = in_use.objects()
        for _ in range(20):
            view = new_view()
            child = copied(copied(view))
            mount(view, b"/a:rwg")
            mount(child, b"/b:rwg")
            emptied(child)
            operations.unmount(view, b"/a:propagate")
        in_use.settle(20 * MS)
        assert round == 0 or in_use.objects() <= before


def test_modes_of_mounts_are_what_was_asked_for() -> None:
    view = new_view()
    operations.bind(view, b"/a:r:private:propagate", operations.open(view, b"/pub", None))
    way = operations.find_folder(view, b"/a")
    assert way.mount.mode == Mode.READ | Mode.PRIVATE | Mode.PROPAGATE
