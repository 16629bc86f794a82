"""The layout of virtual memory, and addresses.

    0x0000_0000_0040_0000   programs, up to 0x0000_7fff_ffff_f000; below, nothing is ever mapped
    0xffff_8000_0000_0000   the physical map: all of memory, at its physical address plus this
    0xffff_fc00_0000_0000   the frame database (frames.py)
    0xffff_fd00_0000_0000   what the kernel maps piece by piece: devices, large buffers
    0xffff_fe00_0000_0000   kernel stacks
    0xffff_ffff_8000_0000   the kernel's image, anywhere in the first GiB
    0xffff_ffff_c000_0000   modules, as far from it as code reaches

Each region is a multiple of what one entry of a top-level table covers (512 GiB), so that address spaces
share it by sharing entries.

Source: Intel SDM volume 3A, section 4.5 (4-level paging: 48 bits, the upper half sign-extended).
"""

from __future__ import annotations

from typing import Final, TypeAlias

from lang import Ptr, inline, irq_safe, no_raise, u8, u64

PhysAddr: TypeAlias = u64
VirtAddr: TypeAlias = u64

PAGE_SHIFT: Final = 12
PAGE_SIZE: Final = 1 << PAGE_SHIFT

USER_START: Final[u64] = 0x40_0000
USER_END: Final[u64] = 0x7FFF_FFFF_F000
PHYSICAL_MAP: Final[u64] = 0xFFFF_8000_0000_0000
FRAME_DATABASE: Final[u64] = 0xFFFF_FC00_0000_0000
MAPPINGS: Final[u64] = 0xFFFF_FD00_0000_0000
MAPPINGS_END: Final[u64] = 0xFFFF_FE00_0000_0000
STACKS: Final[u64] = 0xFFFF_FE00_0000_0000
STACKS_END: Final[u64] = 0xFFFF_FF00_0000_0000
KERNEL_IMAGE: Final[u64] = 0xFFFF_FFFF_8000_0000
MODULES: Final[u64] = 0xFFFF_FFFF_C000_0000
MODULES_END: Final[u64] = 0xFFFF_FFFF_FF00_0000

FIRST_MAPPED: Final[u64] = 1 << 32  # how much of memory the first page tables map
PHYSICAL_LIMIT: Final[u64] = 1 << 44  # memory above it is not used: a page's number has 32 bits

assert PHYSICAL_MAP + PHYSICAL_LIMIT <= FRAME_DATABASE
assert PHYSICAL_LIMIT >> PAGE_SHIFT <= 1 << 32


@inline
@irq_safe
@no_raise
def to_virtual(address: PhysAddr) -> VirtAddr:
    """Return where a physical address is in the physical map."""
    return address + PHYSICAL_MAP


@inline
@irq_safe
@no_raise
def bytes_at(address: PhysAddr) -> Ptr[u8]:
    """Return memory by its physical address."""
    return Ptr[u8](to_virtual(address))


@inline
@irq_safe
@no_raise
def round_down(value: u64, multiple: u64) -> u64:
    """multiple: a power of two."""
    return value & ~(multiple - 1)


@inline
@irq_safe
@no_raise
def round_up(value: u64, multiple: u64) -> u64:
    """multiple: a power of two; the result must fit 64 bits."""
    return (value + multiple - 1) & ~(multiple - 1)
