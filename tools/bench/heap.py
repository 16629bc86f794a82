"""`./patchwork bench heap`: the heap of programs (core/world/heap.py) against the host's malloc.

The same steps in Python, compiled in release, and in C at -O2 on the host's C library; the two take turns,
and the fastest run of each counts.
"""

from __future__ import annotations

import json
import resource
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tools.bench import toolchain
from tools.bench.executable import WorkloadError

DIRECTORY = toolchain.ROOT / "bench" / "heap"
REPETITIONS = 7
LIMIT = 1.0  # of the ratio


@dataclass(frozen=True)
class Result:
    """Seconds of processor time of the fastest runs."""

    ours_s: float
    malloc_s: float

    @property
    def ratio(self) -> float:
        return self.ours_s / self.malloc_s


def run(json_path: Path | None = None) -> int:
    """Measure, report, and return 0 if the limit is kept."""
    result = measure(REPETITIONS)
    print(
        f"ring: ours {result.ours_s:.3f} s, malloc {result.malloc_s:.3f} s, ratio {result.ratio:.2f}"
    )
    if json_path is not None:
        figures = {"ours_s": result.ours_s, "malloc_s": result.malloc_s, "ratio": result.ratio}
        json_path.write_text(json.dumps({"ring": figures}, indent=2) + "\n")
    return 0 if result.ratio <= LIMIT else 1


def measure(repetitions: int) -> Result:
    """Build both programs and let them take turns.

    Raises:
        BuildError: one of them does not compile.
        WorkloadError: they compute different things.
    """
    with tempfile.TemporaryDirectory(prefix="bench-") as directory:
        ours, malloc = build(Path(directory))
        times = [(processor_time(ours), processor_time(malloc)) for _ in range(repetitions)]
    if len({output for pair in times for output, _ in pair}) != 1:
        raise WorkloadError("the two compute different things")
    return Result(min(a[1] for a, _ in times), min(b[1] for _, b in times))


def build(directory: Path) -> tuple[Path, Path]:
    """Return the executables of the Python file and of the C file."""
    from compiler.driver import compile_file
    from compiler.options import CompileOptions

    ours, malloc = directory / "ours", directory / "malloc"
    compile_file(CompileOptions(DIRECTORY / "ring.py", ours, "host", "release"))
    toolchain.run([toolchain.zig(), "cc", "-O2", DIRECTORY / "ring.c", "-o", malloc])
    return ours, malloc


def processor_time(program: Path) -> tuple[bytes, float]:
    """Run a program; return what it prints, and its processor time in seconds."""
    before = _children_s()
    output = subprocess.run([program], capture_output=True, check=True, timeout=60).stdout
    return output, _children_s() - before


def _children_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
