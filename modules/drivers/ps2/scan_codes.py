"""Scan codes: the bytes that a keyboard sends when a key is pressed or released, of set 2.

    1C           A is pressed; again and again while it is held
    F0 1C        A is released
    E0 75        up is pressed: keys that the first keyboards did not have
    E0 F0 75     up is released
    E1 14 77     Pause is pressed, and E1 F0 14 F0 77 follows at once

Print and the keys that once were part of the number pad send a false shift, E0 12 or E0 59, around their
own codes, which means nothing.

Source: IBM, "Keyboards (101- and 102-key)", scan code set 2; Microsoft, "Keyboard Scan Code Specification" 1.3a.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from core.input.key import Key
from lang import comptime, irq_safe, no_raise, over, struct, u8


@over(u8)
class Byte(IntEnum):
    """What is not a key's."""

    OVERRUN = 0x00  # the keyboard lost something
    SELF_TEST_PASSED = 0xAA  # it was connected, or has lost power for a moment
    EXTENDED = 0xE0
    PAUSE = 0xE1
    RELEASE = 0xF0
    ACKNOWLEDGE = 0xFA
    RESEND = 0xFE
    ERROR = 0xFF


FIRST_OF_PAUSE: Final[u8] = 0x14  # the second is NUM_LOCK's


@comptime
def _table(keys: dict[int, int]) -> bytes:
    """Return the keys by their codes."""
    return bytes(keys.get(code, Key.NONE) for code in range(256))


PLAIN: Final = _table(
    {
        0x01: Key.F9,
        0x03: Key.F5,
        0x04: Key.F3,
        0x05: Key.F1,
        0x06: Key.F2,
        0x07: Key.F12,
        0x08: Key.F13,
        0x09: Key.F10,
        0x0A: Key.F8,
        0x0B: Key.F6,
        0x0C: Key.F4,
        0x0D: Key.TAB,
        0x0E: Key.GRAVE,
        0x10: Key.F14,
        0x11: Key.LEFT_ALT,
        0x12: Key.LEFT_SHIFT,
        0x13: Key.INTERNATIONAL_2,
        0x14: Key.LEFT_CONTROL,
        0x15: Key.Q,
        0x16: Key.DIGIT_1,
        0x18: Key.F15,
        0x1A: Key.Z,
        0x1B: Key.S,
        0x1C: Key.A,
        0x1D: Key.W,
        0x1E: Key.DIGIT_2,
        0x20: Key.F16,
        0x21: Key.C,
        0x22: Key.X,
        0x23: Key.D,
        0x24: Key.E,
        0x25: Key.DIGIT_4,
        0x26: Key.DIGIT_3,
        0x28: Key.F17,
        0x29: Key.SPACE,
        0x2A: Key.V,
        0x2B: Key.F,
        0x2C: Key.T,
        0x2D: Key.R,
        0x2E: Key.DIGIT_5,
        0x30: Key.F18,
        0x31: Key.N,
        0x32: Key.B,
        0x33: Key.H,
        0x34: Key.G,
        0x35: Key.Y,
        0x36: Key.DIGIT_6,
        0x38: Key.F19,
        0x3A: Key.M,
        0x3B: Key.J,
        0x3C: Key.U,
        0x3D: Key.DIGIT_7,
        0x3E: Key.DIGIT_8,
        0x40: Key.F20,
        0x41: Key.COMMA,
        0x42: Key.K,
        0x43: Key.I,
        0x44: Key.O,
        0x45: Key.DIGIT_0,
        0x46: Key.DIGIT_9,
        0x48: Key.F21,
        0x49: Key.PERIOD,
        0x4A: Key.SLASH,
        0x4B: Key.L,
        0x4C: Key.SEMICOLON,
        0x4D: Key.P,
        0x4E: Key.MINUS,
        0x50: Key.F22,
        0x51: Key.INTERNATIONAL_1,
        0x52: Key.QUOTE,
        0x54: Key.LEFT_BRACKET,
        0x55: Key.EQUALS,
        0x57: Key.F23,
        0x58: Key.CAPS_LOCK,
        0x59: Key.RIGHT_SHIFT,
        0x5A: Key.ENTER,
        0x5B: Key.RIGHT_BRACKET,
        0x5D: Key.BACKSLASH,
        0x5F: Key.F24,
        0x61: Key.BESIDE_LEFT_SHIFT,
        0x64: Key.INTERNATIONAL_4,
        0x66: Key.BACKSPACE,
        0x67: Key.INTERNATIONAL_5,
        0x69: Key.PAD_1,
        0x6A: Key.INTERNATIONAL_3,
        0x6B: Key.PAD_4,
        0x6C: Key.PAD_7,
        0x6D: Key.PAD_COMMA,
        0x70: Key.PAD_0,
        0x71: Key.PAD_PERIOD,
        0x72: Key.PAD_2,
        0x73: Key.PAD_5,
        0x74: Key.PAD_6,
        0x75: Key.PAD_8,
        0x76: Key.ESCAPE,
        0x77: Key.NUM_LOCK,
        0x78: Key.F11,
        0x79: Key.PAD_PLUS,
        0x7A: Key.PAD_3,
        0x7B: Key.PAD_MINUS,
        0x7C: Key.PAD_STAR,
        0x7D: Key.PAD_9,
        0x7E: Key.SCROLL_LOCK,
        0x83: Key.F7,
        0x84: Key.PRINT,  # with Alt
    }
)

EXTENDED: Final = _table(
    {
        0x10: Key.SEARCH,
        0x11: Key.RIGHT_ALT,
        0x14: Key.RIGHT_CONTROL,
        0x15: Key.PREVIOUS,
        0x1F: Key.LEFT_SUPER,
        0x20: Key.REFRESH,
        0x21: Key.VOLUME_DOWN,
        0x23: Key.MUTE,
        0x27: Key.RIGHT_SUPER,
        0x2B: Key.CALCULATOR,
        0x2F: Key.MENU,
        0x30: Key.FORWARD,
        0x32: Key.VOLUME_UP,
        0x34: Key.PLAY,
        0x37: Key.POWER,
        0x38: Key.BACK,
        0x3A: Key.BROWSER,
        0x3B: Key.STOP,
        0x3F: Key.SLEEP,
        0x4A: Key.PAD_SLASH,
        0x4D: Key.NEXT,
        0x5A: Key.PAD_ENTER,
        0x69: Key.END,
        0x6B: Key.LEFT,
        0x6C: Key.HOME,
        0x70: Key.INSERT,
        0x71: Key.DELETE,
        0x72: Key.DOWN,
        0x74: Key.RIGHT,
        0x75: Key.UP,
        0x7A: Key.PAGE_DOWN,
        0x7C: Key.PRINT,
        0x7D: Key.PAGE_UP,
        0x7E: Key.PAUSE,  # with Control
    }
)


@struct
class KeyEvent:
    """What was done to a key; NONE: nothing yet."""

    key: Key
    is_release: bool


@struct
class Decoder:
    """Puts bytes together. Zeros are one between two keys."""

    prefix: u8  # 0, EXTENDED or PAUSE
    is_release: bool
    is_in_pause: bool  # the first of its two codes has come

    @irq_safe
    @no_raise
    def take(self, byte: u8) -> KeyEvent:
        """Take the next byte, and return what is known with it."""
        if byte == Byte.EXTENDED or byte == Byte.PAUSE:
            self.forget()
            self.prefix = byte
        elif byte == Byte.RELEASE:
            self.is_release = True
        elif byte == FIRST_OF_PAUSE and self.prefix == Byte.PAUSE and not self.is_in_pause:
            self.is_in_pause = True
        else:
            event = KeyEvent(self.key_of(byte), self.is_release)
            self.forget()
            return event
        return KeyEvent(Key.NONE, False)

    @irq_safe
    @no_raise
    def key_of(self, code: u8) -> Key:
        if self.prefix == Byte.EXTENDED:
            return Key(EXTENDED[code])
        key = Key(PLAIN[code])
        if self.prefix == Byte.PAUSE:
            return Key.PAUSE if self.is_in_pause and key == Key.NUM_LOCK else Key.NONE
        return key

    @irq_safe
    @no_raise
    def forget(self) -> None:
        """Be between two keys."""
        self.prefix = 0
        self.is_release = False
        self.is_in_pause = False
