"""DWARF: which source line, and which inlined function, each address of an image comes from.

Reads what LLVM writes for us, DWARF 4: the line programs (`.debug_line`) and, out of the tree of
entries (`.debug_info`), the functions and the calls that were inlined into them. A link reads all
of an image's debug information, so entries that are neither are skipped by a plan made once for
each abbreviation, and the state machine keeps its registers in local variables.

    lines    (address, file, line), sorted; the row after a gap has line 0
    inlined  stretches of address in which a call was inlined, outer calls before the calls inside

Source: DWARF Debugging Information Format, version 4, sections 2.17, 3.3.8, 6.2 and 7.5.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple


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


class LineOpcode(IntEnum):
    EXTENDED = 0
    COPY = 1
    ADVANCE_PC = 2
    ADVANCE_LINE = 3
    SET_FILE = 4
    CONST_ADD_PC = 8
    FIXED_ADVANCE_PC = 9


class ExtendedOpcode(IntEnum):
    END_SEQUENCE = 1
    SET_ADDRESS = 2


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

Contents = Callable[[str], bytes]  # the contents of a section, by its name


class UnexpectedForm(ValueError):
    """Debug information of a kind that our code generator does not make."""


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
    """Read the debug information of an image; empty if it has none.

    Raises:
        UnexpectedForm: it is not the DWARF 4 that LLVM writes.
    """
    information = DebugInformation()
    files: dict[int, list[str]] = {}  # by the offset of the line program
    rows: list[tuple[int, str, int]] = []
    for offset, names, program in _line_programs(contents(".debug_line")):
        files[offset] = names
        rows += program
    information.lines = _sorted_lines(rows)
    information.inlined = _Entries(contents, files).inlined_calls()
    return information


# Line programs -----------------------------------------------------------------------------


def _line_programs(data: bytes) -> Iterator[tuple[int, list[str], list[tuple[int, str, int]]]]:
    """Yield offset, names of files (from 1) and rows of each line program."""
    offset = 0
    while offset < len(data):
        (length,) = struct.unpack_from("<I", data, offset)
        end = offset + 4 + length
        yield (offset, *_line_program(data, offset + 4, end))
        offset = end


def _line_program(data: bytes, at: int, end: int) -> tuple[list[str], list[tuple[int, str, int]]]:
    version, header_length = struct.unpack_from("<HI", data, at)
    if version != 4:
        raise UnexpectedForm(f"line table of DWARF version {version}")
    start = at + 6 + header_length
    minimum, _, _, line_base, line_range, opcode_base = struct.unpack_from("<BBBbBB", data, at + 6)
    operand_counts = data[at + 12 : at + 12 + opcode_base - 1]
    names = _file_names(data, at + 12 + len(operand_counts))
    advance = [  # of each special opcode: address, line
        (minimum * (adjusted // line_range), line_base + adjusted % line_range)
        for adjusted in range(256 - opcode_base)
    ]
    machine = _LineMachine(data, start, end, names, advance, opcode_base, operand_counts)
    return names, machine.run(minimum)


def _file_names(data: bytes, at: int) -> list[str]:
    directories = [""]
    while data[at]:
        text, at = _string(data, at)
        directories.append(text)
    at += 1

    names = [""]
    while data[at]:
        name, at = _string(data, at)
        directory, at = _uleb(data, at)
        _, at = _uleb(data, at)  # time of modification
        _, at = _uleb(data, at)  # length
        folder = directories[directory]
        names.append(f"{folder}/{name}" if folder and not name.startswith("/") else name)
    return names


@dataclass
class _LineMachine:
    """The state machine of section 6.2.2, of whose registers we keep address, file and line."""

    data: bytes
    start: int
    end: int
    names: list[str]
    advance: list[tuple[int, int]]
    opcode_base: int
    operand_counts: bytes

    def run(self, minimum: int) -> list[tuple[int, str, int]]:
        rows: list[tuple[int, str, int]] = []
        data, at, end, names, opcode_base = (
            self.data, self.start, self.end, self.names, self.opcode_base
        )  # fmt: skip
        advance = self.advance
        address, name, line = 0, names[1] if len(names) > 1 else "", 1
        while at < end:
            opcode = data[at]
            at += 1
            if opcode >= opcode_base:
                by, lines = advance[opcode - opcode_base]
                address += by
                line += lines
                rows.append((address, name, line))
                continue
            match opcode:
                case LineOpcode.EXTENDED:
                    length, at = _uleb(data, at)
                    if data[at] == ExtendedOpcode.END_SEQUENCE:
                        rows.append((address, "", 0))
                        address, name, line = 0, names[1] if len(names) > 1 else "", 1
                    elif data[at] == ExtendedOpcode.SET_ADDRESS:
                        address = int.from_bytes(data[at + 1 : at + 9], "little")
                    at += length
                case LineOpcode.COPY:
                    rows.append((address, name, line))
                case LineOpcode.ADVANCE_PC:
                    by, at = _uleb(data, at)
                    address += by * minimum
                case LineOpcode.ADVANCE_LINE:
                    by, at = _sleb(data, at)
                    line += by
                case LineOpcode.SET_FILE:
                    number, at = _uleb(data, at)
                    name = names[number]
                case LineOpcode.CONST_ADD_PC:  # as special opcode 255 does
                    address += advance[255 - opcode_base][0]
                case LineOpcode.FIXED_ADVANCE_PC:
                    address += int.from_bytes(data[at : at + 2], "little")
                    at += 2
                case _:
                    for _ in range(self.operand_counts[opcode - 1]):
                        _, at = _uleb(data, at)
        return rows


def _sorted_lines(rows: list[tuple[int, str, int]]) -> list[tuple[int, str, int]]:
    """Order rows by address; of several at one address the last says what is there.

    Where one sequence ends and another begins at the same address, the beginning wins. Sequences
    of functions that the linker dropped stand at address 0 and are left out.
    """
    lines: dict[int, tuple[int, str, int]] = {}
    for row in rows:
        address, _, line = row
        if line or address not in lines:
            lines[address] = row
    lines.pop(0, None)
    return [lines[address] for address in sorted(lines)]


# Entries -----------------------------------------------------------------------------------


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
            self._read_unit(offset, end)
            offset = end
        return [
            InlinedCall(start, end, self._name(origin), file, line)
            for start, end, origin, file, line in self.found
        ]

    def _name(self, offset: int) -> str:
        while offset not in self.names and offset in self.origins:
            offset = self.origins[offset]
        return _string(self.strings, self.names[offset])[0] if offset in self.names else "?"

    def _read_unit(self, unit: int, end: int) -> None:
        version, table_offset, _ = struct.unpack_from("<HIB", self.data, unit + 4)
        if version != 4:
            raise UnexpectedForm(f"debug information of DWARF version {version}")
        table = self._table(table_offset)
        files: list[str] = []
        base = 0
        data, at = self.data, unit + 11
        while at < end:
            offset = at
            code = data[at]
            at += 1
            if code >= 0x80:
                code, at = _uleb(data, at - 1)
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
                    values[attribute], at = _uleb(data, at)
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
        code, at = _uleb(data, at)
        tag, at = _uleb(data, at)
        at += 1  # whether it has children: nesting shows in the addresses
        plan: list[tuple[int, int]] = []
        while True:
            attribute, at = _uleb(data, at)
            form, at = _uleb(data, at)
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
            length, at = _uleb(data, at)
            return at + length
        case Form.UDATA | Form.SDATA:
            return _uleb(data, at)[1]
        case Form.STRING:
            return data.index(b"\0", at) + 1
        case Form.BLOCK1:
            return at + 1 + data[at]
        case _:
            raise UnexpectedForm(f"DWARF form {form:#x}")


def _string(data: bytes, at: int) -> tuple[str, int]:
    end = data.index(b"\0", at)
    return data[at:end].decode(errors="replace"), end + 1


def _uleb(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7


def _sleb(data: bytes, at: int) -> tuple[int, int]:
    start = at
    value, at = _uleb(data, at)
    bits = 7 * (at - start)
    return (value - (1 << bits) if value >> (bits - 1) else value), at
