"""The state of the vector units survives being saved, lost, and restored."""

from __future__ import annotations

from typing import Final

from kernel.cpu import simd
from kernel.cpu.interrupts import interrupts_disabled
from kernel.cpu.simd import Component
from lang import Array, Ptr, address_of, asm, struct, u8, u32, u64

PATTERN: Final[u64] = 0x0123_4567_89AB_CDEF


@struct(align=64)
class Area:
    bytes: Array[u8, 4096]


first: Area
second: Area
values: Array[u64, 4]


def load_ymm15(value: u64) -> None:
    fill(value)
    asm("vmovdqu ($0), %ymm15", inputs=[("r", address_of(values[0]))], outputs=[], clobbers=[])


def store_ymm15() -> None:
    asm(
        "vmovdqu %ymm15, ($0)",
        inputs=[("r", address_of(values[0]))],
        outputs=[],
        clobbers=["memory"],
    )


def fill(value: u64) -> None:
    for index in range(4):
        values[index] = value


def begin(area: Area) -> Ptr[u8]:
    assert simd.area_size <= 4096
    simd.initialise(area.bytes[: simd.area_size])
    return address_of(area.bytes[0])


def test_avx_is_on() -> None:
    assert simd.has_xsave
    assert simd.components & Component.AVX != 0
    assert simd.area_size >= 832


def test_two_threads_have_registers_of_their_own() -> None:
    with interrupts_disabled():
        mine, other = begin(first), begin(second)
        simd.restore(mine)
        load_ymm15(PATTERN)
        simd.save(mine)

        simd.restore(other)
        store_ymm15()
        for value in values:
            assert value == 0  # nothing of the first thread is left to see
        load_ymm15(5)
        simd.save(other)

        simd.restore(mine)
        store_ymm15()
        for value in values:
            assert value == PATTERN
        simd.restore(other)
        store_ymm15()
        for value in values:
            assert value == 5


def test_a_program_begins_with_the_modes_of_the_abi() -> None:
    with interrupts_disabled():
        simd.restore(begin(first))
        mode: Array[u32, 1] = Array[u32, 1]()
        asm("stmxcsr ($0)", inputs=[("r", address_of(mode[0]))], outputs=[], clobbers=["memory"])
        assert mode[0] == 0x1F80
