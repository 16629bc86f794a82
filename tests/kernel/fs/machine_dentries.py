"""What walks find is what the file systems hold, though they mostly ask the dentry cache.

Machine: processors=4
"""

from __future__ import annotations

from typing import Final

from core.errors import DirectoryNotEmpty
from core.file_records import NodeKind
from core.hash import mix
from core.text.buffer import TextBuffer
from kernel.fs import dentry, dentry_cache, location, operations, path
from kernel.fs.mode import PERMISSIONS
from kernel.fs.mount import Mount
from kernel.fs.namespace import Namespace
from kernel.fs.text_file import text
from kernel.fs.tmpfs import TmpFolder
from kernel.fs.view import View
from kernel.mem import frames
from kernel.mem.layout import PhysAddr, bytes_at
from kernel.sched import kernel_thread, sleep
from kernel.time import clock
from lang import Array, Atomic, Ptr, Slice, no_raise, u8, u64

MS = 1_000_000
THREADS: Final = 6
ROUNDS: Final = 1500
NAMES: Final = 4
ASKED: Final = 3000

ended: Atomic[u64]
next_thread: Atomic[u64]
wrong: Atomic[u64]
shared: View | None = None


def new_view() -> View:
    namespace = Namespace(None)
    namespace.add(Mount(dentry.new_root(TmpFolder()), None, PERMISSIONS))
    return View(namespace, None)


def make(view: View, file: Slice[u8]) -> None:
    operations.open(view, file, None)


def exists(view: View, file: Slice[u8]) -> bool:
    try:
        operations.stat(view, file)
        return True
    except FileNotFoundError:
        return False


def test_a_second_walk_finds_the_same_dentry() -> None:
    view = new_view()
    make(view, b"/a/b/c:create:parents")
    first = operations.find(view, path.parse(b"/a/b/c"), None)
    second = operations.find(view, path.parse(b"/a/./b/../b//c"), None)
    assert first.dentry is second.dentry


def test_a_name_that_was_not_there_is_found_once_it_is() -> None:
    view = new_view()
    make(view, b"/d:create:directory")
    assert not exists(view, b"/d/x")
    assert not exists(view, b"/d/x")
    make(view, b"/d/x:create")
    assert exists(view, b"/d/x")


def test_a_name_that_is_removed_is_not_found() -> None:
    view = new_view()
    make(view, b"/x:create")
    assert exists(view, b"/x")
    operations.remove(view, b"/x")
    assert not exists(view, b"/x")


def test_what_was_known_of_a_renamed_folder_is_true_of_it_still() -> None:
    view = new_view()
    make(view, b"/old/in/file:create:parents")
    assert exists(view, b"/old/in/file")
    inside = operations.open(view, b"/old/in", None)
    operations.rename(view, b"/old", b"/new")
    assert not exists(view, b"/old/in/file")
    assert exists(view, b"/new/in/file")

    # Through the folder that was open before the names change, and by the new path.
    operations.open(view, b"second:create", inside)
    assert exists(view, b"/new/in/second")
    operations.remove(view, b"/new/in/second")
    try:
        operations.open(view, b"second", inside)
        assert False, "it is gone"
    except FileNotFoundError:
        pass
    operations.open(view, b"third:create", inside)
    assert exists(view, b"/new/in/third")


def test_dots_lead_over_mounts_and_stay_at_the_root() -> None:
    view = new_view()
    make(view, b"/a/m:create:directory:parents")
    operations.mount(view, b"/a/m:rw", dentry.new_root(TmpFolder()))
    make(view, b"/a/m/x:create:directory")
    make(view, b"/a/beside:create")
    assert exists(view, b"/a/m/x/../../beside")
    assert exists(view, b"/../../a/m/x/../../../a")
    found = operations.find(view, path.parse(b"/a/m/x"), None).at()
    storage = Array[u8, 1024]()
    assert storage[: location.write_path(found, storage[:])] == b"/a/m/x"
    operations.unmount(view, b"/a/m")
    assert not exists(view, b"/a/m/x")


def test_a_root_that_was_mounted_over_is_not_reached_by_dots() -> None:
    view = new_view()
    make(view, b"/below:create")
    operations.mount(view, b"/:rw", dentry.new_root(TmpFolder()))
    make(view, b"/d:create:directory")
    assert not exists(view, b"/below")
    assert not exists(view, b"/d/../../below")
    operations.unmount(view, b"/")
    assert exists(view, b"/below")


def numbered(number: u64, out: TextBuffer) -> Slice[u8]:
    text(out, f"/n{number}:create")
    return out.text()


def test_the_cache_lets_go_of_what_it_does_not_need() -> None:
    view = new_view()
    for number in range(dentry_cache.MOST + 2000):
        storage = Array[u8, 64]()
        out = TextBuffer(storage[:])
        name = numbered(number, out)
        try:
            operations.stat(view, name)
        except FileNotFoundError:
            pass
    assert dentry_cache.count.load() <= dentry_cache.MOST + 100
    make(view, b"/n5:create")
    assert exists(view, b"/n5")


# Many at once -----------------------------------------------------------------------------------


@no_raise
def change_for_long() -> None:
    """Make, look for, move and remove names in a folder of one's own, through folders that all others move.

    The walk to the own folder may fail at any time, since others rename what is above it; once there, nothing may be
    amiss.
    """
    me = next_thread.fetch_add(1)
    try:
        change_names(me)
    except Exception:  # noqa: BLE001 - whatever it is, the test counts it
        wrong.fetch_add(1)
    ended.fetch_add(1)


def change_names(me: u64) -> None:
    view = shared
    assert view is not None
    storage = Array[u8, 64]()
    out = TextBuffer(storage[:])
    text(out, f"/own{me}:create:directory")
    own = operations.open(view, out.text(), None)
    state = me + 1
    is_there = Array[bool, NAMES]()
    for _ in range(ROUNDS):
        state = mix(state)
        which = state % NAMES
        name = Array[u8, 1](u8(97 + which))
        found = True
        try:
            operations.open(view, name[:], own)
        except FileNotFoundError:
            found = False
        if found != is_there[which]:
            wrong.fetch_add(1)
        if found:
            own.node.remove(name[:], own.node.find(name[:]))
        else:
            own.node.make(name[:], NodeKind.FILE, b"")
        is_there[which] = not found
        move_shared(view, state)


def move_shared(view: View, state: u64) -> None:
    """Rename one of two shared folders, make or remove something in it; fail where another was faster."""
    try:
        match state >> 8 & 3:
            case 0:
                operations.rename(view, b"/p", b"/q")
            case 1:
                operations.rename(view, b"/q", b"/p")
            case 2:
                make(view, b"/p/x:create:directory")  # with its parents it would make another /p
            case _:
                operations.remove(view, b"/q/x:recursive")
    except (FileNotFoundError, FileExistsError, DirectoryNotEmpty, IsADirectoryError):
        pass


def test_many_threads_change_names_and_each_finds_its_own() -> None:
    global shared
    view = new_view()
    shared = view
    make(view, b"/p:create:directory")
    ended.store(0)
    next_thread.store(0)
    wrong.store(0)
    for _ in range(THREADS):
        kernel_thread.start("changer", change_for_long)
    while ended.load() < THREADS:
        sleep.until(clock.uptime() + MS)
    shared = None
    assert wrong.load() == 0
    assert exists(view, b"/p") != exists(view, b"/q")


def test_names_that_are_not_there_are_let_go_of_when_memory_is_short() -> None:
    """As many as are asked for while there is memory; a few, once all but little of it is taken."""
    view = new_view()
    dentry_cache.empty()
    ask_for_missing(view, 0)
    kept_with_memory = dentry_cache.count.load()
    assert kept_with_memory >= ASKED
    taken = take_memory()
    try:
        ask_for_missing(view, 1)
        ask_for_missing(view, 2)
        assert dentry_cache.count.load() < kept_with_memory
    finally:
        give_back(taken)


def ask_for_missing(view: View, series: u64) -> None:
    for number in range(u64(ASKED)):
        storage = Array[u8, 64]()
        out = TextBuffer(storage[:])
        text(out, f"/missing{series}-{number}")
        assert not exists(view, out.text())


def take_memory() -> PhysAddr:
    """Take pages until memory is short, and return the last, in which stands which one was taken before it; 0 in the first."""
    last: PhysAddr = 0
    while not dentry_cache.is_memory_short():
        page = frames.allocate()
        Ptr[PhysAddr](bytes_at(page).address)[0] = last
        last = page
    return last


def give_back(last: PhysAddr) -> None:
    page = last
    while page != 0:
        before = Ptr[PhysAddr](bytes_at(page).address)[0]
        frames.free(page)
        page = before
