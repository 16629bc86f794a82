"""The chapter on the shell shows what the shell does: the recording is made again, key for key."""

from __future__ import annotations

import pytest

from tools import session
from tools.session import Screen


def test_the_chapter_shows_what_is_seen_now() -> None:
    assert session.record() == session.shown(), "run python -m tools.session"


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("one\ntwo", "one\ntwo\n"),
        ("one\rt", "tne\n"),
        ("\x1b[31mred\x1b[0m  \n", "red\n\n"),
        ("abc\x1b[2D_", "a_c\n"),
        ("abc\r\x1b[Kd", "d\n"),
        ("\x1b[s\x1b[999C\x1b[6n\x1b[ux", "x\n"),
    ],
)
def test_a_screen_shows_what_a_terminal_does(printed: str, text: str) -> None:
    screen = Screen()
    screen.take(printed)
    assert screen.text() == text
