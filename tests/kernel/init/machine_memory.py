"""The kernel knows the memory of the machine that it was started on."""

from __future__ import annotations

from core.handover import MemoryKind
from kernel.mem import memory_map
from kernel.mem.layout import KERNEL_IMAGE
from lang import symbol_address, u64

MIB = 1 << 20


def test_the_kernel_has_nearly_all_of_the_memory() -> None:
    """A kernel with every machine test in it takes more for itself and leaves less for others.

    Machine: memory=64M
    """
    usable = memory_map.of_machine.total(MemoryKind.USABLE)
    kernel = memory_map.of_machine.total(MemoryKind.KERNEL)
    assert 63 * MIB < usable + kernel < 64 * MIB


def test_memory_beyond_4_gib_is_known() -> None:
    """
    Machine: memory=6G
    """
    assert memory_map.of_machine.total(MemoryKind.USABLE) > 6000 * MIB
    last = memory_map.of_machine.regions[len(memory_map.of_machine.regions) - 1]
    assert last.end > 4096 * MIB


def test_the_kernel_is_not_free() -> None:
    found: u64 = 0
    for region in memory_map.of_machine.regions:
        if region.start <= symbol_address("__image_start") - KERNEL_IMAGE < region.end:
            assert region.kind == MemoryKind.KERNEL
            found += 1
    assert found == 1
