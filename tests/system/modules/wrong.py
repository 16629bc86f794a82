"""A module with a mistake in it."""

from __future__ import annotations

from typing import Annotated

from kernel.module.description import Module
from lang import section, u64


def load() -> None:
    check(3)


def check(number: u64) -> None:
    assert number == 4, "three is not four"


MODULE: Annotated[Module, section(".module")] = Module(
    name="Wrong",
    author="the tests",
    description="makes a mistake",
    version="1",
    licence="MIT",
    devices="",
    load=load,
)
