"""Workloads: the pairs `NAME.py` and `NAME.c` in bench/compiler."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

DIRECTORY = Path(__file__).resolve().parent.parent.parent / "bench" / "compiler"


@dataclass(frozen=True)
class Workload:
    """One algorithm in both languages."""

    name: str

    @property
    def python(self) -> Path:
        return DIRECTORY / f"{self.name}.py"

    @property
    def c(self) -> Path:
        return DIRECTORY / f"{self.name}.c"


def all_workloads() -> list[Workload]:
    """Return every Python file that has a C file beside it, by name."""
    names = {path.stem for path in DIRECTORY.glob("*.c")}
    return [Workload(path.stem) for path in sorted(DIRECTORY.glob("*.py")) if path.stem in names]
