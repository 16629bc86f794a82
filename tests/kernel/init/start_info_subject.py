"""Target code for the tests of the start info."""

from __future__ import annotations

from core.handover import Handover, MemoryKind
from kernel.init import start_info
from lang import u64

handover: Handover


def read(address: u64) -> u64:
    """Return how many bytes of regions there are."""
    start_info.read(address, handover)
    return handover.regions.length


def command_line() -> u64:
    return handover.command_line.length


def kind_at(address: u64) -> MemoryKind:
    """Return the greatest kind that claims an address."""
    kind = MemoryKind.ABSENT
    for region in start_info.regions[: start_info.region_count]:
        if region.start <= address < region.end and region.kind > kind:
            kind = region.kind
    return kind
