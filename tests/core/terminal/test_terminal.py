"""The terminal: characters, control functions, and the lines that are kept, against a model in plain Python."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compiler.testing import native
from tests.core.terminal.model import Model

HERE = Path(__file__).parent
COLUMNS, ROWS, LINES = 10, 5, 12
PAPER, INK, RED, BRIGHT_RED = 0x1B2A33, 0xFFF3DC, 0xE76F51, 0xFF8A6B


@pytest.fixture(scope="module")
def terminal():
    return native(HERE / "terminal_subject.py")


def begin(terminal) -> Model:
    terminal.begin(COLUMNS, ROWS, LINES)
    return Model(COLUMNS, ROWS, LINES)


def write(terminal, text: str | bytes) -> None:
    data = text.encode() if isinstance(text, str) else text
    terminal.write(data)


def row_of(terminal, row: int, back: int = 0) -> str:
    return "".join(chr(terminal.character(row, column, back)) for column in range(COLUMNS))


def screen(terminal) -> list[str]:
    return [row_of(terminal, row) for row in range(ROWS)]


def answer(terminal) -> bytes:
    return bytes(terminal.get(index) for index in range(terminal.answer()))


# Each: what a program writes, and what it does to the model.
Step = tuple[str, Callable[[Model], None]]


def numbered(form: str, most: int, act: Callable[[Model, int], None]) -> st.SearchStrategy[Step]:
    """A function with a number, which may be missing."""
    return st.none().map(lambda _: (form.format(""), lambda model: act(model, 1))) | st.integers(
        1, most
    ).map(lambda n: (form.format(n), lambda model: act(model, n)))


def fixed(text: str, act: Callable[[Model], None]) -> st.SearchStrategy[Step]:
    return st.just((text, act))


STEPS = st.one_of(
    st.text("abcé→", min_size=1, max_size=14).map(lambda text: (text, lambda m: m.put(text))),
    fixed("\n", Model.new_line),
    fixed("\r", lambda m: m.move(m.row, 0)),
    fixed("\b", lambda m: m.move_by(0, -1)),
    fixed("\t", lambda m: m.move(m.row, (m.column // 8 + 1) * 8)),
    fixed("\x1bD", Model.line_feed),
    fixed("\x1bM", Model.reverse_feed),
    fixed("\x1bE", Model.new_line),
    fixed("\x1b]0;a title\x07", lambda m: None),
    fixed("\x1bP+q\x1b\\", lambda m: None),
    fixed("\x1b(B", lambda m: None),
    fixed("\x1b[>4;2m", lambda m: None),
    numbered("\x1b[{}A", 8, lambda m, n: m.move_by(-n, 0)),
    numbered("\x1b[{}B", 8, lambda m, n: m.move_by(n, 0)),
    numbered("\x1b[{}C", 12, lambda m, n: m.move_by(0, n)),
    numbered("\x1b[{}D", 12, lambda m, n: m.move_by(0, -n)),
    numbered("\x1b[{}G", 12, lambda m, n: m.move(m.row, n - 1)),
    numbered("\x1b[{}d", 8, lambda m, n: m.move(n - 1, m.column)),
    numbered("\x1b[{}@", 12, Model.insert),
    numbered("\x1b[{}P", 12, Model.delete),
    numbered("\x1b[{}X", 12, lambda m, n: m.erase(m.row, m.column, m.column + n)),
    numbered("\x1b[{}L", 7, lambda m, n: m.insert_rows(m.row, n)),
    numbered("\x1b[{}M", 7, lambda m, n: m.delete_rows(m.row, n)),
    numbered("\x1b[{}S", 7, Model.up),
    numbered("\x1b[{}T", 7, lambda m, n: m.insert_rows(m.first, n)),
    st.integers(0, 2).map(lambda n: (f"\x1b[{n}J", lambda m: m.erase_screen(n))),
    st.integers(0, 2).map(lambda n: (f"\x1b[{n}K", lambda m: m.erase_line(n))),
    st.tuples(st.integers(1, 8), st.integers(1, 12)).map(
        lambda at: (f"\x1b[{at[0]};{at[1]}H", lambda m: m.move(at[0] - 1, at[1] - 1))
    ),
    st.tuples(st.integers(1, 6), st.integers(1, 6)).map(
        lambda at: (f"\x1b[{at[0]};{at[1]}r", lambda m: m.set_moving(at[0] - 1, at[1]))
    ),
)


@given(st.lists(STEPS, max_size=40))
@settings(max_examples=400)
def test_any_functions_do_what_the_model_does(terminal, steps: list[Step]) -> None:
    model = begin(terminal)
    for text, act in steps:
        write(terminal, text)
        act(model)
        assert terminal.cursor()[:2] == (model.row, model.column), text
    assert screen(terminal) == ["".join(row) for row in model.screen]
    assert terminal.kept() == len(model.kept)
    for back in range(1, len(model.kept) + 1):
        assert row_of(terminal, 0, back) == "".join(model.kept[-back])


@given(st.binary(max_size=200), st.integers(1, 7))
@settings(max_examples=300)
def test_any_bytes_in_any_pieces_give_the_same(terminal, data: bytes, size: int) -> None:
    begin(terminal)
    write(terminal, data)
    whole = screen(terminal), terminal.cursor(), answer(terminal)
    begin(terminal)
    for start in range(0, len(data), size):
        write(terminal, data[start : start + size])
    assert (screen(terminal), terminal.cursor(), answer(terminal)) == whole


@given(st.lists(st.text("\x1b[?;0123456789:mHrJKLMPSThlABCDnscu78ab", max_size=12), max_size=30))
@settings(max_examples=300)
def test_no_sequence_harms(terminal, texts: list[str]) -> None:
    begin(terminal)
    for text in texts:
        write(terminal, text)
        row, column, _ = terminal.cursor()
        assert row < ROWS and column < COLUMNS


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"a\xffb", "a\ufffdb"),
        (b"\xc3(", "\ufffd("),
        (b"\xe2\x82", ""),
        (b"\xe2\x82\xac", "€"),
        (b"\xf0\x9f\x99\x82x", "\U0001f642x"),
        (b"\xe2\x82\n", "\ufffd"),
        (b"\xe2\xc3\xa9", "\ufffdé"),
        ("e\u0301x".encode(), "ex"),
    ],
)
def test_what_is_not_utf8_is_marked(terminal, data: bytes, text: str) -> None:
    begin(terminal)
    write(terminal, data)
    assert row_of(terminal, 0).rstrip() == text


@pytest.mark.parametrize(
    ("sequence", "look"),
    [
        ("", (INK, PAPER, False)),
        ("\x1b[31m", (RED, PAPER, False)),
        ("\x1b[1;31m", (BRIGHT_RED, PAPER, False)),
        ("\x1b[31;1m", (BRIGHT_RED, PAPER, False)),
        ("\x1b[91;41m", (BRIGHT_RED, RED, False)),
        ("\x1b[7m", (PAPER, INK, False)),
        ("\x1b[4;31m", (RED, PAPER, True)),
        ("\x1b[4;31m\x1b[m", (INK, PAPER, False)),
        ("\x1b[38;2;1;2;3m", (0x010203, PAPER, False)),
        ("\x1b[48;5;196;31m", (RED, 0xFF0000, False)),
        ("\x1b[38;5;244m", (0x808080, PAPER, False)),
        ("\x1b[38;5m", (INK, PAPER, False)),
        ("\x1b[38;9;1;4m", (INK, PAPER, False)),
        ("\x1b[31;41;39;49m", (INK, PAPER, False)),
    ],
)
def test_characters_look_as_asked_for(terminal, sequence: str, look) -> None:
    begin(terminal)
    write(terminal, sequence + "x")
    assert terminal.look(0, 0) == look


def test_the_terminal_answers_where_the_cursor_is(terminal) -> None:
    begin(terminal)
    write(terminal, "ab\ncd\x1b[6n\x1b[5n\x1b[c")
    assert answer(terminal) == b"\x1b[2;3R\x1b[0n\x1b[?6c"


def test_answers_that_nobody_reads_do_not_run_over(terminal) -> None:
    begin(terminal)
    write(terminal, "\x1b[6n" * 50)
    assert set(answer(terminal).split(b"\x1b")) == {b"", b"[1;1R"}


def test_the_cursor_is_hidden_and_shown(terminal) -> None:
    begin(terminal)
    for sequence, is_shown in (("\x1b[?25l", False), ("\x1b[?25h", True)):
        write(terminal, sequence)
        assert terminal.cursor()[2] == is_shown


def test_without_wrapping_the_last_column_is_written_over(terminal) -> None:
    begin(terminal)
    write(terminal, "\x1b[?7l" + "0123456789abc")
    assert screen(terminal)[:2] == ["012345678c", " " * COLUMNS]
