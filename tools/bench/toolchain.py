"""Builds workloads: C and Python to executables that differ in nothing but the workload's code.

Each is the workload's object and the harness, bench/compiler/harness.c, linked alike: static, at
fixed addresses, without a C library. The harness comes in several layouts, which shift what is
linked behind it by a few bytes, and so does every executable.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

from tools.bench.workload import DIRECTORY
from tools.failure import Failure

LAYOUTS = 4
TIMEOUT_S = 120
ROOT = DIRECTORY.parent.parent

# The code of the target `host`: System V ABI, any x86-64 processor, SSE2 and vectorisation.
C_FLAGS = (
    *("--target=x86_64-unknown-linux-gnu", "-march=x86-64", "-std=c17", "-fno-pic"),
    *("-fno-stack-protector", "-Wall", "-Wextra", "-Werror"),
    *("-ffreestanding", "-fbuiltin", "-nostdinc"),  # no headers but the compiler's own
)


class BuildError(Exception):
    """A workload does not compile or link; the message is the compiler's."""


def harnesses(directory: Path) -> list[Path]:
    """Compile the harness in every layout."""
    objects = [directory / f"harness.{layout}.o" for layout in range(LAYOUTS)]
    for layout, path in enumerate(objects):
        # Without builtins: its loops must not become calls of the memory functions it defines.
        compile_c(DIRECTORY / "harness.c", path, "-O2", "-fno-builtin", f"-DLAYOUT={layout}")
    return objects


def compile_and_link_c(source: Path, output: Path, harnesses: list[Path], level: str) -> list[Path]:
    """Make a workload in C into executables `output`.0, .1 and so on, one for each harness."""
    compile_c(source, output.with_suffix(".o"), level)
    return link([output.with_suffix(".o")], output, harnesses)


def compile_and_link_python(
    source: Path, output: Path, harnesses: list[Path], build: str
) -> list[Path]:
    """Make a workload in our language into executables, one for each harness.

    build: "release" or "checked".
    """
    compile_workload(source, output.with_suffix(".o"), build)
    return link([output.with_suffix(".o")], output, harnesses)


def compile_workload(source: Path, output: Path, build: str) -> None:
    """Compile a workload in our language, and all that it imports, to one object."""
    run([sys.executable, "-m", "tools.bench.compile_workload", source, build, output])


def compile_kernel(source: Path, output: Path, build: str, cache: Path) -> None:
    """Compile a kernel with `./patchwork compile`, keeping what may be of use again in `cache`."""
    options = ["--target", "kernel", "--build", build, "-o", output]
    command = [sys.executable, "-X", "patchwork", ROOT / "patchwork", "compile", source, *options]
    run(command, {"PATCHWORK_CACHE": str(cache)})


def compile_c(source: Path, output: Path, *flags: str | Path) -> None:
    """Compile a C file to an object."""
    include = ["-isystem", zig().parent / "lib" / "include", "-I", DIRECTORY]
    run([zig(), "clang", *C_FLAGS, *include, *flags, "-c", source, "-o", output])


def link(workload: list[Path], output: Path, harnesses: list[Path]) -> list[Path]:
    """Link a workload's objects behind each harness; return the executables in this order."""
    options = ["-static", "--no-dynamic-linker", "-z", "noexecstack", "--build-id=none"]
    executables = [output.with_name(f"{output.name}.{n}") for n in range(len(harnesses))]
    for harness, executable in zip(harnesses, executables, strict=True):
        run([zig(), "ld.lld", *options, harness, *workload, "-o", executable])
    return executables


def run(command: list[str | Path], environment: dict[str, str] | None = None) -> None:
    """Run a tool, with some variables added to its environment.

    Raises:
        BuildError: it failed; the message is what it wrote.
    """
    try:
        done = subprocess.run(
            command,
            check=False,
            cwd=ROOT,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=TIMEOUT_S,
            env=os.environ | (environment or {}),
        )
    except subprocess.TimeoutExpired:
        raise BuildError(f"{command[1]} was still at work after {TIMEOUT_S} s") from None
    if done.returncode != 0:
        raise BuildError((done.stderr or done.stdout).strip())


@cache
def zig() -> Path:
    """Return the program that carries clang and the linker."""
    spec = importlib.util.find_spec("ziglang")
    if spec is None or spec.origin is None:
        raise Failure("the package ziglang is missing; remove .venv and run the command again")
    return Path(spec.origin).with_name("zig")
