"""Target code for the tests of the clock with the battery."""

from __future__ import annotations

from kernel.cpu import port
from lang import u8, u32, u64
from modules.drivers import rtc


def set_register(number: u8, value: u8) -> None:
    port.registers[number] = value


def misbehave(busy_looks: u32, ticks_every: u32) -> None:
    """Let the clock be updating for some looks, and its second change every so many readings."""
    port.busy_looks = busy_looks
    port.ticks_every = ticks_every
    port.seconds_read = 0


def read(century: u8) -> tuple[u32, u32, u32, u32, u32, u32]:
    now = rtc.decode(rtc.read(0x70, century), rtc.read_register(0x70, rtc.Register.STATUS_B))
    return now.year, now.month, now.day, now.hour, now.minute, now.second


def looks() -> u64:
    return port.looks
