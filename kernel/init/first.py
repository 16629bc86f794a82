"""What the kernel does first once it is up. The kernel that runs machine tests has another one."""

from __future__ import annotations

from kernel.log import log
from lang import no_raise


@no_raise
def run() -> None:
    log.info("ready")
