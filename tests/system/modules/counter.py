"""A module that another needs, with an object of its own."""

from __future__ import annotations

from typing import Annotated

from kernel.log import log
from kernel.module.description import Device, Module, NotUsable
from lang import Slice, section, u8, u64


class Counter:
    """A number that goes up."""

    value: u64

    def __init__(self) -> None:
        self.value = 0

    def up(self) -> u64:
        self.value += 1
        return self.value


class TooMany(Exception):
    """It counts to two."""


kept: Counter | None = None


def load() -> None:
    global kept
    kept = Counter()


def unload() -> None:
    global kept
    kept = None


def count(name: Slice[u8]) -> None:
    counter = kept
    assert counter is not None
    value = counter.up()
    if value > 2:
        raise TooMany
    log.info(f"{name} counts to {value}")


def attach(device: Device) -> None:
    if device.kind != b"BOOT_ALWAYS":
        raise NotUsable
    log.info(f"counter takes {device.name}")


def detach(device: Device) -> None:
    log.info(f"counter gives {device.name} back")


MODULE: Annotated[Module, section(".module")] = Module(
    name="Counter",
    author="the tests",
    description="counts",
    version="2.5",
    licence="MIT",
    devices="BOOT_ALWAYS",
    load=load,
    unload=unload,
    attach=attach,
    detach=detach,
)
