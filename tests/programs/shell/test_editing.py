"""The line that is typed: keys, moves, what is killed and put back, earlier lines, completion."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs.columns import in_columns
from programs.shell import complete, history
from programs.shell.history import History
from programs.shell.keys import read_key
from programs.shell.line import Line


def keys_of(text: str) -> list[str]:
    waiting = list(text)
    found = []
    while (key := read_key(lambda: waiting.pop(0) if waiting else "")) != "":
        found.append(key)
    return found


@pytest.mark.parametrize(
    ("sent", "keys"),
    [
        ("aé", ["a", "é"]),
        ("\r\n\t\x7f\b\x01\x1a", ["enter", "enter", "tab", "backspace", "backspace", "^A", "^Z"]),
        ("\x1b[A\x1b[B\x1b[C\x1b[D\x1bOH\x1b[F", ["up", "down", "right", "left", "home", "end"]),
        ("\x1b[1~\x1b[3~\x1b[4~\x1b[9~", ["home", "delete", "end", "unknown"]),
        ("\x1b[1;5C\x1b[1;3D\x1bb\x1bf", ["word-right", "word-left", "alt-b", "alt-f"]),
        ("\x1b\x7f\x1bd", ["alt-backspace", "alt-d"]),
        ("\x1b[24;80Rx", ["place 80", "x"]),
        ("\x1b", ["escape"]),
        ("\x1b[", ["unknown"]),
    ],
)
def test_keys_are_what_terminals_send(sent: str, keys: list[str]) -> None:
    assert keys_of(sent) == keys


@given(st.text("\x1b[;0123~ABCDROab\r\x7f"))
def test_every_input_is_keys(sent: str) -> None:
    assert len(keys_of(sent)) <= len(sent)


@given(
    st.text("ab _", max_size=12),
    st.lists(
        st.tuples(st.sampled_from("insert remove move kill back".split()), st.integers(-3, 15))
    ),
)
def test_the_cursor_stays_in_the_line(text: str, steps: list[tuple[str, int]]) -> None:
    line = Line()
    line.set(text)
    for name, number in steps:
        before, after = line.text[: line.cursor], line.text[line.cursor :]
        match name:
            case "insert":
                line.insert("x")
                assert line.text == before + "x" + after
            case "remove":
                line.remove(line.cursor, line.cursor + 1)
                assert line.text == before + after[1:]
            case "move":
                line.move(number)
                assert line.text == before + after
            case "kill":
                line.kill(line.word_start(), line.cursor)
                assert before.startswith(line.text[: line.cursor])
            case "back":
                line.put_back()
                assert line.text == before + line.taken + after
        assert 0 <= line.cursor <= len(line.text)


def at(text: str) -> Line:
    """Return a line with the cursor where there is a bar."""
    line = Line()
    line.set(text.replace("|", ""))
    line.move(text.index("|"))
    return line


def test_words_are_letters_and_digits() -> None:
    assert at("ls /tmp/fi|le").word_start() == 8
    assert at("ls /tmp/|file").word_start() == 4
    assert at("ls| /tmp/file").word_end() == 7
    assert at("ls /tmp/file | x").blank_before() == 3
    assert at("|").word_start() == at("|").word_end() == at("|").blank_before() == 0


def test_earlier_lines_come_back_and_what_was_typed_is_kept(monkeypatch) -> None:
    kept = []
    monkeypatch.setattr(history, "keep", kept.append)
    past = History(["one"])
    for line in ("two", "two", "  ", "three"):
        past.add(line)
    past.begin()
    assert kept == ["two", "three"]
    assert [past.earlier("new"), past.earlier("three"), past.earlier("two")] == [
        "three",
        "two",
        "one",
    ]
    assert past.earlier("one") == "one"
    assert [past.later("one"), past.later("two"), past.later("three")] == ["two", "three", "new"]
    assert past.later("new") == "new"


class Names(complete.System):
    def programs(self) -> list[str]:
        return ["cat", "cd", "cp", "tell", "tail"]

    def entries(self, folder: str) -> list[str]:
        return {
            ".": ["notes", "new/", ".hidden", "a"],
            "/": ["tmp/", "dev/"],
            "/tmp/": ["a b", "it's", "x$1 [2]", "y z", "y z2", "den/", "d en/"],
        }.get(folder, [])

    def verbs(self, path: str) -> list[str]:
        return ["off", "reset"] if path == "/sys/power" else []


@pytest.mark.parametrize(
    ("before", "addition", "choices"),
    [
        ("c", "", ["cat", "cd", "cp"]),
        ("ca", "t ", ["cat"]),
        ("x | ca", "t ", ["cat"]),
        ("x && ta", "il ", ["tail"]),
        ("x;te", "ll ", ["tell"]),
        ("cat n", "", ["new/", "notes"]),
        ("cat ne", "w/", ["new/"]),
        ("cat .", "hidden ", [".hidden"]),
        ("cat < no", "tes ", ["notes"]),
        ("cat <no", "tes ", ["notes"]),
        ("cat /t", "mp/", ["tmp/"]),
        ("/d", "ev/", ["dev/"]),
        ("touch x:cr", "eate", ["create"]),
        ("touch x:create:ex", "", ["exclusive", "execute"]),
        ("tell /sys/power o", "ff ", ["off"]),
        ("tell /sys/power ", "", ["off", "reset"]),
        ("tell /t", "mp/", ["tmp/"]),
        ("nosuch ", "", ["a", "new/", "notes"]),
        ("zzz", "", []),
        ("cat /tmp/a", "\\ b ", ["a b"]),
        ("cat /tmp/a\\ ", "b ", ["a b"]),
        ("cat '/tmp/a", " b' ", ["a b"]),
        ('cat "/tmp/a ', 'b" ', ["a b"]),
        ("cat /tmp/i", "t\\'s ", ["it's"]),
        ("cat '/tmp/i", "t'\\''s' ", ["it's"]),
        ('cat "/tmp/x', '\\$1 [2]" ', ["x$1 [2]"]),
        ("cat /tmp/x", "\\$1\\ \\[2] ", ["x$1 [2]"]),
        ("cat /tmp/y", "\\ z", ["y z", "y z2"]),
        ("cat '/tmp/d ", "en/", ["d en/"]),
        ("cat 'a | b' n", "", ["new/", "notes"]),
        ("cat x 2>&1 ne", "w/", ["new/"]),
        ("'ca", "t' ", ["cat"]),
        ("cat \\", "", ["a", "new/", "notes"]),
    ],
)
def test_tab_adds_what_is_certain(before: str, addition: str, choices: list[str]) -> None:
    found = complete.complete(before, Names())
    assert (found.addition, found.choices) == (addition, choices)


def test_choices_stand_in_columns() -> None:
    names = ["a", "bb", "c", "d", "e"]
    assert in_columns(names, names, 9) == "a   d\nbb  e\nc\n"
    assert in_columns(["long"], ["LONG"], 2) == "LONG\n"
