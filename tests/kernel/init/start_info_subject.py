"""Target code for the tests of the start info."""

from __future__ import annotations

from core.handover import Handover
from kernel.init import start_info
from lang import u64

handover: Handover


def read(address: u64) -> u64:
    """Return how many bytes of regions there are."""
    start_info.read(address, handover)
    return handover.regions.length


def command_line() -> u64:
    return handover.command_line.length
