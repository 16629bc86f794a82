"""Control functions, by the bytes that stand for them.

Names are those of the standard. Source: ECMA-48, section 8.3; those of DEC: VT220 Programmer Reference Manual, chapter 4.
"""

from __future__ import annotations

from enum import IntEnum

from lang import over, u8


@over(u8)
class Control(IntEnum):
    """One byte."""

    BEL = 0x07
    BS = 0x08
    HT = 0x09
    LF = 0x0A
    VT = 0x0B
    FF = 0x0C
    CR = 0x0D
    CAN = 0x18
    SUB = 0x1A
    ESC = 0x1B


@over(u8)
class Escape(IntEnum):
    """After ESC."""

    SAVE = 0x37  # 7: DEC's
    RESTORE = 0x38  # 8: DEC's
    IND = 0x44  # D
    NEL = 0x45  # E
    RI = 0x4D  # M
    DCS = 0x50  # P: strings begin, like OSC, SOS, PM and APC
    SOS = 0x58  # X
    CSI = 0x5B  # [: a control sequence begins
    OSC = 0x5D  # ]
    PM = 0x5E  # ^
    APC = 0x5F  # _
    RIS = 0x63  # c


@over(u8)
class Function(IntEnum):
    """At the end of a control sequence."""

    ICH = 0x40  # @
    CUU = 0x41  # A
    CUD = 0x42  # B
    CUF = 0x43  # C
    CUB = 0x44  # D
    CNL = 0x45  # E
    CPL = 0x46  # F
    CHA = 0x47  # G
    CUP = 0x48  # H
    ED = 0x4A  # J
    EL = 0x4B  # K
    IL = 0x4C  # L
    DL = 0x4D  # M
    DCH = 0x50  # P
    SU = 0x53  # S
    SD = 0x54  # T
    ECH = 0x58  # X
    HPA = 0x60  # `
    HPR = 0x61  # a
    DA = 0x63  # c
    VPA = 0x64  # d
    VPR = 0x65  # e
    HVP = 0x66  # f
    SM = 0x68  # h
    RM = 0x6C  # l
    SGR = 0x6D  # m
    DSR = 0x6E  # n
    MOVING_ROWS = 0x72  # r: DEC's
    SAVE = 0x73  # s
    RESTORE = 0x75  # u


PRIVATE = 0x3F  # ? before the numbers: a mode of DEC's
