"""Device registers in memory, each read and written once, in order. Native tests replace this file."""

from __future__ import annotations

from kernel.mem.layout import VirtAddr
from lang import Ptr, Volatile, inline, irq_safe, no_raise, u16, u32, u64


@inline
@irq_safe
@no_raise
def read16(address: VirtAddr) -> u16:
    return Ptr[Volatile[u16]](address)[0].load()


@inline
@irq_safe
@no_raise
def write16(address: VirtAddr, value: u16) -> None:
    Ptr[Volatile[u16]](address)[0].store(value)


@inline
@irq_safe
@no_raise
def read32(address: VirtAddr) -> u32:
    return Ptr[Volatile[u32]](address)[0].load()


@inline
@irq_safe
@no_raise
def write32(address: VirtAddr, value: u32) -> None:
    Ptr[Volatile[u32]](address)[0].store(value)


@inline
@irq_safe
@no_raise
def read64(address: VirtAddr) -> u64:
    return Ptr[Volatile[u64]](address)[0].load()


@inline
@irq_safe
@no_raise
def write64(address: VirtAddr, value: u64) -> None:
    Ptr[Volatile[u64]](address)[0].store(value)
