"""Eight threads at once in one tree, on two processors: it is as if each had been alone, and nothing is left of it.

PATCHWORK_LONG=1 does a million operations. In pytest itself: tests/kernel/fs/test_crowd.py.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.kernel.fs.crowd import FOLDER
from tests.system.conftest import ENTRY
from tests.system.test_threads import PROGRAMS
from tools.image import ROOT

OPERATIONS = 125_000 if os.environ.get("PATCHWORK_LONG") else 1000  # of each thread
TIMEOUT_S = 7200 if os.environ.get("PATCHWORK_LONG") else 240


def test_a_crowd_on_the_machine_leaves_what_each_alone_would(tmp_path: Path) -> None:
    for source in (PROGRAMS / "crowd.py", FOLDER / "errand.py"):
        shutil.copy(source, tmp_path)
    program = ["--program", str(tmp_path / "crowd.py"), "--", str(OPERATIONS)]
    done = subprocess.run(
        [sys.executable, "-c", ENTRY, "run", "--release", "--smp", "2", *program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
    )
    assert done.stdout.splitlines() == ["as alone: True", "left: []"]
