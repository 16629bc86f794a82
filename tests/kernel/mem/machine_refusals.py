"""Whatever request for memory fails, the exception leaves nothing behind: each is refused in turn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kernel.cpu import processor  # noqa: F401 - what is replaced needs it
from kernel.fs import dentry, operations
from kernel.fs.mode import PERMISSIONS
from kernel.fs.mount import Mount
from kernel.fs.namespace import Namespace
from kernel.fs.tmpfs import TmpFolder
from kernel.fs.view import View
from kernel.mem import heap, refusal
from kernel.mem.address_space import AddressSpace, Protection
from kernel.mem.layout import PAGE_SIZE
from kernel.module.loaded import Loaded
from kernel.proc.group import Group
from kernel.proc.process import Process
from kernel.sched import kernel_thread
from lang import Atomic, asm, export, naked, no_raise, symbol_address, u64
from modules.ipc.pipe.pipe import NewPipe
from modules.ipc.shared_memory import SharedMemory
from tests.kernel.mem import in_use
from tests.kernel.proc import hand_made

MS = 1_000_000
MOST_REQUESTS: Final[u64] = 2000

ended: Atomic[u64]


def refuse_each(run: Callable[[], None]) -> u64:
    """Run something until nothing is refused, with the first request refused first; return how many there were."""
    run()
    in_use.settle(20 * MS)
    objects, pages = in_use.objects(), in_use.free_pages()
    for number in range(u64(1), MOST_REQUESTS):
        refusal.refuse(number)
        has_failed = False
        try:
            run()
        except MemoryError:
            has_failed = True
        was_refused = refusal.stop()
        in_use.settle(20 * MS)
        assert in_use.objects() == objects, "objects are lost"
        assert in_use.free_pages() == pages, "pages are lost"
        if not was_refused:
            assert not has_failed
            return number - 1
    assert False, "it asks for memory without end"


def new_view() -> View:
    namespace = Namespace(None)
    namespace.add(Mount(dentry.new_root(TmpFolder()), None, PERMISSIONS))
    return View(namespace, None)


def change_names() -> None:
    view = new_view()
    operations.open(view, b"/a/b/c:create:parents", None)
    operations.symlink(view, b"/a/b", b"/link")
    operations.link(view, b"/link/c", b"/a/d")
    operations.rename(view, b"/a/d", b"/a/b/e")
    operations.mount(view, b"/a:rw", dentry.new_root(TmpFolder()))
    operations.open(view, b"/a/inside:create", None)
    operations.unmount(view, b"/a")
    operations.bind(view, b"/a/b/c:r", operations.open(view, b"/a/b/e", None))
    operations.unmount(view, b"/a/b/c")
    operations.remove(view, b"/a:recursive")


def test_names() -> None:
    assert refuse_each(change_names) > 30


def use_memory() -> None:
    space = AddressSpace()
    space.create()
    try:
        fill(space)
    finally:
        space.destroy()


def fill(space: AddressSpace) -> None:
    writable = Protection.READ | Protection.WRITE
    start = space.reserve(600 * PAGE_SIZE, writable)
    assert space.fault(start + 5 * PAGE_SIZE, Protection.WRITE)
    space.protect(start + 100 * PAGE_SIZE, 7 * PAGE_SIZE, Protection.READ)
    large = space.reserve_large(8 << 20, writable)
    assert space.fault(large, Protection.WRITE)
    space.unmap(large + 3 * PAGE_SIZE, PAGE_SIZE)
    shared = SharedMemory(b"")
    shared.map(space, 0, 5 * PAGE_SIZE, writable, True, 0)


def test_address_spaces() -> None:
    assert refuse_each(use_memory) > 10


def make_processes() -> None:
    view = new_view()
    process = Process(view, Group())
    kept = Process(view, Group())
    assert process.number != kept.number


def test_processes() -> None:
    assert refuse_each(make_processes) > 4


@naked
@export("test_program_for_refusals")
def exits() -> None:
    """A program that ends at once, in success."""
    asm(
        """
        xorl %edi, %edi
        xorl %esi, %esi
        xorl %eax, %eax
        syscall
        ud2
        .globl test_program_for_refusals_end
    test_program_for_refusals_end:
        """,
        inputs=[],
        outputs=[],
        clobbers=[],
    )


def run_a_program() -> None:
    begin = symbol_address("test_program_for_refusals")
    end = symbol_address("test_program_for_refusals_end")
    process = hand_made.start(begin, end)
    assert hand_made.wait(process)
    assert len(process.status) == 0


def test_programs() -> None:
    assert refuse_each(run_a_program) > 10


def make_a_place_for_a_module() -> None:
    module = Loaded(b"name", 3 * PAGE_SIZE)
    assert module.memory.size == 3 * PAGE_SIZE


def test_modules() -> None:
    assert refuse_each(make_a_place_for_a_module) > 4


@no_raise
def end_at_once() -> None:
    ended.fetch_add(1)


def start_threads() -> None:
    for _ in range(2):
        kernel_thread.start("short", end_at_once)


def test_threads() -> None:
    assert refuse_each(start_threads) > 5


def open_pipes() -> None:
    maker = NewPipe()
    first = maker.opened(PERMISSIONS)
    second = maker.opened_as_pair(PERMISSIONS)
    assert first is not second[0]


def test_pipes() -> None:
    assert refuse_each(open_pipes) > 4


def use_the_heap() -> None:
    small = heap.allocate(100)
    try:
        heap.free(heap.allocate(100_000))
    finally:
        heap.free(small)


def test_the_heap() -> None:
    assert refuse_each(use_the_heap) == 2
