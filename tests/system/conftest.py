"""The system, booted to run a command line, as a user would from the shell of this machine."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest

from tools.image import ROOT

ENTRY = "import sys; from tools.cli import main; sys.exit(main(sys.argv[1:]))"
Run = Callable[[str], subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def shell() -> Run:
    """Return what runs a command line in a system of its own."""

    def run(line: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", ENTRY, "run", "--exec", line]
        return subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, timeout=400, check=False
        )

    return run
