"""Line programs: the part of DWARF that says which source line each address comes from.

A line program is the code of a small machine that fills a table of rows (address, file, line), in
sequences of rising addresses. Programs of other versions than 4, which our compiler does not write,
are passed over.

Source: DWARF Debugging Information Format, version 4, section 6.2.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple

VERSION = 4


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


class _Header(NamedTuple):
    """What a program's header says of its machine."""

    names: list[str]  # of files, from 1
    minimum: int  # length of an instruction, by which addresses advance
    opcode_base: int  # the first special opcode
    operand_counts: bytes  # of the other opcodes, from 1
    advance: list[tuple[int, int]]  # of address and line, by each special opcode


def line_programs(data: bytes) -> Iterator[tuple[int, list[str], list[tuple[int, str, int]]]]:
    """Yield offset, names of files (from 1) and rows of each line program of version 4."""
    offset = 0
    while offset < len(data):
        length, version = struct.unpack_from("<IH", data, offset)
        end = offset + 4 + length
        if version == VERSION:
            yield (offset, *_line_program(data, offset + 4, end))
        offset = end


def _line_program(data: bytes, at: int, end: int) -> tuple[list[str], list[tuple[int, str, int]]]:
    (header_length,) = struct.unpack_from("<I", data, at + 2)
    minimum, _, _, line_base, line_range, opcode_base = struct.unpack_from("<BBBbBB", data, at + 6)
    operand_counts = data[at + 12 : at + 12 + opcode_base - 1]
    names = _file_names(data, at + 12 + len(operand_counts))
    advance = [
        (minimum * (adjusted // line_range), line_base + adjusted % line_range)
        for adjusted in range(256 - opcode_base)
    ]
    header = _Header(names, minimum, opcode_base, operand_counts, advance)
    return names, _run(data, at + 6 + header_length, end, header)


def _file_names(data: bytes, at: int) -> list[str]:
    directories = [""]
    while data[at]:
        text, at = string_at(data, at)
        directories.append(text)
    at += 1

    names = [""]
    while data[at]:
        name, at = string_at(data, at)
        directory, at = uleb(data, at)
        _, at = uleb(data, at)  # time of modification
        _, at = uleb(data, at)  # length
        folder = directories[directory]
        names.append(f"{folder}/{name}" if folder and not name.startswith("/") else name)
    return names


def _run(data: bytes, at: int, end: int, header: _Header) -> list[tuple[int, str, int]]:
    """Run the machine of section 6.2.2, of whose registers we keep address, file and line."""
    names, opcode_base, advance = header.names, header.opcode_base, header.advance
    first = names[1] if len(names) > 1 else ""
    address, name, line = 0, first, 1
    rows: list[tuple[int, str, int]] = []
    sequence = 0  # where the rows of the current sequence begin
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
                length, at = uleb(data, at)
                if data[at] == ExtendedOpcode.END_SEQUENCE:
                    rows.append((address, "", 0))
                    if rows[sequence][0] == 0:
                        del rows[sequence:]  # of a function that the linker dropped
                    sequence = len(rows)
                    address, name, line = 0, first, 1
                elif data[at] == ExtendedOpcode.SET_ADDRESS:
                    address = int.from_bytes(data[at + 1 : at + 9], "little")
                at += length
            case LineOpcode.COPY:
                rows.append((address, name, line))
            case LineOpcode.ADVANCE_PC:
                by, at = uleb(data, at)
                address += by * header.minimum
            case LineOpcode.ADVANCE_LINE:
                by, at = sleb(data, at)
                line += by
            case LineOpcode.SET_FILE:
                number, at = uleb(data, at)
                name = names[number]
            case LineOpcode.CONST_ADD_PC:  # as special opcode 255 does
                address += advance[255 - opcode_base][0]
            case LineOpcode.FIXED_ADVANCE_PC:
                address += int.from_bytes(data[at : at + 2], "little")
                at += 2
            case _:
                for _ in range(header.operand_counts[opcode - 1]):
                    _, at = uleb(data, at)
    return rows


def sorted_lines(rows: list[tuple[int, str, int]]) -> list[tuple[int, str, int]]:
    """Order rows by address; of several at one address the last says what is there.

    Where one sequence ends and another begins at the same address, the beginning wins.
    """
    lines: dict[int, tuple[int, str, int]] = {}
    for row in rows:
        address, _, line = row
        if line or address not in lines:
            lines[address] = row
    return [lines[address] for address in sorted(lines)]


def string_at(data: bytes, at: int) -> tuple[str, int]:
    end = data.index(b"\0", at)
    return data[at:end].decode(errors="replace"), end + 1


def uleb(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7


def sleb(data: bytes, at: int) -> tuple[int, int]:
    start = at
    value, at = uleb(data, at)
    bits = 7 * (at - start)
    return (value - (1 << bits) if value >> (bits - 1) else value), at
