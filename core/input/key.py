"""Keys, by the numbers that USB gives them: where a key is, whatever its cap says.

Names are those of the American layout. A keymap (keymap.py) says which characters a key stands for.

Source: USB-IF, "HID Usage Tables" 1.3, section 10, page 0x07.
"""

from __future__ import annotations

from enum import IntEnum

from lang import over, u8


@over(u8)
class Key(IntEnum):
    NONE = 0x00
    A = 0x04
    B = 0x05
    C = 0x06
    D = 0x07
    E = 0x08
    F = 0x09
    G = 0x0A
    H = 0x0B
    I = 0x0C
    J = 0x0D
    K = 0x0E
    L = 0x0F
    M = 0x10
    N = 0x11
    O = 0x12
    P = 0x13
    Q = 0x14
    R = 0x15
    S = 0x16
    T = 0x17
    U = 0x18
    V = 0x19
    W = 0x1A
    X = 0x1B
    Y = 0x1C
    Z = 0x1D
    DIGIT_1 = 0x1E
    DIGIT_2 = 0x1F
    DIGIT_3 = 0x20
    DIGIT_4 = 0x21
    DIGIT_5 = 0x22
    DIGIT_6 = 0x23
    DIGIT_7 = 0x24
    DIGIT_8 = 0x25
    DIGIT_9 = 0x26
    DIGIT_0 = 0x27
    ENTER = 0x28
    ESCAPE = 0x29
    BACKSPACE = 0x2A
    TAB = 0x2B
    SPACE = 0x2C
    MINUS = 0x2D
    EQUALS = 0x2E
    LEFT_BRACKET = 0x2F
    RIGHT_BRACKET = 0x30
    BACKSLASH = 0x31
    SEMICOLON = 0x33
    QUOTE = 0x34
    GRAVE = 0x35
    COMMA = 0x36
    PERIOD = 0x37
    SLASH = 0x38
    CAPS_LOCK = 0x39
    F1 = 0x3A
    F2 = 0x3B
    F3 = 0x3C
    F4 = 0x3D
    F5 = 0x3E
    F6 = 0x3F
    F7 = 0x40
    F8 = 0x41
    F9 = 0x42
    F10 = 0x43
    F11 = 0x44
    F12 = 0x45
    PRINT = 0x46
    SCROLL_LOCK = 0x47
    PAUSE = 0x48
    INSERT = 0x49
    HOME = 0x4A
    PAGE_UP = 0x4B
    DELETE = 0x4C
    END = 0x4D
    PAGE_DOWN = 0x4E
    RIGHT = 0x4F
    LEFT = 0x50
    DOWN = 0x51
    UP = 0x52
    NUM_LOCK = 0x53
    PAD_SLASH = 0x54
    PAD_STAR = 0x55
    PAD_MINUS = 0x56
    PAD_PLUS = 0x57
    PAD_ENTER = 0x58
    PAD_1 = 0x59
    PAD_2 = 0x5A
    PAD_3 = 0x5B
    PAD_4 = 0x5C
    PAD_5 = 0x5D
    PAD_6 = 0x5E
    PAD_7 = 0x5F
    PAD_8 = 0x60
    PAD_9 = 0x61
    PAD_0 = 0x62
    PAD_PERIOD = 0x63
    BESIDE_LEFT_SHIFT = 0x64  # of European keyboards
    MENU = 0x65
    POWER = 0x66
    F13 = 0x68
    F14 = 0x69
    F15 = 0x6A
    F16 = 0x6B
    F17 = 0x6C
    F18 = 0x6D
    F19 = 0x6E
    F20 = 0x6F
    F21 = 0x70
    F22 = 0x71
    F23 = 0x72
    F24 = 0x73
    MUTE = 0x7F
    VOLUME_UP = 0x80
    VOLUME_DOWN = 0x81
    PAD_COMMA = 0x85
    INTERNATIONAL_1 = 0x87
    INTERNATIONAL_2 = 0x88
    INTERNATIONAL_3 = 0x89
    INTERNATIONAL_4 = 0x8A
    INTERNATIONAL_5 = 0x8B
    LEFT_CONTROL = 0xE0
    LEFT_SHIFT = 0xE1
    LEFT_ALT = 0xE2
    LEFT_SUPER = 0xE3
    RIGHT_CONTROL = 0xE4
    RIGHT_SHIFT = 0xE5
    RIGHT_ALT = 0xE6
    RIGHT_SUPER = 0xE7
    PLAY = 0xE8
    STOP = 0xE9
    PREVIOUS = 0xEA
    NEXT = 0xEB
    BROWSER = 0xF0
    BACK = 0xF1
    FORWARD = 0xF2
    SEARCH = 0xF4
    SLEEP = 0xF8
    REFRESH = 0xFA
    CALCULATOR = 0xFB
