"""What the firmware left in tables is kept, and its memory given back."""

from __future__ import annotations

from core.handover import MemoryKind
from kernel.mem import memory_map
from modules.acpi import kept
from modules.acpi.tables import table
from modules.acpi.tables.root import signature


def test_all_tables_are_kept() -> None:
    assert kept.count >= 4
    assert table.signature_of(kept.content(0)) == signature("DSDT")
    has_madt = False
    for index in range(kept.count):
        content = kept.content(index)
        assert table.adds_up(content)
        has_madt = has_madt or table.signature_of(content) == signature("APIC")
    assert has_madt


def test_what_is_no_table_is_left_out() -> None:
    before = kept.count
    kept.keep(0x1000)
    kept.keep(0xFFFF_FFFF_FFFF_FFFF)
    assert kept.count == before


def test_the_memory_of_the_tables_is_free() -> None:
    for region in memory_map.of_machine.regions:
        assert region.kind != MemoryKind.ACPI_RECLAIMABLE
