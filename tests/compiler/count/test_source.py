"""Objects end in the order in which CPython ends them, in random functions of our language."""

from __future__ import annotations

import pytest

from tests.compiler.count.random_source import source_of
from tests.compiler.lower.both import BUILDS, Both

SEEDS = {"checked": range(40), "release": range(40, 80)}


@pytest.mark.parametrize("build", BUILDS)
def test_objects_end_as_under_cpython(build: str) -> None:
    seeds = SEEDS[build]
    both = Both(source_of(seeds), f"random_{build}", build)
    for seed in seeds:
        for n in range(4):
            compiled, python = (traced(each, seed, n) for each in (both.compiled, both.python))
            assert compiled == python, f"body_{seed}({n})"


def traced(module: object, seed: int, n: int) -> list[int]:
    """Run a function and return what it noted."""
    length = int(getattr(module, f"run_{seed}")(n))
    return [int(module.noted(i)) for i in range(length)]
