"""Listing: assembly for readers, with the source line above what it became.

The code generator's text also feeds debuggers and linkers. A listing leaves out what only they
want (debug sections, unwinding, sizes, labels that nothing names) and keeps what the assembler
needs, so it still assembles to the same code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from compiler.backend.symbols import SourceText

_FILE = re.compile(r'\s\.file\t(\d+) "([^"]*)"(?: "([^"]*)")?')
_LOCATION = re.compile(r"\s\.loc\t(\d+) (\d+)")
_SECTION = re.compile(r"\s\.(?:section\t(?P<name>[^,\s]+)|text|data|bss)\b")
_LOCAL_LABEL = re.compile(r"(\.L\w+(?:\$local)?):")
_LOCAL_NAME = re.compile(r"\.L[\w$]+")
_LEFT_OUT = re.compile(
    r"\s\.(?:file|loc|cfi_\w+|size|type|ident|addrsig|addrsig_sym|def|scl|endef)\b"
    r"|\s#(?:NO_)?APP\b"
)


def listing(assembly: str, source_text: SourceText) -> str:
    """Return the assembly of one unit for reading."""
    lines = list(_code(assembly.splitlines()))
    named = {name for line in lines for name in _names(line)}
    files: dict[str, str] = {}
    shown = ""
    kept = []
    for line in lines:
        if match := _FILE.match(line):
            number, directory, name = match.groups()
            files[number] = f"{directory}/{name}" if name and directory else name or directory
        elif match := _LOCATION.match(line):
            place = _place(files.get(match[1], "?"), int(match[2]), source_text)
            if place and place != shown:
                kept.append(place)
                shown = place
        elif _LEFT_OUT.match(line) or _is_unnamed(line, named):
            continue
        else:
            kept.append(line)
            if not line:
                shown = ""  # the next function starts anew
    return "\n".join(_without_double_blanks(kept)) + "\n"


def _place(file: str, line: int, source_text: SourceText) -> str:
    """Return the comment for a source line; empty for code that comes from none."""
    if not line:
        return ""
    text = source_text(file, line).strip()
    return f"\t# {file}:{line}" + (f": {text}" if text else "")


def _code(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines outside debug sections."""
    in_debug = False
    for line in lines:
        if match := _SECTION.match(line):
            in_debug = (match["name"] or "").startswith(".debug")
        if not in_debug:
            yield line


def _names(line: str) -> list[str]:
    """Return the local labels that a line refers to, the one it defines excepted."""
    if _LOCAL_LABEL.match(line) or _LEFT_OUT.match(line):
        return []
    return _LOCAL_NAME.findall(line)


def _is_unnamed(line: str, named: set[str]) -> bool:
    match = _LOCAL_LABEL.match(line)
    return match is not None and match[1] not in named


def _without_double_blanks(lines: Iterable[str]) -> Iterator[str]:
    blank = True
    for line in lines:
        if line.strip() or not blank:
            yield line
        blank = not line.strip()
