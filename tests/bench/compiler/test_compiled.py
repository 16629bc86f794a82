"""The workloads, compiled: which checks LLVM must be able to prove away.

A release build keeps the checks of indices that cannot be proved. Whether they can is decided by
how loops, slices and checks are lowered, so a change there that hides what LLVM needs is seen here,
without a measurement.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from compiler.backend.elf import Elf
from tools.bench import toolchain
from tools.bench.workload import DIRECTORY

WITHOUT_CHECKS = [
    *("alpha_blend", "bitmap_scan", "byte_loops", "crc32", "fnv_hash", "hash_table", "matrix"),
    *("parse_numbers", "pointer_chase", "ring_buffer", "sieve", "word_hash"),
]


@pytest.mark.parametrize("name", WITHOUT_CHECKS)
def test_no_check_is_left(name: str, tmp_path: Path) -> None:
    output = tmp_path / f"{name}.o"
    toolchain.compile_workload(DIRECTORY / f"{name}.py", output, "release")
    symbols = {symbol.name: symbol.section for symbol in Elf(output.read_bytes()).symbols}
    assert symbols["run"] != 0
    assert "__pw_trap" not in symbols
