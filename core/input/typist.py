"""The typist: makes the bytes that a terminal sends of keys that are pressed.

    characters      by the keymap, shift, AltGr, caps lock and accents; as UTF-8
    Control         with a letter or one of @ [ \\ ] ^ _: a control character
    Alt             an escape character first
    other keys      sequences such as those of xterm

Shift with page up and page down is the terminal's own: it shows lines that have left the screen.

Source: xterm, "XTerm Control Sequences", section on PC-style function keys.
"""

from __future__ import annotations

from enum import IntEnum, IntFlag
from typing import Final

from core.input import accents
from core.input.key import Key
from core.input.keymap import ALTGR, DEAD, SHIFT, Keymap
from core.text import utf8
from core.text.buffer import TextBuffer
from lang import Array, Slice, irq_safe, no_raise, over, struct, u8, u32, usize

MOST_BYTES: Final = 16  # of one key


@over(u8)
class Held(IntFlag):
    LEFT_SHIFT = 1 << 0
    RIGHT_SHIFT = 1 << 1
    LEFT_CONTROL = 1 << 2
    RIGHT_CONTROL = 1 << 3
    ALT = 1 << 4
    ALTGR = 1 << 5


@over(u8)
class Lock(IntFlag):
    """As the lights of a keyboard are numbered."""

    NUM = 1 << 1
    CAPS = 1 << 2


@over(u8)
class Wish(IntEnum):
    """What a key asks of the terminal itself."""

    NOTHING = 0
    SCROLL_BACK = 1
    SCROLL_FORWARD = 2
    LIGHTS = 3  # a lock has changed


@struct
class Typist:
    map: Keymap
    held: Held
    locks: Lock
    accent: u32  # that waits for its character; 0: none
    bytes: Array[u8, MOST_BYTES]  # what was typed with the last key
    size: usize

    @irq_safe
    @no_raise
    def typed(self) -> Slice[u8]:
        return self.bytes[: self.size]

    @irq_safe
    @no_raise
    def take(self, key: Key, is_release: bool) -> Wish:
        """Take what was done to a key; afterwards `typed` is what that sends."""
        self.size = 0
        held = held_by(key)
        if held != 0:
            self.held = self.held & ~held if is_release else self.held | held
            return Wish.NOTHING
        if is_release:
            return Wish.NOTHING
        match key:
            case Key.CAPS_LOCK:
                self.locks ^= Lock.CAPS
                return Wish.LIGHTS
            case Key.NUM_LOCK:
                self.locks ^= Lock.NUM
                return Wish.LIGHTS
            case Key.PAGE_UP if self.is_held(Held.LEFT_SHIFT | Held.RIGHT_SHIFT):
                return Wish.SCROLL_BACK
            case Key.PAGE_DOWN if self.is_held(Held.LEFT_SHIFT | Held.RIGHT_SHIFT):
                return Wish.SCROLL_FORWARD
            case _:
                self.type_key(key)
                return Wish.NOTHING

    @irq_safe
    @no_raise
    def is_held(self, keys: Held) -> bool:
        return self.held & keys != 0

    @irq_safe
    @no_raise
    def type_key(self, key: Key) -> None:
        sequence = sequence_of(key, self.locks & Lock.NUM != 0)
        if len(sequence) > 0:
            self.send(sequence)
        else:
            character = self.character_of(key)
            if character & DEAD != 0:
                self.take_accent(character & ~DEAD)
            elif character != 0:
                self.type_character(character)

    @irq_safe
    @no_raise
    def character_of(self, key: Key) -> u32:
        """Return what the keymap says, after caps lock: which turns shift around for letters."""
        level: usize = SHIFT if self.is_held(Held.LEFT_SHIFT | Held.RIGHT_SHIFT) else 0
        if self.is_held(Held.ALTGR):
            level += ALTGR
        character = self.map.find(key, level)
        other = self.map.find(key, level ^ SHIFT)
        if self.locks & Lock.CAPS != 0 and are_cases(min(character, other), max(character, other)):
            return other
        return character

    @irq_safe
    @no_raise
    def take_accent(self, accent: u32) -> None:
        """Wait for the character of an accent; the same accent twice is itself."""
        if self.accent == accent:
            self.accent = 0
            self.send_character(accent)
        else:
            self.accent = accent

    @irq_safe
    @no_raise
    def type_character(self, character: u32) -> None:
        accent = self.accent
        self.accent = 0
        if accent != 0:
            composed = accents.compose(accent, character)
            if composed != 0:
                self.send_character(composed)
                return
            self.send_character(accent)
            if character == 32:
                return
        is_control = self.is_held(Held.LEFT_CONTROL | Held.RIGHT_CONTROL)
        if is_control and (64 <= character < 128 or character == 32):
            self.send_character(character & 0x1F)
        else:
            self.send_character(character)

    @irq_safe
    @no_raise
    def send_character(self, character: u32) -> None:
        storage = Array[u8, 4]()
        size = utf8.encode(character, storage[:])
        self.send(storage[:size])

    @irq_safe
    @no_raise
    def send(self, data: Slice[u8]) -> None:
        """Add bytes to what is typed."""
        out = TextBuffer(self.bytes[self.size :])
        if self.is_held(Held.ALT) and self.size == 0:
            out.write_byte(27)
        out.write(data)
        self.size += len(out.text())


@irq_safe
@no_raise
def are_cases(upper: u32, lower: u32) -> bool:
    """Whether two characters are a letter in its two forms."""
    is_letter = 65 <= upper <= 90 or 0xC0 <= upper <= 0xDE
    return is_letter and lower == upper + 32


@irq_safe
@no_raise
def held_by(key: Key) -> Held:
    match key:
        case Key.LEFT_SHIFT:
            return Held.LEFT_SHIFT
        case Key.RIGHT_SHIFT:
            return Held.RIGHT_SHIFT
        case Key.LEFT_CONTROL:
            return Held.LEFT_CONTROL
        case Key.RIGHT_CONTROL:
            return Held.RIGHT_CONTROL
        case Key.LEFT_ALT:
            return Held.ALT
        case Key.RIGHT_ALT:
            return Held.ALTGR
        case _:
            return Held(0)


@irq_safe
@no_raise
def sequence_of(key: Key, has_digits: bool) -> Slice[u8]:
    """Return what a key sends that stands for no character of a keymap; empty if it stands for one, or nothing."""
    if Key.PAD_1 <= key <= Key.PAD_PERIOD:
        place = usize(key - Key.PAD_1)
        if has_digits:
            return PAD_DIGITS[place : place + 1]
        return sequence_of(Key(PAD_KEYS[place]), False)
    match key:
        case Key.ENTER | Key.PAD_ENTER:
            return b"\r"
        case Key.ESCAPE:
            return b"\x1b"
        case Key.BACKSPACE:
            return b"\x7f"
        case Key.TAB:
            return b"\t"
        case Key.UP:
            return b"\x1b[A"
        case Key.DOWN:
            return b"\x1b[B"
        case Key.RIGHT:
            return b"\x1b[C"
        case Key.LEFT:
            return b"\x1b[D"
        case Key.HOME:
            return b"\x1b[H"
        case Key.END:
            return b"\x1b[F"
        case Key.INSERT:
            return b"\x1b[2~"
        case Key.DELETE:
            return b"\x1b[3~"
        case Key.PAGE_UP:
            return b"\x1b[5~"
        case Key.PAGE_DOWN:
            return b"\x1b[6~"
        case Key.PAD_SLASH:
            return b"/"
        case Key.PAD_STAR:
            return b"*"
        case Key.PAD_MINUS:
            return b"-"
        case Key.PAD_PLUS:
            return b"+"
        case _:
            return function_key(key)


PAD_DIGITS: Final = b"1234567890."
PAD_KEYS: Final = bytes(
    [
        Key.END,
        Key.DOWN,
        Key.PAGE_DOWN,
        Key.LEFT,
        Key.NONE,
        Key.RIGHT,
        Key.HOME,
        Key.UP,
        Key.PAGE_UP,
        Key.INSERT,
        Key.DELETE,
    ]
)


@irq_safe
@no_raise
def function_key(key: Key) -> Slice[u8]:
    match key:
        case Key.F1:
            return b"\x1bOP"
        case Key.F2:
            return b"\x1bOQ"
        case Key.F3:
            return b"\x1bOR"
        case Key.F4:
            return b"\x1bOS"
        case Key.F5:
            return b"\x1b[15~"
        case Key.F6:
            return b"\x1b[17~"
        case Key.F7:
            return b"\x1b[18~"
        case Key.F8:
            return b"\x1b[19~"
        case Key.F9:
            return b"\x1b[20~"
        case Key.F10:
            return b"\x1b[21~"
        case Key.F11:
            return b"\x1b[23~"
        case Key.F12:
            return b"\x1b[24~"
        case _:
            return b""
