"""What all tests share.

`tests` mirrors the tree: `tools/cli.py` is tested by `tests/tools/test_cli.py`. Whatever the host
lacks, an emulator for instance, skips the tests that need it, with the reason.
"""

from __future__ import annotations

from pathlib import Path

import pytest

pytest_plugins = ["compiler.testing.isolation"]

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the project."""
    return ROOT
