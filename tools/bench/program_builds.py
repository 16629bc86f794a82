"""Builds a whole program of bench/programs for each of the peers; what comes out are commands to run.

    c        idiomatic C, clang -O2, the host's C library
    ours     the Python file, our release build
    cpython  the Python file, run by the Python that runs this
    mypyc    the Python file as an extension module made by mypyc
    numba    the Python file, its functions compiled by numba

mypyc and numba are no dependencies of the project: they are installed when they are first measured, into
an environment under build/, and left out where that fails.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
from pathlib import Path

from tools.bench import toolchain

DIRECTORY = toolchain.ROOT / "bench" / "programs"
ENVIRONMENT = toolchain.ROOT / "build" / "bench-peers"
PACKAGES = ("mypy==2.4.1", "numba==0.68.1", "setuptools==65.5.0")
INSTALL_TIMEOUT_S = 300

C, OURS, CPYTHON, MYPYC, NUMBA = "c", "ours", "cpython", "mypyc", "numba"

Command = list[str | Path]


def names() -> list[str]:
    """Return the names of all programs: every Python file that has a C file beside it, but the harness."""
    found = {path.stem for path in DIRECTORY.glob("*.c") if path.with_suffix(".py").exists()}
    return sorted(found - {"harness"})


def build(name: str, peer: str, directory: Path) -> Command:
    """Build a program for a peer, below a directory, and return how to run it.

    Raises:
        BuildError: it does not compile.
    """
    own = directory / f"{name}-{peer}"
    own.mkdir()
    for source, target in ((f"{name}.py", "program.py"), ("harness.py", "harness.py")):
        shutil.copy(DIRECTORY / source, own / target)
    shutil.copy(DIRECTORY / f"{name}.c", own / "program.c")
    return MAKERS[peer](own)


def _c(directory: Path) -> Command:
    output = directory / "c"
    sources = [DIRECTORY / "harness.c", directory / "program.c"]
    toolchain.run(
        [
            toolchain.zig(),
            "cc",
            "-O2",
            "-mcpu=x86_64",
            "-I",
            DIRECTORY,
            *sources,
            "-lm",
            "-o",
            output,
        ]
    )
    return [output]


def _ours(directory: Path) -> Command:
    output = directory / "ours"
    options = ["--target", "host", "--build", "release", "-o", output]
    python = [sys.executable, "-X", "patchwork", toolchain.ROOT / "patchwork"]
    toolchain.run([*python, "compile", directory / "harness.py", *options])
    return [output]


def _cpython(directory: Path) -> Command:
    return [sys.executable, directory / "harness.py"]


def _mypyc(directory: Path) -> Command:
    python = environment() / "bin" / "python"
    toolchain.run(["env", "-C", directory, python.with_name("mypyc"), "program.py"])
    return [python, directory / "harness.py"]


def _numba(directory: Path) -> Command:
    shutil.copy(DIRECTORY / "numba_harness.py", directory)
    return [environment() / "bin" / "python", "-W", "ignore", directory / "numba_harness.py"]


MAKERS = {C: _c, OURS: _ours, CPYTHON: _cpython, MYPYC: _mypyc, NUMBA: _numba}


def environment() -> Path:
    """Return the environment with mypyc and numba.

    Raises:
        BuildError: it is not there yet, and they could not be installed.
    """
    done = ENVIRONMENT / "packages"
    if done.exists() and done.read_text().split() == list(PACKAGES):
        return ENVIRONMENT
    venv.create(ENVIRONMENT, clear=True, with_pip=True)
    install = [ENVIRONMENT / "bin" / "python", "-m", "pip", "install", "--quiet", *PACKAGES]
    try:
        subprocess.run(install, check=True, capture_output=True, timeout=INSTALL_TIMEOUT_S)
    except subprocess.SubprocessError as error:
        raise toolchain.BuildError(f"mypyc and numba cannot be installed: {error}") from None
    done.write_text("\n".join(PACKAGES))
    return ENVIRONMENT
