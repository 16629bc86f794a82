"""What stands beneath kernel/fs where it runs in pytest, in one thread."""

from pathlib import Path

from compiler.testing import native
from tests.kernel.mem.simulated import layout_text, map_memory

FOLDER = Path(__file__).parent
REPLACED = {
    "kernel.cpu.randomness": FOLDER / "randomness.py",
    "kernel.mem.address_space": FOLDER / "address_space.py",
    "kernel.mem.frames": FOLDER / "frames.py",
    "kernel.mem.heap": FOLDER / "heap.py",
    "kernel.mem.mapping": FOLDER / "mapping.py",
    "kernel.sched.thread": FOLDER / "thread.py",
    "kernel.sync.mutex": FOLDER / "mutex.py",
    "kernel.sync.rcu": FOLDER / "rcu.py",
    "kernel.sync.spin_lock": FOLDER / "spin_lock.py",
    "kernel.sync.wait_queue": FOLDER / "wait_queue.py",
}


def views():
    """Return views_subject, with some memory for the content of files."""
    map_memory()
    memory = {"kernel.mem.layout": layout_text(), "kernel.mem.frames": FOLDER / "pages.py"}
    return native("tests.kernel.fs.views_subject", replace=REPLACED | memory)
