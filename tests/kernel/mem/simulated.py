"""Simulated memory for native tests: the kernel's layout moved to addresses that a process may map."""

from __future__ import annotations

import ctypes
import mmap
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from compiler.testing import native

ROOT = Path(__file__).parents[3]
PAGE_SIZE = 4096
FRAME_SIZE = 16
PAGES = 1 << 18  # of physical memory: 1 GiB

# Where the regions of kernel/mem/layout.py are in the process that runs the tests.
MOVED = {
    "PHYSICAL_MAP": 0x2000_0000_0000,
    "FRAME_DATABASE": 0x3000_0000_0000,
}

MAP_FIXED_NOREPLACE = 0x10_0000
MAP_NORESERVE = 0x4000

IMAGE = ROOT / "tests/kernel/mem/no_image.py"
PROCESSORS = ROOT / "tests/kernel/cpu/threads_as_processors.py"
INSTRUCTIONS = ROOT / "tests/kernel/cpu/no_instructions.py"


@cache
def layout_text() -> str:
    text = (ROOT / "kernel/mem/layout.py").read_text()
    for name, address in MOVED.items():
        text = re.sub(rf"^({name}: .* =) .*$", rf"\1 {address:#x}", text, flags=re.MULTILINE)
    return text


def simulated(subject: Path, replace: Mapping[str, str | Path] | None = None) -> Any:
    """Compile a subject against simulated memory."""
    moved = {
        "kernel.mem.layout": layout_text(),
        "kernel.mem.image": IMAGE,
        "kernel.cpu.instructions": INSTRUCTIONS,
        "kernel.cpu.processor": PROCESSORS,
    }
    return native(subject, replace={**moved, **(replace or {})})


@cache
def map_memory() -> None:
    """Give the process a machine's physical memory, and its database, for all tests that run in it."""
    _map(MOVED["PHYSICAL_MAP"], PAGES * PAGE_SIZE)
    _map(MOVED["FRAME_DATABASE"], PAGES * FRAME_SIZE)


def forget_frames() -> None:
    """Clear the database."""
    ctypes.memset(MOVED["FRAME_DATABASE"], 0, PAGES * FRAME_SIZE)


def _map(address: int, size: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.mmap.restype = ctypes.c_void_p
    libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, *[ctypes.c_int] * 3, ctypes.c_long]
    flags = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | MAP_FIXED_NOREPLACE | MAP_NORESERVE
    found = libc.mmap(address, size, mmap.PROT_READ | mmap.PROT_WRITE, flags, -1, 0)
    assert found == address, f"cannot map {address:#x}: errno {ctypes.get_errno()}"
