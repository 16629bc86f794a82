"""DWARF: which source line, and which inlined function, each address of an image comes from.

Reads what LLVM writes for us, DWARF 4: the line programs (`line_program.py`) and, out of the tree of
entries, the functions and the calls that were inlined into them. A link reads all of an image's
debug information, so other entries are skipped by a plan made once for each abbreviation. What
other compilers write in other versions or forms is passed over, a unit at a time.

    lines    (address, file, line), sorted; the row after a gap has line 0
    inlined  stretches of address in which a call was inlined, outer calls before the calls inside

Source: DWARF Debugging Information Format, version 4, sections 2.17, 3.3.8 and 7.5.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

from compiler.backend.line_program import line_programs, sorted_lines, string_at, uleb


class Tag(IntEnum):
    COMPILE_UNIT = 0x11
    INLINED_SUBROUTINE = 0x1D
    SUBPROGRAM = 0x2E


class Attribute(IntEnum):
    NAME = 0x03
    STMT_LIST = 0x10
    LOW_PC = 0x11
    HIGH_PC = 0x12
    ABSTRACT_ORIGIN = 0x31
    SPECIFICATION = 0x47
    RANGES = 0x55
    CALL_FILE = 0x58
    CALL_LINE = 0x59
    LINKAGE_NAME = 0x6E


class Form(IntEnum):
    ADDR = 0x01
    DATA2 = 0x05
    DATA4 = 0x06
    DATA8 = 0x07
    STRING = 0x08
    BLOCK1 = 0x0A
    DATA1 = 0x0B
    FLAG = 0x0C
    SDATA = 0x0D
    STRP = 0x0E
    UDATA = 0x0F
    REF_ADDR = 0x10
    REF4 = 0x13
    SEC_OFFSET = 0x17
    EXPRLOC = 0x18
    FLAG_PRESENT = 0x19
    REF_SIG8 = 0x20


_FIXED_SIZES = {
    Form.ADDR: 8,
    Form.DATA1: 1,
    Form.DATA2: 2,
    Form.DATA4: 4,
    Form.DATA8: 8,
    Form.FLAG: 1,
    Form.STRP: 4,
    Form.REF_ADDR: 4,
    Form.REF4: 4,
    Form.SEC_OFFSET: 4,
    Form.FLAG_PRESENT: 0,
    Form.REF_SIG8: 8,
}

VERSION = 4

Contents = Callable[[str], bytes]  # the contents of a section, by its name


class InlinedCall(NamedTuple):
    """Addresses in which the code of an inlined function stands."""

    start: int
    end: int
    function: str
    call_file: str
    call_line: int


@dataclass
class DebugInformation:
    lines: list[tuple[int, str, int]] = field(default_factory=list)
    inlined: list[InlinedCall] = field(default_factory=list)


def read(contents: Contents) -> DebugInformation:
    """Read the debug information of an image; empty if it has none."""
    information = DebugInformation()
    files: dict[int, list[str]] = {}  # by the offset of the line program
    rows: list[tuple[int, str, int]] = []
    for offset, names, program in line_programs(contents(".debug_line")):
        files[offset] = names
        rows += program
    information.lines = sorted_lines(rows)
    information.inlined = _Entries(contents, files).inlined_calls()
    return information


class _UnknownForm(Exception):
    """A unit has an attribute of a form whose size we do not know."""


@dataclass(frozen=True)
class _Abbreviation:
    tag: int
    plan: tuple[tuple[int, int], ...]  # attribute and form of each field; only of what is read
    skips: tuple[int, ...]  # how to step over the others: a size, or minus the form


class _Entries:
    """The tree of entries, read for its functions and inlined calls."""

    def __init__(self, contents: Contents, files: dict[int, list[str]]) -> None:
        self.data = contents(".debug_info")
        self.abbreviations = contents(".debug_abbrev")
        self.strings = contents(".debug_str")
        self.ranges = contents(".debug_ranges")
        self.files = files
        self.tables: dict[int, dict[int, _Abbreviation]] = {}
        self.names: dict[int, int] = {}  # offset of a function's entry -> offset of its name
        self.origins: dict[int, int] = {}  # entries that take their name from another
        # start, end, offset of the entry that has the name, file, line
        self.found: list[tuple[int, int, int, str, int]] = []

    def inlined_calls(self) -> list[InlinedCall]:
        offset = 0
        while offset < len(self.data):
            (length,) = struct.unpack_from("<I", self.data, offset)
            end = offset + 4 + length
            with suppress(_UnknownForm):
                self._read_unit(offset, end)
            offset = end
        return [
            InlinedCall(start, end, self._name(origin), file, line)
            for start, end, origin, file, line in self.found
        ]

    def _name(self, offset: int) -> str:
        while offset not in self.names and offset in self.origins:
            offset = self.origins[offset]
        return string_at(self.strings, self.names[offset])[0] if offset in self.names else "?"

    def _read_unit(self, unit: int, end: int) -> None:
        version, table_offset, _ = struct.unpack_from("<HIB", self.data, unit + 4)
        if version != VERSION:
            return
        table = self._table(table_offset)
        files: list[str] = []
        base = 0
        data, at = self.data, unit + 11
        while at < end:
            offset = at
            code = data[at]
            at += 1
            if code >= 0x80:
                code, at = uleb(data, at - 1)
            if code == 0:
                continue  # the end of a list of children
            abbreviation = table[code]
            if not abbreviation.plan:
                at = self._skip(abbreviation.skips, at)
                continue
            values, at = self._values(abbreviation.plan, at, unit)
            match abbreviation.tag:
                case Tag.COMPILE_UNIT:
                    files = self.files.get(values.get(Attribute.STMT_LIST, -1), [])
                    base = values.get(Attribute.LOW_PC, 0)
                case Tag.SUBPROGRAM:
                    self._note_function(offset, values)
                case Tag.INLINED_SUBROUTINE:
                    self._note_call(values, files, base)

    def _note_function(self, offset: int, values: dict[int, int]) -> None:
        name = values.get(Attribute.LINKAGE_NAME, values.get(Attribute.NAME))
        if name is not None:
            self.names[offset] = name
        origin = values.get(Attribute.ABSTRACT_ORIGIN, values.get(Attribute.SPECIFICATION))
        if origin is not None:
            self.origins[offset] = origin

    def _note_call(self, values: dict[int, int], files: list[str], base: int) -> None:
        file = files[values.get(Attribute.CALL_FILE, 0)] if files else ""
        for start, end in self._stretches(values, base):
            if start:  # 0: in a function that the linker dropped
                origin, line = values[Attribute.ABSTRACT_ORIGIN], values.get(Attribute.CALL_LINE, 0)
                self.found.append((start, end, origin, file, line))

    def _stretches(self, values: dict[int, int], base: int) -> Iterator[tuple[int, int]]:
        if Attribute.RANGES in values:
            at = values[Attribute.RANGES]
            while (pair := struct.unpack_from("<QQ", self.ranges, at)) != (0, 0):
                at += 16
                if pair[0] == (1 << 64) - 1:
                    base = pair[1]
                elif pair[0] != pair[1]:
                    yield base + pair[0], base + pair[1]
        elif Attribute.LOW_PC in values and values.get(Attribute.HIGH_PC):
            low = values[Attribute.LOW_PC]
            yield low, low + values[Attribute.HIGH_PC]

    def _values(
        self, plan: tuple[tuple[int, int], ...], at: int, unit: int
    ) -> tuple[dict[int, int], int]:
        """Read an entry's attributes as numbers; references count from the section's start."""
        data = self.data
        values: dict[int, int] = {}
        for attribute, form in plan:
            size = _FIXED_SIZES.get(form)
            if size is None:
                if form == Form.UDATA:
                    values[attribute], at = uleb(data, at)
                else:
                    at = _skip_form(data, form, at)
                continue
            value = int.from_bytes(data[at : at + size], "little")
            values[attribute] = value + unit if form == Form.REF4 else value
            at += size
        return values, at

    def _skip(self, skips: tuple[int, ...], at: int) -> int:
        for step in skips:
            at = at + step if step >= 0 else _skip_form(self.data, -step, at)
        return at

    def _table(self, offset: int) -> dict[int, _Abbreviation]:
        if offset not in self.tables:
            self.tables[offset] = dict(_abbreviations(self.abbreviations, offset))
        return self.tables[offset]


def _abbreviations(data: bytes, at: int) -> Iterator[tuple[int, _Abbreviation]]:
    while data[at]:
        code, at = uleb(data, at)
        tag, at = uleb(data, at)
        at += 1  # whether it has children: nesting shows in the addresses
        plan: list[tuple[int, int]] = []
        while True:
            attribute, at = uleb(data, at)
            form, at = uleb(data, at)
            if not form:
                break
            plan.append((attribute, form))
        is_read = tag in (Tag.COMPILE_UNIT, Tag.SUBPROGRAM, Tag.INLINED_SUBROUTINE)
        kept = tuple(plan) if is_read else ()
        yield code, _Abbreviation(tag, kept, _skips(plan))


def _skips(plan: list[tuple[int, int]]) -> tuple[int, ...]:
    """Join neighbouring attributes of fixed size into one step."""
    skips: list[int] = []
    for _, form in plan:
        size = _FIXED_SIZES.get(form)
        if size is None:
            skips.append(-form)
        elif skips and skips[-1] >= 0:
            skips[-1] += size
        else:
            skips.append(size)
    return tuple(skips)


def _skip_form(data: bytes, form: int, at: int) -> int:
    """Step over an attribute of variable size."""
    match form:
        case Form.EXPRLOC:
            length, at = uleb(data, at)
            return at + length
        case Form.UDATA | Form.SDATA:
            return uleb(data, at)[1]
        case Form.STRING:
            return data.index(b"\0", at) + 1
        case Form.BLOCK1:
            return at + 1 + data[at]
        case _:
            raise _UnknownForm
