"""Keymaps, and what is typed with them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compiler.testing import native
from core.input.key import Key
from tools.image import ROOT_FILES

KEYMAPS = ROOT_FILES / "base" / "data" / "keymaps"
DEAD = 1 << 31
NOTHING, SCROLL_BACK, SCROLL_FORWARD, LIGHTS = range(4)

US_KEYS = {chr(97 + index): Key(Key.A + index) for index in range(26)}
US_KEYS |= {character: Key(Key.DIGIT_1 + index) for index, character in enumerate("1234567890")}
US_KEYS |= {"'": Key.QUOTE, "=": Key.EQUALS, "[": Key.LEFT_BRACKET, "]": Key.RIGHT_BRACKET}
US_KEYS |= {";": Key.SEMICOLON, "iso": Key.BESIDE_LEFT_SHIFT, "`": Key.GRAVE, "-": Key.MINUS}
US_KEYS |= {" ": Key.SPACE, "/": Key.SLASH, "\\": Key.BACKSLASH}


@pytest.fixture(scope="module")
def subject():
    return native(Path(__file__).parent / "input_subject.py")


def read(subject, text: str | bytes) -> None:
    data = text.encode() if isinstance(text, str) else text
    subject.read(data)


def load(subject, name: str) -> None:
    subject.reset()
    read(subject, (KEYMAPS / name).read_bytes())


def press(subject, key: Key, is_release: bool = False) -> str:
    _, size = subject.press(key, is_release)
    return bytes(subject.get(index) for index in range(size)).decode()


def type_keys(subject, *keys: str, hold: tuple[Key, ...] = ()) -> str:
    """Type keys, named as on an American keyboard, while others are held."""
    typed = "".join(press(subject, key) for key in hold)
    for name in keys:
        typed += press(subject, US_KEYS[name]) + press(subject, US_KEYS[name], True)
    return typed + "".join(press(subject, key, True) for key in hold)


# Keymaps ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("file", "name"), [("us", "US"), ("de", "German"), ("se", "Swedish")])
def test_each_keymap_types_all_of_ascii(subject, file: str, name: str) -> None:
    load(subject, file)
    size = subject.name()
    assert bytes(subject.get(index) for index in range(size)).decode() == name
    levels = [subject.find(key, level) & ~DEAD for key in Key for level in range(4)]
    assert set(range(0x20, 0x7F)) <= set(levels)


def test_every_keymap_is_tested() -> None:
    assert {path.name for path in KEYMAPS.iterdir()} == {"us", "de", "se"}


@pytest.mark.parametrize(
    "line",
    [
        "ab c",
        "ü u",
        "q w e r t z",
        "q ab",
        "q \xff".encode("latin-1"),
        "keymap",
        "keymap " + "x" * 33,
    ],
)
def test_a_line_that_is_none_is_refused(subject, line: str | bytes) -> None:
    load(subject, "us")
    with pytest.raises(Exception, match="BadKeymap"):
        read(subject, line)


@given(st.binary(max_size=300))
@settings(max_examples=300)
def test_no_text_harms(subject, data: bytes) -> None:
    try:
        read(subject, data)
    except Exception as error:  # noqa: BLE001 - its class is looked at
        assert "BadKeymap" in repr(error)


CHARACTERS = st.characters(min_codepoint=33, exclude_categories=("Cs",)).filter(
    lambda character: character != "#" and not character.isspace()
)


@given(st.dictionaries(st.sampled_from(sorted(US_KEYS)), st.lists(CHARACTERS, max_size=4)))
@settings(max_examples=200)
def test_what_is_written_is_found(subject, lines: dict[str, list[str]]) -> None:
    words = {" ": "space"}
    text = "keymap Test\n# a comment\n\n"
    for key, characters in lines.items():
        text += f"{words.get(key, key)}\t{' '.join(characters)} # and another\r\n"
    read(subject, text)
    for key, code in US_KEYS.items():
        wanted = [ord(character) for character in lines.get(key, [])]
        found = [subject.find(code, level) for level in range(4)]
        assert found == wanted + [0] * (4 - len(wanted))


# Typing -----------------------------------------------------------------------------------------


def test_shift_and_altgr_choose_the_character(subject) -> None:
    load(subject, "de")
    assert type_keys(subject, "q", "y", ";", "-") == "qzöß"
    assert type_keys(subject, "q", "y", ";", "-", hold=(Key.LEFT_SHIFT,)) == "QZÖ?"
    assert type_keys(subject, "q", "e", "iso", hold=(Key.RIGHT_ALT,)) == "@€|"
    load(subject, "se")
    assert type_keys(subject, "[", ";", "'") == "åöä"
    assert type_keys(subject, "[", ";", "'", hold=(Key.RIGHT_SHIFT,)) == "ÅÖÄ"


def test_an_accent_waits_for_its_character(subject) -> None:
    load(subject, "de")
    assert type_keys(subject, "=") == ""
    assert type_keys(subject, "e") == "é"
    assert type_keys(subject, "=", hold=(Key.LEFT_SHIFT,)) + type_keys(subject, "a") == "à"
    assert type_keys(subject, "`", "`") == "^"
    assert type_keys(subject, "`", " ") == "^"
    assert type_keys(subject, "`", "x") == "^x"


def test_caps_lock_turns_shift_around_for_letters_only(subject) -> None:
    load(subject, "de")
    assert subject.press(Key.CAPS_LOCK, False)[0] == LIGHTS
    press(subject, Key.CAPS_LOCK, True)
    assert type_keys(subject, "a", ";", "1", "-") == "AÖ1ß"
    assert type_keys(subject, "a", ";", "1", hold=(Key.LEFT_SHIFT,)) == "aö!"


def test_control_and_alt(subject) -> None:
    load(subject, "us")
    assert type_keys(subject, "c", " ", "[", hold=(Key.LEFT_CONTROL,)) == "\x03\x00\x1b"
    assert type_keys(subject, "x", hold=(Key.LEFT_ALT,)) == "\x1bx"


def test_keys_without_characters_send_sequences(subject) -> None:
    load(subject, "us")
    sent = {
        Key.ENTER: "\r",
        Key.BACKSPACE: "\x7f",
        Key.UP: "\x1b[A",
        Key.DELETE: "\x1b[3~",
        Key.F1: "\x1bOP",
        Key.F12: "\x1b[24~",
        Key.PAD_7: "\x1b[H",
        Key.PAD_5: "",
        Key.PRINT: "",
    }
    assert {key: press(subject, key) for key in sent} == sent
    assert subject.press(Key.NUM_LOCK, False)[0] == LIGHTS
    assert press(subject, Key.PAD_7) == "7"
    assert press(subject, Key.PAD_0) == "0"


def test_shift_with_page_keys_asks_the_terminal(subject) -> None:
    load(subject, "us")
    assert press(subject, Key.PAGE_UP) == "\x1b[5~"
    press(subject, Key.RIGHT_SHIFT)
    assert subject.press(Key.PAGE_UP, False) == (SCROLL_BACK, 0)
    assert subject.press(Key.PAGE_DOWN, False) == (SCROLL_FORWARD, 0)


@given(st.lists(st.tuples(st.sampled_from(Key), st.booleans()), max_size=60))
@settings(max_examples=200)
def test_any_keys_type_text(subject, events: list[tuple[Key, bool]]) -> None:
    load(subject, "de")
    for key, is_release in events:
        press(subject, key, is_release)
