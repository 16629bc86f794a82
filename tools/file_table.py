"""Writes docs/files.md: every file that the kernel and its modules offer, from the tables in their sources.

    python -m tools.file_table

A module that has files says so in its docstring:

    Files in /dev:
        pipe/new    opening makes a pipe

`<n>` stands for a number, `<name>` for any name, `...` for whatever is below.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.image import ROOT

FOLDERS = ("kernel", "modules")
PAGE = ROOT / "docs" / "files.md"
HEAD = re.compile(r"^Files in (/\S+):$")
ROW = re.compile(r"^    (\S+) {2,}(\S.*)$")
WILD = {"<n>": "[0-9]+", "<name>": "[^/]+", "...": ".+"}


@dataclass(frozen=True, order=True)
class Row:
    """One file, or some that have their names from elsewhere."""

    path: str
    text: str
    source: str

    def matches(self, path: str) -> bool:
        """Whether a path is that of such a file."""
        return re.fullmatch(_pattern(self.path), path) is not None

    def has_below(self, folder: str) -> bool:
        """Whether a path is that of a folder on the way to such a file."""
        parts = self.path.split("/")
        return any(
            re.fullmatch(_pattern("/".join(parts[:count])), folder)
            for count in range(2, len(parts))
        )


def _pattern(path: str) -> str:
    return "/".join(WILD.get(part, re.escape(part)) for part in path.split("/"))


def read() -> list[Row]:
    """Return the rows of all tables, in the order of their paths."""
    return sorted(
        row
        for folder in FOLDERS
        for source in (ROOT / folder).rglob("*.py")
        for row in rows_of(source)
    )


def rows_of(source: Path) -> Iterator[Row]:
    """Return the rows of one module's tables."""
    docstring = ast.get_docstring(ast.parse(source.read_text())) or ""
    folder = ""
    for line in docstring.splitlines():
        if head := HEAD.match(line):
            folder = head[1]
        elif folder and (row := ROW.match(line)):
            yield Row(f"{folder}/{row[1]}", row[2], str(source.relative_to(ROOT)))
        else:
            folder = ""


def page() -> str:
    """Return the page."""
    lines = [
        "# All files",
        "",
        "<!-- Made by tools/file_table.py from the docstrings of kernel and modules; change those. -->",
        "",
        "What a program can see of the system, or ask of it, is a file. `<n>` stands for a number, `<name>` for any",
        "name, `...` for whatever is below. How they are used: [Everything is a file](everything-is-a-file.md).",
        "",
        "| file | what it is | source |",
        "| --- | --- | --- |",
    ]
    for row in read():
        link = f"[{Path(row.source).name}](../{row.source})"
        lines.append(f"| `{row.path}` | {row.text.replace('|', chr(92) + '|')} | {link} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page())
    print(PAGE.relative_to(ROOT))
