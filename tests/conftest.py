"""What all tests share.

`tests` mirrors the tree: `tools/cli.py` is tested by `tests/tools/test_cli.py`. Whatever the host
lacks, an emulator for instance, skips the tests that need it, with the reason.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

pytest_plugins = ["compiler.testing.isolation", "tools.testing.pytest_machine"]

# How long an example takes says something of the machine only; what fails can be run again from what is printed.
settings.register_profile("patchwork", deadline=None, print_blob=True)
settings.load_profile("patchwork")

ROOT = Path(__file__).resolve().parent.parent

# Where tests call code that they compiled: they run in a process of their own.
NATIVE = (
    "core",
    "docs",
    "kernel",
    "lang",
    "modules",
    "compiler/lower",
    "compiler/check",
    "compiler/testing",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if isinstance(item, pytest.Function) and any(
            item.path.is_relative_to(ROOT / "tests" / folder) for folder in NATIVE
        ):
            item.add_marker("native")


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the project."""
    return ROOT
