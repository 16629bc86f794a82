"""`./patchwork bench build`: how long the compiler takes for a kernel of 20,000 lines.

Each time is that of the whole command, with an empty cache (cold) or with the cache that the command
before it left. What takes a moment only is done several times, and the fastest counts.
"""

from __future__ import annotations

import json
import re
import resource
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tools.bench import toolchain
from tools.bench.generated_source import Source, generate
from tools.failure import Failure

LINES = 20_000
SHORT_REPETITIONS = 3
_MODULUS = re.compile(r"% (\d{4,})")  # of a checksum, in the body of a function


@dataclass(frozen=True)
class Measurement:
    """One command: the time that passed, and what all its processes worked together."""

    name: str
    seconds: float
    processor_seconds: float
    limit: float

    @property
    def is_kept(self) -> bool:
        return self.seconds <= self.limit


def run(json_path: Path | None = None) -> int:
    """Measure, report, and return 0 if all limits are kept."""
    console = Console()
    with tempfile.TemporaryDirectory(prefix="bench-") as directory:
        source = generate(Path(directory) / "source", LINES)
        with console.status(f"compiling {source.lines():,} lines in {len(source.files)} files"):
            measurements = list(measure(source, Path(directory)))

    console.print(table(measurements))
    if json_path is not None:
        rows = ",\n".join(json.dumps(asdict(each)) for each in measurements)
        json_path.write_text(f"[\n{rows}\n]\n")
    return 0 if all(each.is_kept for each in measurements) else 1


def measure(source: Source, directory: Path) -> Iterator[Measurement]:
    """Build the source in every way that has a limit.

    Raises:
        Failure: it does not compile.
    """
    image = directory / "image"

    def build(kind: str) -> tuple[float, float]:
        return timed_build(source.main, image, kind, cache=directory / kind)

    def build_altered() -> tuple[float, float]:
        alter(source.bottom)
        return build("checked")

    yield Measurement("release, cold", *build("release"), limit=30)
    yield Measurement("checked, cold", *build("checked"), limit=15)
    unchanged = min(build("checked") for _ in range(SHORT_REPETITIONS))
    yield Measurement("checked, nothing changed", *unchanged, limit=0.5)
    altered = min(build_altered() for _ in range(SHORT_REPETITIONS))
    yield Measurement("checked, one file changed", *altered, limit=2)


def timed_build(main: Path, image: Path, build: str, cache: Path) -> tuple[float, float]:
    """Compile to a linked image; return the seconds that passed and those of the processors."""
    worked = children_seconds()
    started = time.perf_counter()
    try:
        toolchain.compile_kernel(main, image, build, cache)
    except toolchain.BuildError as error:
        raise Failure(f"the generated source does not compile:\n{error}") from None
    return time.perf_counter() - started, children_seconds() - worked


def children_seconds() -> float:
    """Return the processor time of all processes that this one started and that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def alter(path: Path) -> None:
    """Change a number in the body of a function."""
    text = path.read_text()
    changed = _MODULUS.sub(lambda match: f"% {int(match[1]) + 1}", text, count=1)
    assert changed != text
    path.write_text(changed)


def table(measurements: list[Measurement]) -> Table:
    made = Table(title="Time of the compiler, seconds", title_justify="left")
    made.add_column("build")
    for heading in ("passed", "worked", "limit"):
        made.add_column(heading, justify="right")
    made.add_column("")
    for each in measurements:
        made.add_row(
            each.name,
            f"{each.seconds:.2f}",
            f"{each.processor_seconds:.2f}",
            f"{each.limit:g}",
            "[green]✓[/]" if each.is_kept else "[red]✗[/]",
        )
    return made
