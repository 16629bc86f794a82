"""Patterns against Python's own, and texts that are made patterns."""

from __future__ import annotations

import fnmatch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from programs.shell import patterns

names = st.text("ab]c-!", max_size=8)


@given(names, st.text("ab*?", max_size=8))
@example("", "")
@example("aaaaaaaaaaaab", "a*a*a*a*a*a*c")
def test_a_pattern_stands_for_what_it_stands_for_in_python(name: str, pattern: str) -> None:
    assert patterns.matches(name, pattern) == fnmatch.fnmatchcase(name, pattern)


@given(names, st.lists(st.sampled_from(["a", "*", "[ab]", "[!a]", "[a-c]", "[]a]", "[", "[b"])))
def test_sets_stand_for_what_they_stand_for_in_python(name: str, items: list[str]) -> None:
    pattern = "".join(items)
    assert patterns.matches(name, pattern) == fnmatch.fnmatchcase(name, pattern)


@given(st.text("ab*?[]\\", max_size=8), st.text("ab*?[]\\", max_size=8))
def test_an_escaped_text_stands_for_itself_only(text: str, other: str) -> None:
    pattern = patterns.escaped(text)
    assert not patterns.is_pattern(pattern)
    assert patterns.plain(pattern) == text
    assert patterns.matches(text, pattern)
    assert patterns.matches(other, pattern) == (other == text)


@pytest.mark.parametrize("pattern", ["*" * 30 + "b", "a*" * 30 + "b", "[a-z]*" * 20 + "9"])
def test_no_pattern_takes_long(pattern: str) -> None:
    assert not patterns.matches("a" * 63, pattern)
