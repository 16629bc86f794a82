"""A module that needs another, and handles what that raises."""

from __future__ import annotations

from typing import Annotated

import counter

from kernel.log import log
from kernel.module.description import Module
from lang import section


def load() -> None:
    for _ in range(3):
        try:
            counter.count(b"user")
        except counter.TooMany:
            log.info("user has enough")


MODULE: Annotated[Module, section(".module")] = Module(
    name="User",
    author="the tests",
    description="has another count",
    version="1",
    licence="MIT",
    devices="",
    load=load,
)
