"""Any Python file ends in diagnostics or an object: no traceback, no crash, no hang.

Runs the compiler over CPython's own standard library and test suite. The daily run takes a sample;
PATCHWORK_LONG=1 takes all of it. Each file has a process of its own with 30 s of a processor's time and 1 GiB.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import resource
import signal
import sysconfig
import traceback
from pathlib import Path

import pytest

from compiler.driver import main_compile
from compiler.options import CompileOptions

SECONDS = 30
BYTES = 1 << 30
SAMPLE_EVERY = 1 if os.environ.get("PATCHWORK_LONG") else 29
BATCH = 100


def all_files() -> list[Path]:
    library = Path(sysconfig.get_path("stdlib"))
    return sorted(p for p in library.rglob("*.py") if "site-packages" not in p.parts)


def batches() -> list[object]:
    files = all_files()[::SAMPLE_EVERY]
    return [
        pytest.param(files[i : i + BATCH], id=f"{files[i].parent.name}-{files[i].stem}")
        for i in range(0, len(files), BATCH)
    ]


@pytest.mark.timeout(1200)
@pytest.mark.parametrize("files", batches())
def test_every_file_ends_in_diagnostics_or_an_object(files: list[Path], tmp_path: Path) -> None:
    failures = [f"{path}: {how}" for path in files if (how := failure_of(path, tmp_path))]
    assert failures == []


def failure_of(path: Path, folder: Path) -> str:
    """Compile in a child; return how it failed, or nothing."""
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read_end)
        _compile(path, folder / "out.o", write_end)
    os.close(write_end)
    with os.fdopen(read_end, "rb") as pipe:
        said = pipe.read().decode(errors="replace")
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return f"ended by {signal.Signals(os.WTERMSIG(status)).name} {said}"
    return said


def mapped_bytes() -> int:
    """How much address space this process has."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    return pages * resource.getpagesize()


def _compile(path: Path, output: Path, write_end: int) -> None:
    """Exit without a word if the compiler does what it should."""
    limit = mapped_bytes() + BYTES  # what the tests before this one have is not the compiler's
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    said = ""
    errors = io.StringIO()
    try:
        with contextlib.redirect_stderr(errors):
            status = main_compile(CompileOptions(path, output, "jit", "checked", "obj"))
        if status == 1 and "error" not in errors.getvalue():
            said = f"failed without a diagnostic: {errors.getvalue()!r}"
        said += "".join(re.findall(r"the compiler failed on this file: .*", errors.getvalue()))
    except BaseException:  # noqa: BLE001 - whatever it is, it is the failure
        said = traceback.format_exc(limit=-6)
    os.write(write_end, said.encode()[:60_000])
    os._exit(0)
