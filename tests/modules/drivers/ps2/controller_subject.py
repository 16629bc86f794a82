"""Target code for the tests of the controller of keyboard and mouse."""

from __future__ import annotations

from kernel.cpu import port
from lang import Array, u8, u32, usize
from modules.drivers.ps2 import controller, mouse_identity
from modules.drivers.ps2.controller import Place


def prepare(ports: u8, devices: u8, resends: u32, mouse_kind: u8) -> None:
    port.is_absent = False
    port.is_dead = False
    port.is_broken = False
    port.ports = ports
    port.devices = devices
    port.resends = resends
    port.mouse_kind = mouse_kind
    port.configuration = 0x47 if ports == 2 else 0x67
    port.first = 0
    port.end = 0
    port.told_count = 0
    port.rates = Array[u8, 3]()


def break_it(is_absent: bool, is_dead: bool, is_broken: bool) -> None:
    port.is_absent = is_absent
    port.is_dead = is_dead
    port.is_broken = is_broken


def send_noise(count: u32) -> None:
    """Let bytes wait from before."""
    for _ in range(count):
        port.answer(0x1C)


def begin() -> tuple[bool, bool, u8]:
    """Return whether there are the two ports, and the configuration."""
    controller.begin()
    return controller.has_first, controller.has_second, port.configuration


def reset(place: u8) -> None:
    controller.turn(Place(place), True)
    controller.reset(Place(place))
    controller.drain()
    controller.turn(Place(place), False)


def protocol() -> u8:
    controller.turn(Place.SECOND, True)
    found = mouse_identity.find_protocol()
    controller.turn(Place.SECOND, False)
    return u8(found)


def told(index: usize) -> u8:
    return port.told[index]


def told_count() -> usize:
    return port.told_count
