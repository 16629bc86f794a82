"""What the kernel does first once it is up. The kernel that runs machine tests has another one."""

from __future__ import annotations

from kernel.cpu import machine
from kernel.log import log


def run() -> None:
    log.info("ready")
    machine.halt()
