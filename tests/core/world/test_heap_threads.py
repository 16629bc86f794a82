"""The heap of programs with several threads, of this process: what one takes another gives."""

from __future__ import annotations

import ctypes
import mmap
import threading
from pathlib import Path

from compiler.testing import native

FOLDER = Path(__file__).parent
PAGE = 4096
PAGES = 4096
THREADS = 4


def test_what_one_thread_takes_another_gives() -> None:
    memory = mmap.mmap(-1, PAGES * PAGE)
    heap = native(
        FOLDER / "heap_threads_subject.py",
        replace={
            "core.world.system": FOLDER / "pages.py",
            "core.world.current": FOLDER / "current_of_host_thread.py",
        },
    )
    heap.begin(ctypes.addressof(ctypes.c_char.from_buffer(memory)))
    wrong: list[int] = []
    threads = [
        threading.Thread(target=lambda n=n: wrong.append(heap.exchange(n, 2000)))
        for n in range(THREADS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == [0] * THREADS
    assert heap.give_all() == 0
    assert heap.mistakes() == 0
    assert heap.heaps_used() >= THREADS
    assert heap.mapped_pages() < PAGES
    del memory
