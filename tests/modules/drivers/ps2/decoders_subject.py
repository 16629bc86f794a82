"""Target code for the tests of what keyboards and mice send."""

from __future__ import annotations

from lang import i32, u8, u64, usize
from modules.drivers.ps2.mouse_packets import PacketDecoder, Protocol
from modules.drivers.ps2.scan_codes import Decoder

keyboard: Decoder
mouse: PacketDecoder


def reset() -> None:
    keyboard.forget()
    mouse.count = 0
    mouse.last_ns = 0


def take_key(byte: u8) -> tuple[u8, bool]:
    event = keyboard.take(byte)
    return u8(event.key), event.is_release


def set_protocol(protocol: u8) -> None:
    mouse.protocol = Protocol(protocol)


def take_mouse(byte: u8, now_ns: u64) -> bool:
    return mouse.take(byte, now_ns)


def movement() -> tuple[i32, i32, i32, u8]:
    found = mouse.movement()
    return found.x, found.y, found.wheel, found.buttons


def waiting() -> usize:
    return mouse.count
