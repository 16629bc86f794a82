"""What was typed behind the name of a utility, and numbers of lines, without the system."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs.tools import arguments, sleep, sort, toolbox, uptime
from programs.tools.arguments import Mistake, parse

HELP = """\
usage: x [-ab] [-n COUNT] [-name TEXT] [WORD...]

Do something.

  -a            one thing
  -b            another
  -n COUNT      often
  -name TEXT    called so
"""


@pytest.mark.parametrize(
    ("line", "values", "operands"),
    [
        ("", {}, []),
        ("-a x -b y", {"-a": "", "-b": ""}, ["x", "y"]),
        ("-ab", {"-a": "", "-b": ""}, []),
        ("-n 5 -n6", {"-n": "6"}, []),
        ("-abn7 x", {"-a": "", "-b": "", "-n": "7"}, ["x"]),
        ("-name -a", {"-name": "-a"}, []),
        ("-a -- -b --", {"-a": ""}, ["-b", "--"]),
        ("- x", {}, ["-", "x"]),
        ("x --help", {"--help": ""}, ["x"]),
    ],
)
def test_options_are_those_that_the_help_declares(line: str, values: dict, operands: list) -> None:
    found = parse("x", line.split(), HELP)
    assert (found.values, found.operands) == (values, operands)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("-z", "no option -z"),
        ("--all", "no option --all"),
        ("-az", "no option -z"),
        ("-n", "something is missing behind -n"),
        ("-an", "something is missing behind -n"),
    ],
)
def test_what_is_no_option_is_named(line: str, said: str) -> None:
    with pytest.raises(Mistake, match=said):
        parse("x", line.split(), HELP)


@given(st.lists(st.text("-abnz5 é", max_size=5)))
def test_all_words_are_options_or_values_or_operands(words: list[str]) -> None:
    try:
        found = parse("x", words, HELP)
    except Mistake as mistake:
        assert len(str(mistake)) > 10
        return
    assert len(found.operands) <= len(words)
    for word in found.operands:
        assert word in words


@pytest.mark.parametrize("word", ["", "-1", "1.5", "x", "²", "1" * 16])
def test_what_is_no_number_is_named(word: str) -> None:
    with pytest.raises(Mistake, match="there should be a number, not "):
        arguments.number_of(word, "here")


@given(st.integers(-(10**17), 10**17), st.sampled_from(["", " x", ".5", "-"]))
def test_lines_are_sorted_by_the_number_at_their_beginning(number: int, rest: str) -> None:
    assert sort.number_of(f"  {number}{rest}") == number


@given(st.lists(st.text("-0159 x\n"), max_size=8))
def test_each_line_has_a_place(lines: list[str]) -> None:
    assert sorted(sort.by_number(lines)) == sorted(lines)


@pytest.mark.parametrize(
    ("word", "ns"),
    [("1", 10**9), ("0.5", 5 * 10**8), (".25", 25 * 10**7), ("1.0000000019", 10**9 + 1)],
)
def test_times_have_fractions(word: str, ns: int) -> None:
    assert sleep.ns_of(word) == ns


def test_times_are_shown_in_words() -> None:
    assert uptime.shown(1_500_000_000) == "1.500 s"
    assert uptime.shown(61_000_000_000) == "1 min 1.000 s"
    assert uptime.shown(3_601_002_000_000) == "1 h 0 min 1.002 s"


@pytest.mark.parametrize("name", toolbox.names())
def test_a_help_shows_usage_and_a_sentence(name: str) -> None:
    text = toolbox.help_of(name)
    assert text.startswith(f"usage: {name}")
    assert toolbox.summary_of(name).endswith((".", ":"))
    assert all(len(line) <= 132 for line in text.splitlines())
