"""The manual of control files is what their declarations say, and the declarations say what the kernel does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tools import control_files

WORD = re.compile(r"[A-Z]+:(number|path|name|text)|\[[A-Z]+:(number|path|name|text)\]")


def test_the_manual_is_up_to_date() -> None:
    assert control_files.main(["--check"]) == 0, "run python -m tools.control_files"


@pytest.mark.parametrize("source", control_files.FILES.values(), ids=str)
def test_verbs_stand_in_the_order_of_their_numbers(source: Path) -> None:
    found = control_files.declared(source)
    names = [verb.name.upper() for verb in found.verbs]
    assert found.numbers == {name: place for place, name in enumerate(names)}


@pytest.mark.parametrize("source", control_files.FILES.values(), ids=str)
def test_words_are_declared_as_they_are_read(source: Path) -> None:
    for verb in control_files.declared(source).verbs:
        words = verb.words.split(" ") if verb.words else []
        assert all(WORD.fullmatch(word) for word in words)
        assert words == sorted(words, key=lambda word: word.startswith("["))
