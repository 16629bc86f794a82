"""Pages: memory is there by pages, so of bytes in one page either all can be read or none.

Source: Intel 64 and IA-32 Architectures Software Developer's Manual, volume 3, section 4.2.
"""

from __future__ import annotations

from typing import Final

from lang import Ptr, inline, irq_safe, no_raise, u8, usize

SIZE: Final[usize] = 4096


@inline
@irq_safe
@no_raise
def has_word(place: Ptr[u8]) -> bool:
    """True if a word of eight bytes can be read from a byte on, though not all of them are of one object."""
    return usize(place.address) & (SIZE - 1) <= SIZE - 8
