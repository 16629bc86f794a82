"""A pool of workers for all tests of the back end."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from compiler.backend.guard import Guard
from compiler.backend.link import LinkInput
from compiler.backend.pool import BackendPool
from compiler.backend.target import TARGETS

CompileUnit = Callable[[str, str, str], LinkInput]


@pytest.fixture(scope="session")
def pool() -> Iterator[BackendPool]:
    with BackendPool(2, timeout_s=60) as pool:
        yield pool


@pytest.fixture(scope="session")
def compile_unit(pool: BackendPool) -> CompileUnit:
    """Compile LLVM text to an object: `compile_unit(target, unit, text)`."""

    def compile_unit(target: str, unit: str, text: str) -> LinkInput:
        future = pool.submit(unit, text, TARGETS[target], "checked", "obj")
        return LinkInput(unit, future.result())

    return compile_unit


@pytest.fixture(scope="session")
def guard(compile_unit: CompileUnit) -> Guard:
    return Guard.of_process(lambda unit, text: compile_unit("jit", unit, text))
