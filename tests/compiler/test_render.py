"""`compiler/render.py`: how diagnostics look."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from compiler.render import print_diagnostics, render
from compiler.source import Diagnostic, Note, Span

PATH = "kernel/main.py"


def shown(source: str, *diagnostics: Diagnostic) -> list[str]:
    """Return the lines of a report, without the count at its end."""
    return render(diagnostics, {PATH: source}).split("\n")[:-3]


def at(line: int, column: int, end_line: int, end_column: int) -> Span:
    return Span(PATH, line, column, end_line, end_column)


def test_a_diagnostic_shows_place_source_and_what_to_write() -> None:
    error = Diagnostic(at(2, 4, 2, 7), "unknown type 'u46'", "did you mean 'u64'?")
    assert shown("# first\na = u46\n", error) == [
        "error: unknown type 'u46'",
        " --> kernel/main.py:2:5",
        "  |",
        "2 | a = u46",
        "  |     ^^^",
        "  = help: did you mean 'u64'?",
    ]


def test_notes_show_their_own_places() -> None:
    error = Diagnostic(at(10, 0, 10, 1), "twice", "", (Note(at(1, 0, 1, 1), "the first time"),))
    assert shown("x\n" * 10, error) == [
        "error: twice",
        "  --> kernel/main.py:10:1",
        "   |",
        "10 | x",
        "   | ^",
        "   = note: the first time",
        "  --> kernel/main.py:1:1",
        "   |",
        " 1 | x",
        "   | ^",
    ]


def test_long_spans_show_their_first_and_last_line() -> None:
    error = Diagnostic(at(1, 4, 4, 5), "too long")
    assert shown("x = call(\n    1,\n    2,\n    3)\n", error)[3:] == [
        "1 | x = call(",
        "  |     ^^^^^",
        "  :",
        "4 |     3)",
        "  |     ^",
    ]


@pytest.mark.parametrize(
    ("source", "column", "carets"),
    [
        ("\tx = bad", 5, "        ^^^"),
        ("  \tx = bad", 7, "        ^^^"),
        ("日本 = bad", 9, "       ^^^"),
        ("é = bad", 5, "    ^^^"),
        ("e\u0301 = bad", 6, "    ^^^"),
        ("\x0cx = bad", 5, "     ^^^"),
    ],
    ids=["tab", "spaces and tab", "wide", "two bytes", "combining", "control"],
)
def test_carets_stand_under_what_they_mark(source: str, column: int, carets: str) -> None:
    lines = shown(source, Diagnostic(at(1, column, 1, column + 3), "bad"))
    assert lines[-1] == f"  | {carets}"


def test_an_empty_span_has_one_caret() -> None:
    assert shown("abc", Diagnostic(at(1, 3, 1, 3), "more"))[-1] == "  |    ^"


def test_a_place_outside_of_the_file_shows_no_source() -> None:
    assert shown("abc", Diagnostic(at(7, 0, 7, 1), "gone")) == [
        "error: gone",
        " --> kernel/main.py:7:1",
    ]


def test_very_long_lines_are_cut() -> None:
    error = Diagnostic(at(1, 1000, 1, 1003), "far")
    assert max(map(len, shown("x" * 5000, error))) < 1200


def test_lines_end_as_python_says() -> None:
    source = "a = 1\r\nb = 2\x0c\u2028 + 1\rc = bad\r\n"
    assert shown(source, Diagnostic(at(3, 4, 3, 7), "bad"))[3:] == ["3 | c = bad", "  |     ^^^"]


def test_errors_come_in_order_and_once() -> None:
    late, early = Diagnostic(at(2, 0, 2, 1), "late"), Diagnostic(at(1, 0, 1, 1), "early")
    report = render([late, early, late], {PATH: "x\ny\n"})
    assert [line for line in report.split("\n") if line.startswith("error")] == [
        "error: early",
        "error: late",
    ]
    assert report.endswith("\n2 errors\n")


def test_the_count_names_the_number_of_files() -> None:
    other = Diagnostic(Span("other.py", 1, 0, 1, 1), "elsewhere")
    here = Diagnostic(at(1, 0, 1, 1), "here")
    assert render([here], {PATH: "x"}).endswith("\n1 error\n")
    report = render([here, other], {PATH: "x", "other.py": "y"})
    assert report.endswith("\n2 errors in 2 files\n")


def test_nothing_wrong_prints_nothing() -> None:
    assert render([]) == ""


def test_sources_are_read_from_their_files(tmp_path: Path) -> None:
    path = tmp_path / "main.py"
    path.write_bytes(b"\xef\xbb\xbfx = \xff\n")
    assert "1 | x = \ufffd" in render([Diagnostic(Span(str(path), 1, 0, 1, 1), "bad")])
    missing = Diagnostic(Span(str(tmp_path / "gone.py"), 1, 0, 1, 1), "bad")
    assert render([missing]).startswith("error: bad\n")


def test_colours_only_on_a_terminal() -> None:
    error = Diagnostic(at(1, 0, 1, 1), "bad")
    assert "\x1b[" not in render([error], {PATH: "x"})
    assert "\x1b[1;31merror\x1b[0m" in render([error], {PATH: "x"}, colours=True)


def test_a_stream_that_cannot_write_everything_gets_escapes() -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    print_diagnostics([Diagnostic(at(1, 0, 1, 1), "日本")], {PATH: "x"}, stream)
    stream.flush()
    assert b"error: \\u65e5\\u672c" in stream.buffer.getvalue()
