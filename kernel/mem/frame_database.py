"""The frame database: what is known of each page of physical memory.

An array of Frames by page number, mapped where there is memory:

    UNTRACKED    no memory of ours, or inside a block: the block's first frame speaks for it
    FREE         the first of a free block of 2**order pages, linked with others of that order
    CACHED       in a processor's cache
    USED         somebody's; `references` says how many hold it

The database covers all page numbers up to the highest, rounded up to the largest block, so that any
page's neighbours can be looked at; where there is no memory it reads as zeros.
"""

from __future__ import annotations

from enum import IntEnum

from kernel.mem.layout import FRAME_DATABASE, PAGE_SHIFT, PhysAddr
from lang import Ptr, inline, irq_safe, no_raise, over, struct, truncate, u8, u32


@over(u8)
class FrameState(IntEnum):
    UNTRACKED = 0
    FREE = 1
    CACHED = 2
    USED = 3


@struct
class Frame:
    """What is known of one page; a number of a page stands for it."""

    # FREE: the others of its order and zone. USED: whoever has the page may keep something here, as page
    # tables (page_table.py) and objects (object_cache.py, heap.py) do.
    next: u32
    previous: u32
    references: u32  # USED: how many hold the page
    order: u8  # FREE: of the block
    state: FrameState


@inline
@irq_safe
@no_raise
def number_of(address: PhysAddr) -> u32:
    return truncate(u32, address >> PAGE_SHIFT)


@inline
@irq_safe
@no_raise
def frame_of(page: u32) -> Ptr[Frame]:
    """Return the frame of a page that is in the database."""
    return Ptr[Frame](FRAME_DATABASE) + page
