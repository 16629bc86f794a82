"""Hostile texts for control files, paths and flags: refused for what is wrong with them, or taken as they are meant.

PATCHWORK_LONG=1 has ten million of them.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from compiler.cache import PROJECT
from compiler.testing import native

SUBJECT = Path(__file__).with_name("fuzz_subject.py")
CASES = 10_000_000 if os.environ.get("PATCHWORK_LONG") else 300_000
AT_A_TIME = 100_000

# Mistakes that are found: the module, what it says, and what it says wrongly.
MISTAKES = {
    "a word too many is taken": ("verbs", "if command.count > at:", "if command.count > at + 1:"),
    "a word may be missing": (
        "verbs",
        "if wanted.may_be_missing:",
        "if wanted.may_be_missing or at > 1:",
    ),
    "a number may be too large": (
        "verbs",
        "parse.parse_plain(word) <= HIGHEST",
        "parse.parse_plain(word) >= 0",
    ),
    "what is wrong is not said": ("verbs", 'complaint.write(b"a command is missing")', "pass"),
    "names may be longer": ("path", "if name > LONGEST_NAME:", "if name > 200:"),
    "a name may be anything": ("path", "if is_forbidden(text[end]):", "if text[end] == 0:"),
    "flags are cut off": ("mode", "if word == NAMES[bit]:", "if word == NAMES[bit][: len(word)]:"),
}


@pytest.fixture(scope="module")
def subject():
    return native(SUBJECT, build="release")


def first_mistake(subject, cases: int) -> bytes | None:
    """Return the first text that is not judged as it should be."""
    for first in range(0, cases, AT_A_TIME):
        number = subject.run(first, AT_A_TIME)
        if number != subject.ALL_IS_WELL:
            return bytes(subject.show(number))
    return None


def test_hostile_texts_are_judged_as_they_should_be(subject) -> None:
    assert first_mistake(subject, CASES) is None


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_a_parser_is_noticed(mistake: str) -> None:
    name, right, wrong = MISTAKES[mistake]
    text = (PROJECT / "kernel" / "fs" / f"{name}.py").read_text()
    assert right in text
    subject = native(SUBJECT, replace={f"kernel.fs.{name}": text.replace(right, wrong)})
    assert first_mistake(subject, CASES) is not None
