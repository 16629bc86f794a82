"""Frames: places in target code, shown as Python shows its own."""

from __future__ import annotations

import linecache
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Frame:
    """One place in target code. An empty file or line 0 means that nobody knows."""

    function: str
    file: str = ""
    line: int = 0

    def __str__(self) -> str:
        """Return the frame as Python's tracebacks show it."""
        if not self.file:
            return f"  in {self.function}"
        place = f'  File "{self.file}", line {self.line}, in {self.function}'
        text = source_line(self.file, self.line)
        return f"{place}\n    {text}" if text else place


def source_line(file: str, number: int) -> str:
    """Return a line of a source file without its indentation; empty if it cannot be found."""
    for path in _candidates(file):
        if path.is_file():
            linecache.checkcache(str(path))  # a test may have written another file by that name
            return linecache.getline(str(path), number).strip()
    return ""


def traceback_lines(frames: Sequence[Frame]) -> Iterable[str]:
    """Format frames as Python does, a run of equal ones only once."""
    if not frames:
        return
    yield "Target traceback (most recent call last):"
    index = 0
    while index < len(frames):
        last = index
        while last + 1 < len(frames) and frames[last + 1] == frames[index]:
            last += 1
        yield str(frames[index])
        if last > index:
            yield f"  [the same frame {last - index} more times]"
        index = last + 1


def _candidates(file: str) -> Iterable[Path]:
    """Files are named relative to the root that they were compiled from, mostly on `sys.path`."""
    yield Path(file)
    if not Path(file).is_absolute():
        yield from (Path(root) / file for root in sys.path)
