"""What runs on the machine is Python: each source file imports under CPython, as an editor's or a documentation's."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tools.image import ROOT

IMPORT_ALL = "import importlib, sys\nfor name in sys.argv[1:]: importlib.import_module(name)"
MADE_LATER = {"core.world.start_module"}  # imports what the linker of a program defines


def names_in(folder: str) -> list[str]:
    paths = sorted(Path(ROOT, folder).rglob("*.py"))
    names = [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in paths]
    return [name.removesuffix(".__init__") for name in names if name not in MADE_LATER]


@pytest.mark.parametrize("folder", ["core", "kernel", "lib/std", "programs"])
def test_each_file_imports(folder: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL, *names_in(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
