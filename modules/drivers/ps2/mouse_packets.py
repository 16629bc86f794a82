"""Mouse packets: three or four bytes for each movement.

    byte 1   Y overflow, X overflow, Y sign, X sign, 1, middle, right, left
    byte 2   the low 8 bits of the movement to the right
    byte 3   the low 8 bits of the movement away from the user
    byte 4   a wheel: the steps towards the user
             a wheel and five buttons: 0, 0, fifth, fourth, and the steps in 4 bits

A byte may be lost. Bytes of a packet follow each other closely, so one that comes late begins a new packet;
and so does one that follows a first byte whose fixed 1 is missing.

Source: Microsoft, "Mouse PS/2 protocol"; Adam Chapweske, "The PS/2 Mouse Interface", 2003.
"""

from __future__ import annotations

from enum import IntEnum, IntFlag
from typing import Final

from lang import Array, i32, irq_safe, no_raise, over, struct, u8, u64, usize

LONGEST_GAP_NS: Final[u64] = 100_000_000  # a byte takes 1 ms


@over(u8)
class Protocol(IntEnum):
    """By the identity that the mouse has then."""

    PLAIN = 0
    WHEEL = 3
    FIVE_BUTTONS = 4


@over(u8)
class First(IntFlag):
    """The first byte."""

    BUTTONS = 7
    ALWAYS = 1 << 3
    X_SIGN = 1 << 4
    Y_SIGN = 1 << 5
    X_OVERFLOW = 1 << 6
    Y_OVERFLOW = 1 << 7


MORE_BUTTONS: Final[u8] = 0x30  # in the fourth byte


@struct
class Movement:
    """What a packet tells."""

    x: i32  # to the right
    y: i32  # towards the user: down
    wheel: i32  # steps away from the user: up
    buttons: u8  # those that are down: bit 0 is the left one, then right, middle, fourth, fifth


@struct
class PacketDecoder:
    """Puts bytes together. Zeros are one between two packets of a plain mouse."""

    protocol: Protocol
    count: usize  # of bytes that have come
    bytes: Array[u8, 4]
    last_ns: u64  # when the last one came

    @irq_safe
    @no_raise
    def take(self, byte: u8, now_ns: u64) -> bool:
        """Take the next byte, and return whether a packet is complete."""
        if now_ns > self.last_ns + LONGEST_GAP_NS:
            self.count = 0
        self.last_ns = now_ns
        if self.count == 0 and byte & First.ALWAYS == 0:
            return False
        self.bytes[self.count] = byte
        self.count += 1
        if self.count < (3 if self.protocol == Protocol.PLAIN else 4):
            return False
        self.count = 0
        return True

    @irq_safe
    @no_raise
    def movement(self) -> Movement:
        """Return what the packet tells that is complete. Of a movement that is too far nobody knows how far it is."""
        first, fourth = self.bytes[0], self.bytes[3]
        result = Movement(0, 0, 0, first & First.BUTTONS)
        if first & (First.X_OVERFLOW | First.Y_OVERFLOW) == 0:
            result.x = i32(self.bytes[1]) - (256 if first & First.X_SIGN != 0 else 0)
            result.y = (256 if first & First.Y_SIGN != 0 else 0) - i32(self.bytes[2])
        if self.protocol == Protocol.WHEEL:
            result.wheel = (256 if fourth >= 128 else 0) - i32(fourth)
        elif self.protocol == Protocol.FIVE_BUTTONS:
            steps = i32(fourth & 15)
            result.wheel = (16 if steps >= 8 else 0) - steps
            result.buttons |= (fourth & MORE_BUTTONS) >> 1
        return result
