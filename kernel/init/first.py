"""What the kernel does first once it is up. The kernel that runs machine tests has another one."""

from __future__ import annotations

from kernel.cpu import machine
from kernel.io import serial


def run() -> None:
    serial.write(b"ready\n")
    machine.halt()
