"""What the firmware notifies devices of."""

from __future__ import annotations

from core.text.buffer import TextBuffer
from kernel.log import log
from lang import Array, u8, u64
from modules.acpi.aml import printing
from modules.acpi.aml.node import Node


def notify(node: Node, value: u64) -> None:
    """Hear that something happened to a device."""
    storage = Array[u8, 256]()
    out = TextBuffer(storage[:])
    printing.write_path(out, node)
    path = out.text()
    log.debug(f"acpi: {path} is notified of {value:#x}")
