"""The table that the compiler writes, read by the code that it is for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compiler.backend import symbols
from compiler.backend.symbols import Function, Row, Scope, Symbols

EXAMPLE = Symbols(
    functions=[
        Function(0x1000, 0x20, "kernel.main.start"),
        Function(0x1020, 0x10, "kernel.main.stop"),
        Function(0x1040, 0x10, "naked"),
    ],
    rows=[
        Row(0x1000, "kernel/main.py", 10, 0),
        Row(0x1008, "kernel/io.py", 3, 2),
        Row(0x100C, "kernel/main.py", 12, 0),
        Row(0x1020, "kernel/main.py", 20, 0),
        Row(0x1028, "", 0, 0),
    ],
    scopes=[
        Scope("", "", 0, 0),
        Scope("kernel.io.write", "kernel/main.py", 11, 0),
        Scope("kernel.io.put", "kernel/io.py", 7, 1),
    ],
    texts={("kernel/io.py", 3): "port.write(byte)", ("kernel/main.py", 12): "halt()"},
)


def expected(table: Symbols, address: int) -> str:
    """What the frames look like, by the compiler's own reading of the table."""
    lines = []
    for frame in table.frames_at(address):
        if not frame.line:
            lines.append(f"  in {frame.function}\n")
            continue
        lines.append(f'  File "{frame.file}", line {frame.line}, in {frame.function}\n')
        text = table.texts.get((frame.file, frame.line))
        lines += [f"    {text}\n"] if text else []
    return "".join(lines)


def written(implementation, table: bytes, address: int) -> str:
    into = bytearray(2000)
    length = implementation("tests.core.symbols_subject").frames(table, address, into)
    return into[:length].decode()


def test_an_inlined_call_is_a_frame_of_its_own(implementation) -> None:
    assert written(implementation, symbols.encode(EXAMPLE), 0x1009) == (
        '  File "kernel/io.py", line 3, in kernel.io.put\n'
        "    port.write(byte)\n"
        '  File "kernel/io.py", line 7, in kernel.io.write\n'
        '  File "kernel/main.py", line 11, in kernel.main.start\n'
    )


@given(address=st.integers(0xFF0, 0x1060))
def test_every_address_reads_as_the_compiler_means_it(implementation, address: int) -> None:
    table = symbols.encode(EXAMPLE)
    assert written(implementation, table, address) == expected(EXAMPLE, address)


@pytest.mark.parametrize("damage", [b"", b"\0" * 40, symbols.encode(EXAMPLE)[:20]])
def test_without_a_table_there_are_no_frames(implementation, damage: bytes) -> None:
    assert written(implementation, damage, 0x1000) == ""
