"""Diagnostics as text: the place, the source, what is wrong, what to write instead.

    error: unknown type 'u46'
      --> kernel/mem/pmm.py:12:17
       |
    12 | def allocate(n: u46) -> PhysAddr:
       |                 ^^^
       = help: did you mean 'u64'?

A span over several lines shows its first and last. Columns are counted as a terminal shows them: tabs
reach to the next multiple of four, characters of East Asia are two wide, combining ones none.
Diagnostics come in the order of their places; what would print twice prints once.
"""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TextIO

from compiler.source import Diagnostic, Span

_TAB = 4
_MAX_WIDTH = 160  # of a source line that is shown
_STYLES = {"error": "\x1b[1;31m", "bold": "\x1b[1m", "frame": "\x1b[1;34m", "help": "\x1b[1;36m"}
_RESET = "\x1b[0m"


def print_diagnostics(
    diagnostics: Iterable[Diagnostic],
    sources: Mapping[str, str] | None = None,
    stream: TextIO | None = None,
) -> None:
    """Write diagnostics to a stream, standard error if not said otherwise; in colour on a terminal.

    `sources` holds the text of files by path; other files are read.
    """
    stream = stream or sys.stderr
    colours = stream.isatty() and "NO_COLOR" not in os.environ
    text = render(diagnostics, sources, colours)
    encoding = stream.encoding or "utf-8"
    stream.write(text.encode(encoding, "backslashreplace").decode(encoding))


def render(
    diagnostics: Iterable[Diagnostic],
    sources: Mapping[str, str] | None = None,
    colours: bool = False,
) -> str:
    """Return diagnostics as text, ending in their number."""
    ordered = sorted(dict.fromkeys(diagnostics), key=_order)
    if not ordered:
        return ""
    renderer = _Renderer(sources or {}, colours)
    blocks = [renderer.diagnostic(each) for each in ordered]
    files = len({each.span.path for each in ordered})
    count = f"{len(ordered)} error{'s' if len(ordered) > 1 else ''}"
    where = f" in {files} files" if files > 1 else ""
    return "\n".join([*blocks, renderer.styled("bold", count + where) + "\n"])


def _order(diagnostic: Diagnostic) -> tuple[Span, str]:
    return diagnostic.span, diagnostic.message


class _Renderer:
    def __init__(self, sources: Mapping[str, str], colours: bool):
        self.sources = sources
        self.colours = colours
        self.lines: dict[str, list[str]] = {}

    def styled(self, style: str, text: str) -> str:
        return f"{_STYLES[style]}{text}{_RESET}" if self.colours and text else text

    def diagnostic(self, diagnostic: Diagnostic) -> str:
        spans = [diagnostic.span, *(note.span for note in diagnostic.notes)]
        gutter = max(len(str(span.end_line)) for span in spans)
        parts = [
            self.styled("error", "error") + self.styled("bold", f": {diagnostic.message}"),
            *self.place(diagnostic.span, gutter, "error"),
        ]
        if diagnostic.hint:
            parts.append(self.remark(gutter, "help", diagnostic.hint))
        for note in diagnostic.notes:
            parts.append(self.remark(gutter, "note", note.message))
            parts += self.place(note.span, gutter, "frame")
        return "\n".join(parts) + "\n"

    def remark(self, gutter: int, word: str, text: str) -> str:
        margin = " " * (gutter + 1) + self.styled("frame", "=")
        return f"{margin} {self.styled('help', word)}: {text}"

    def place(self, span: Span, gutter: int, style: str) -> list[str]:
        """Return the lines that show a place: where it is, and its source with carets under it."""
        column = len(self.prefix(span.path, span.line, span.column)) + 1
        arrow = " " * gutter + self.styled("frame", "-->")
        shown = [f"{arrow} {_relative(span.path)}:{span.line}:{column}"]
        numbers = [span.line] if span.end_line == span.line else [span.line, span.end_line]
        if not self.line(span.path, span.line).strip():
            return shown
        bar = self.styled("frame", "|")
        shown.append(f"{' ' * gutter} {bar}")
        for number in numbers:
            if number == span.end_line > span.line + 1:
                shown.append(f"{' ' * gutter} {self.styled('frame', ':')}")
            line = self.line(span.path, number)
            start, end = self.marked(span, number)
            label = self.styled("frame", f"{number:>{gutter}}")
            cut = start + max(_MAX_WIDTH // 2, end - start) if start > _MAX_WIDTH else _MAX_WIDTH
            text, carets = "".join(_cells(line)[:cut]), "^" * (min(end, cut) - start)
            shown.append(f"{label} {bar} {text}".rstrip())
            shown.append(f"{' ' * gutter} {bar} {' ' * start}{self.styled(style, carets)}")
        return shown

    def marked(self, span: Span, number: int) -> tuple[int, int]:
        """Return the columns to mark in one line of a span, as the terminal counts."""
        line = self.line(span.path, number)
        indent = line[: len(line) - len(line.lstrip())]
        first = self.prefix(span.path, number, span.column) if number == span.line else indent
        last = self.prefix(span.path, number, span.end_column) if number == span.end_line else line
        start = len(_cells(first))
        return start, max(len(_cells(last.rstrip("\r"))), start + 1)

    def prefix(self, path: str, number: int, column: int) -> str:
        """Return what stands in a line before a column in UTF-8 bytes."""
        return self.line(path, number).encode(errors="replace")[:column].decode(errors="ignore")

    def line(self, path: str, number: int) -> str:
        if path not in self.lines:
            text = self.sources.get(path)
            self.lines[path] = _lines(_read(path) if text is None else text)
        lines = self.lines[path]
        return lines[number - 1] if 0 < number <= len(lines) else ""


def _read(path: str) -> str:
    try:
        return Path(path).read_text("utf-8-sig", "replace")
    except (OSError, ValueError):
        return ""


def _lines(text: str) -> list[str]:
    """Return the lines of a source as Python counts them: form feeds and the like end none."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _cells(text: str) -> list[str]:
    """Return what stands in each column of a terminal that shows the text.

    A wide character is followed by a cell without anything; control characters show as `?`.
    """
    cells: list[str] = []
    for character in text:
        if character == "\t":
            cells += " " * (_TAB - len(cells) % _TAB)
        elif unicodedata.combining(character) and cells:
            cells[-1] += character
        elif not character.isprintable():
            cells.append("?")
        elif unicodedata.east_asian_width(character) in "WF":
            cells += [character, ""]
        else:
            cells.append(character)
    return cells


def _relative(path: str) -> str:
    """Return a path from the current folder if it lies below."""
    try:
        return os.path.relpath(path) if Path(path).is_relative_to(Path.cwd()) else path
    except OSError:
        return path
