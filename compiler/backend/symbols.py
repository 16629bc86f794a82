"""Symbols: what a running image knows of its own functions and source lines, for tracebacks.

An address stands for a chain of frames. Its row tells the innermost line, which is in the function
of the row's scope; the call of that function is at the scope's position, in the scope around it; and
so on until scope 0, which is the function that `functions` has for the address. Look a return
address up minus one, since the next instruction may belong to another line.

As bytes, in the image's section `.symbols`, all numbers are u32, little-endian, aligned to 4:

    header      magic "SYMB", version, number of functions, rows, scopes, files, texts,
                size of the strings in bytes
    functions   start, size, name; sorted by start
    rows        start, position, scope; sorted by start, each good up to the next
    scopes      name of an inlined function, position of the call, scope around the call; the
                first is unused, because scope 0 is the function that the code belongs to
    files       name
    texts       position, text of that source line without indentation; sorted; may be left out
    strings

Starts count from `__image_start`, in a relocatable module from its `.text`. Names and texts are
offsets into the strings, which are UTF-8 and end in NUL. A position is file << 20 | line, or 0 for
none; files count from 0, lines from 1.
"""

from __future__ import annotations

import struct
from array import array
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from compiler.backend.frames import Frame

MAGIC = int.from_bytes(b"SYMB", "little")
VERSION = 1
LINE_BITS = 20
FILE_LIMIT = 1 << (32 - LINE_BITS)

# The text of a source line, by file and number; empty if there is none.
SourceText = Callable[[str, int], str]

_HEADER = struct.Struct("<8I")


class Function(NamedTuple):
    start: int
    size: int
    name: str


class Row(NamedTuple):
    """What the addresses from `start` to the next row come from; line 0: from no source."""

    start: int
    file: str
    line: int
    scope: int


class Scope(NamedTuple):
    """A function inlined by a call at a place in the scope around it."""

    function: str
    file: str
    line: int
    parent: int


@dataclass
class Symbols:
    """The table as Python sees it. Addresses count from the image's start."""

    functions: list[Function] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    scopes: list[Scope] = field(default_factory=lambda: [Scope("", "", 0, 0)])
    texts: dict[tuple[str, int], str] = field(default_factory=dict)

    def frames_at(self, address: int) -> list[Frame]:
        """Return the frames that an address stands for, innermost first; none outside functions."""
        function = self._function_at(address)
        if function is None:
            return []
        index = bisect_right(self._row_starts, address) - 1
        if index < 0 or self.rows[index].start < function.start or not self.rows[index].line:
            return [Frame(function.name)]

        row = self.rows[index]
        frames = []
        file, line, number = row.file, row.line, row.scope
        while number:
            scope = self.scopes[number]
            frames.append(Frame(scope.function, file, line))
            file, line, number = scope.file, scope.line, scope.parent
        return [*frames, Frame(function.name, file, line)]

    def add_texts(self, source_text: SourceText) -> None:
        """Note the text of every source line that the table names."""
        places = {(row.file, row.line) for row in self.rows if row.line}
        places |= {(scope.file, scope.line) for scope in self.scopes if scope.line}
        for file, line in sorted(places):
            if text := source_text(file, line):
                self.texts[file, line] = text

    def _function_at(self, address: int) -> Function | None:
        index = bisect_right(self._function_starts, address) - 1
        if index < 0:
            return None
        function = self.functions[index]
        return function if address < function.start + function.size else None

    @cached_property
    def _function_starts(self) -> list[int]:
        return [function.start for function in self.functions]

    @cached_property
    def _row_starts(self) -> list[int]:
        return [row.start for row in self.rows]


def encode(symbols: Symbols) -> bytes:
    """Lay the table out as described above."""
    strings = _Strings()
    numbers: dict[str, int] = {}

    def position(file: str, line: int) -> int:
        number = numbers.setdefault(file, len(numbers)) if line else 0
        if number >= FILE_LIMIT or line >> LINE_BITS:
            raise ValueError(f"{file}:{line} is too far for the symbol table")
        return number << LINE_BITS | line

    functions = [(each.start, each.size, strings.add(each.name)) for each in symbols.functions]
    rows = [(each.start, position(each.file, each.line), each.scope) for each in symbols.rows]
    scopes = [
        (strings.add(each.function), position(each.file, each.line), each.parent)
        for each in symbols.scopes
    ]
    texts = [(position(*place), strings.add(text)) for place, text in symbols.texts.items()]
    files = [(strings.add(file),) for file in numbers]
    tables = (functions, rows, scopes, files, sorted(texts))
    counts = [len(table) for table in tables]
    body = array("I", (number for table in tables for row in table for number in row))
    header = _HEADER.pack(MAGIC, VERSION, *counts, len(strings.data))
    return header + body.tobytes() + strings.data


def decode(data: bytes) -> Symbols:
    """Read a table back."""
    magic, version, *counts, _ = _HEADER.unpack_from(data)
    if (magic, version) != (MAGIC, VERSION):
        raise ValueError("not a symbol table of this version")
    at = _HEADER.size
    tables = []
    for count, width in zip(counts, (3, 3, 3, 1, 2), strict=True):
        row = struct.Struct(f"<{width}I")
        tables.append(list(row.iter_unpack(data[at : at + count * row.size])))
        at += count * row.size
    functions, rows, scopes, files, texts = tables

    def string(offset: int) -> str:
        return data[at + offset : data.index(b"\0", at + offset)].decode()

    def place(position: int) -> tuple[str, int]:
        line = position & ((1 << LINE_BITS) - 1)
        return (string(files[position >> LINE_BITS][0]), line) if position else ("", 0)

    return Symbols(
        functions=[Function(start, size, string(name)) for start, size, name in functions],
        rows=[Row(start, *place(position), scope) for start, position, scope in rows],
        scopes=[Scope(string(name), *place(call), parent) for name, call, parent in scopes],
        texts={place(position): string(text) for position, text in texts},
    )


class _Strings:
    """Strings one after the other, each only once."""

    def __init__(self) -> None:
        self.data = bytearray()
        self.offsets: dict[str, int] = {}

    def add(self, text: str) -> int:
        if text not in self.offsets:
            self.offsets[text] = len(self.data)
            self.data += text.encode() + b"\0"
        return self.offsets[text]
