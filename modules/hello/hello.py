"""Says hello when it is loaded."""

from __future__ import annotations

from typing import Annotated

from kernel.log import log
from kernel.module.description import Module
from lang import section


def load() -> None:
    log.info("Hello, World!")


MODULE: Annotated[Module, section(".module")] = Module(
    name="Hello",
    author="the authors of PatchworkOS",
    description="says hello when it is loaded",
    version="1.0",
    licence="MIT",
    devices="BOOT_ALWAYS",
    load=load,
)
