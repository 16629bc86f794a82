"""Words and commands of the shell: what a line means, and what is said about one that means nothing."""

from __future__ import annotations

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs.shell import commands, quoting, words
from programs.shell.words import BadLine, PartKind, Unfinished


def shown(text: str) -> list[str]:
    """Show words: operators in angle brackets, variables with their dollar sign, the parts of a word together."""
    found = []
    for word in words.split(text):
        if word.operator:
            found.append(f"<{word.operator}>")
        else:
            found.append("".join(shown_part(part) for part in word.parts))
    return found


def shown_part(part: words.Part) -> str:
    is_variable = part.kind in (PartKind.VARIABLE, PartKind.QUOTED_VARIABLE)
    return f"${{{part.text}}}" if is_variable else part.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("echo one  two", ["echo", "one", "two"]),
        ("a|b&&c||d;e&", ["a", "<|>", "b", "<&&>", "c", "<||>", "d", "<;>", "e", "<&>"]),
        ("a>b>>c<d 2>e 2>>f 2>&1 >&2", "a <>> b <>>> c <<> d <2>> e <2>>> f <2>&1> <>&2>".split()),
        ("'a b'\"c $d e\"f", ["a bc ${d} ef"]),
        ("${a}b $? $1 $$", ["${a}b", "${?}", "${1}", "${$}"]),
        ("'$a' \\$a \"\\$a\"", ["$a", "$a", "$a"]),
        ("a # b", ["a"]),
        ("a#b", ["a#b"]),
        ("a \\\n b\nc", ["a", "b", "<\n>", "c"]),
        ("echo $ $.", ["echo", "$", "$."]),
        ("", []),
        ("  # nothing", []),
    ],
)
def test_a_line_is_taken_apart(text: str, expected: list[str]) -> None:
    assert shown(text) == expected


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_a_quoted_text_is_one_word_that_stands_for_it(text: str) -> None:
    [word] = words.split(quoting.quoted(text))
    assert "".join(part.text for part in word.parts) == text
    assert all(part.kind in (PartKind.PLAIN, PartKind.QUOTED) for part in word.parts)


@given(st.lists(st.text("ab '\"\\*?", min_size=1), max_size=4))
def test_words_of_posix_mean_the_same(texts: list[str]) -> None:
    line = " ".join(shlex.quote(text) for text in texts)
    assert shown(line) == shlex.split(line) == texts


@given(st.text("ab $'\"\\|&;<>#\n{}=*?\0"))
def test_every_text_means_something_or_is_refused_with_a_sentence(text: str) -> None:
    try:
        pipelines = commands.parse(text)
    except BadLine as error:
        assert len(str(error)) > 10
        return
    for pipeline in pipelines:
        assert pipeline.source
        assert pipeline.source in text
        assert all(not stage.is_empty for stage in pipeline.stages)


def test_a_line_becomes_pipelines() -> None:
    first, second, third = commands.parse("a b | c > d:create && x=1 y=$x e <f &\n\n g")
    assert [len(stage.words) for stage in first.stages] == [2, 1]
    assert [each.operator for each in first.stages[1].redirections] == [">"]
    assert (first.joint, second.joint, third.joint) == ("&&", "&", "")
    assert [each.name for each in second.stages[0].assignments] == ["x", "y"]
    assert [pipeline.source for pipeline in (first, second, third)] == [
        "a b | c > d:create",
        "x=1 y=$x e <f",
        "g",
    ]


def test_an_assignment_stands_before_all_words_and_has_a_name() -> None:
    [pipeline] = commands.parse("'a'=1 b=2 =c 1d=3")
    assert (len(pipeline.stages[0].assignments), len(pipeline.stages[0].words)) == (0, 4)


@pytest.mark.parametrize("text", ["'a", '"a', "a |", "a &&", "a ||", "a >", "a\\", "a |\n", '"$x'])
def test_a_line_that_could_go_on_says_so(text: str) -> None:
    with pytest.raises(Unfinished):
        commands.parse(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("| a", r"something to run is missing before \|"),
        ("a | | b", r"something to run is missing before \|"),
        ("a && ; b", "something to run is missing before ;"),
        ("a > | b", r"a path is missing between > and \|"),
        ("a >\nb", "a path is missing between > and the end of the line"),
        ("a\nb\n;c", "line 3: something to run is missing before ;"),
        ("${x", "between"),
        ("${}", "between"),
        ("a\\\0", "0 byte"),
    ],
)
def test_a_line_that_means_nothing_is_refused(text: str, said: str) -> None:
    with pytest.raises(BadLine, match=said):
        commands.parse(text)
