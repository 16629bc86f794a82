"""What is made from the table of system calls is up to date, and right."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import system_calls
from tools.bench import toolchain


@pytest.mark.parametrize("path", sorted(system_calls.files()), ids=lambda path: path.name)
def test_a_made_file_is_what_the_table_says(path) -> None:
    hint = "run: python -m tools.system_calls"
    assert path.read_text() == system_calls.files()[path], hint


def test_no_number_is_used_twice() -> None:
    numbers = [call.number for call in system_calls.read_table()]
    assert len(set(numbers)) == len(numbers)


def test_no_call_needs_more_words_than_there_are_registers() -> None:
    for call in system_calls.read_table():
        words = sum(2 if parameter.is_slice else 1 for parameter in call.parameters)
        assert words <= len(system_calls.REGISTERS), call.name


def test_the_header_is_c(tmp_path: Path) -> None:
    (tmp_path / "patchwork.h").write_text(system_calls.header(system_calls.read_table()))
    source = tmp_path / "program.c"
    source.write_text('#include "patchwork.h"\nint main(void) { return (int)getpid(); }\n')
    toolchain.compile_c(source, tmp_path / "program.o", "-I", tmp_path, "-Wall", "-Werror")
    assert (tmp_path / "program.o").stat().st_size > 0


def test_a_slice_is_two_words() -> None:
    call = next(call for call in system_calls.read_table() if call.name == "write")
    assert "calls.write(a, UserSlice[u8](b, c))" in system_calls.dispatcher([call])
    assert "system_call(13, file, data.pointer.address, u64(len(data)), 0, 0, 0)" in (
        system_calls.stubs([call]).replace("u64(file)", "file")
    )
    assert "uint64_t write(uint64_t file, uint8_t *data, uint64_t data_length);" in (
        system_calls.header([call])
    )
