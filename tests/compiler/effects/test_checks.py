"""Where failed checks raise, as in programs, a function that may fail one may raise, unless it
promises not to: then a failed check ends the program there.

An operator whose constant on the right rules the failure out needs no check.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from compiler.crew import Crew
from compiler.image import declared

SOURCE = """\
from __future__ import annotations
from lang import Array, Slice, no_raise, u8, u32, u64, wrapping_add


{promise}
def compute(a: u32, b: u32, data: Slice[u8]) -> u32:
    {body}


def main() -> None:
    compute(1, 2, Array[u8, 2]()[:])
"""


def raised(folder: Path, body: str, promise: str = "") -> bool:
    """Return whether the function is found to raise."""
    file = folder / "program.py"
    file.write_text(SOURCE.format(body=body, promise=promise))
    image = declared([file], "host", "checked")
    with Crew(1, image.work) as crew:
        image.survey(crew)
    return "program.compute" in image.facts.raising


@pytest.mark.parametrize(
    "body",
    [
        "return a + b",
        "return a // b",
        "return a % b",
        "return a << b",
        "return a >> b",
        "return a << 3",
        "return u32(data[a])",
        "return u32(u8(a))",
        "a -= b; return a",
        "a //= b; return a",
        "assert a; return b",
    ],
)
def test_what_may_fail_raises(tmp_path, body) -> None:
    assert raised(tmp_path, body)


@pytest.mark.parametrize(
    "body",
    [
        "return a & b | a ^ ~b",
        "return wrapping_add(a, b)",
        "return a // 3",
        "return a % 8",
        "return a >> 31",
        "a ^= b; a >>= 4; a %= 10; return a",
    ],
)
def test_what_cannot_fail_does_not(tmp_path, body) -> None:
    assert not raised(tmp_path, body)


def test_a_promise_keeps_a_failed_check_inside(tmp_path) -> None:
    assert not raised(tmp_path, "return a + b", "@no_raise")
