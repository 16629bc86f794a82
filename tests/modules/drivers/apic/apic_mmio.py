"""In place of registers in memory: two I/O APICs at 0x1000 and 0x2000, a local APIC at 0x3000 whose
timer counts down at a rate, and an HPET at 0x4000.
"""

from __future__ import annotations

from kernel.cpu import instructions
from lang import Array, irq_safe, no_raise, u32, u64, u128, usize

LOCAL: u64 = 0x3000
HPET: u64 = 0x4000

selected: Array[u32, 2]
io_registers: Array[u32, 512]  # 256 for each of the two
local_registers: Array[u32, 1024]
hpet_registers: Array[u64, 128]
timer_hz: u64 = 1_000_000_000
timer_start_ns: u64 = 0
pending_looks: u32 = 0


@irq_safe
@no_raise
def read32(address: u64) -> u32:
    global pending_looks
    if address >= HPET:
        return u32(hpet_registers[(address - HPET) // 8] & 0xFFFF_FFFF)
    if address >= LOCAL:
        offset = address - LOCAL
        if offset == 0x390:
            return current_count()
        if offset == 0x300 and pending_looks > 0:
            pending_looks -= 1
            return local_registers[offset // 4] | 1 << 12
        return local_registers[offset // 4]
    chip = usize(address // 0x1000 - 1)
    assert address & 0xFFF == 0x10
    return io_registers[chip * 256 + selected[chip]]


@irq_safe
@no_raise
def write32(address: u64, value: u32) -> None:
    global timer_start_ns
    if address >= LOCAL:
        offset = address - LOCAL
        if offset == 0x380:
            timer_start_ns = instructions.now_ns
        local_registers[offset // 4] = value
        return
    chip = usize(address // 0x1000 - 1)
    if address & 0xFFF == 0:
        selected[chip] = value
    else:
        io_registers[chip * 256 + selected[chip]] = value


@irq_safe
@no_raise
def read64(address: u64) -> u64:
    return hpet_registers[(address - HPET) // 8]


@irq_safe
@no_raise
def write64(address: u64, value: u64) -> None:
    hpet_registers[(address - HPET) // 8] = value


@irq_safe
@no_raise
def current_count() -> u32:
    gone = u128(instructions.now_ns - timer_start_ns) * timer_hz // 1_000_000_000
    initial = local_registers[0x380 // 4]
    return initial - u32(gone) if gone < initial else u32(0)
