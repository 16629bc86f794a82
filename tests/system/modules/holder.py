"""A module of which an object stays in use."""

from __future__ import annotations

from typing import Annotated

from kernel.module.description import Module
from lang import section, u64


class Thing:
    number: u64

    def __init__(self) -> None:
        self.number = 7


thing: Thing | None = None


def load() -> None:
    global thing
    thing = Thing()


MODULE: Annotated[Module, section(".module")] = Module(
    name="Holder",
    author="the tests",
    description="holds on to something",
    version="1",
    licence="MIT",
    devices="",
    load=load,
)
