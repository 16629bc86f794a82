"""A module that does not begin."""

from __future__ import annotations

from typing import Annotated

from kernel.module.description import Module, NotUsable
from lang import section


def load() -> None:
    raise NotUsable


MODULE: Annotated[Module, section(".module")] = Module(
    name="Lazy",
    author="the tests",
    description="does not begin",
    version="1",
    licence="MIT",
    devices="",
    load=load,
)
