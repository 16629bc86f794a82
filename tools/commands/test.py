"""`./patchwork test`: all tests, by pytest."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent

HELP = """\
usage: ./patchwork test [PATH ...] [PYTEST ARGUMENTS]

Runs all tests, or those in the given files and directories.

examples:
  ./patchwork test
  ./patchwork test tests/tools -k qemu
  ./patchwork test -x --last-failed

python -m pytest --help lists what else pytest understands."""


def main(arguments: list[str]) -> int:
    if "-h" in arguments or "--help" in arguments:
        print(HELP)
        return 0

    import pytest

    # Without a path, pytest looks where it is started, and that need not be the root.
    names_tests = any(os.path.exists(argument.partition("::")[0]) for argument in arguments)
    settings = [f"--rootdir={ROOT}", f"--config-file={ROOT / 'pyproject.toml'}"]
    everything = [] if names_tests else [str(ROOT / "tests")]
    return int(pytest.main([*settings, *arguments, *everything]))
