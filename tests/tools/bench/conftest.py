"""Executables of small C programs over the harness, for the tests of what runs them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tools.bench import toolchain

Executables = Callable[[str, str], list[Path]]


@pytest.fixture(scope="session")
def make_executables(tmp_path_factory: pytest.TempPathFactory) -> Executables:
    """A function that turns a name and the source of `run` into an executable in each layout."""
    directory = tmp_path_factory.mktemp("harness")
    harnesses = toolchain.harnesses(directory)

    def make(name: str, body: str) -> list[Path]:
        source = directory / f"{name}.c"
        source.write_text(f'#include "bench.h"\nu64 run(u64 rounds)\n{{\n{body}\n}}\n')
        return toolchain.compile_and_link_c(source, directory / name, harnesses, "-O2")

    return make
