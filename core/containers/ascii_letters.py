"""The 128 texts of one ASCII character: one object for each, which never ends.

So going through a text makes no objects. Each is made where it is first asked for. Two threads may make one at
the same time, which does no harm: both write the same, and as it counts from the middle of the range, a
reference that gets lost there never brings it to an end.
"""

from __future__ import annotations

from typing import Final

from core.object import Header
from lang import (
    Array,
    Ptr,
    address_of,
    borrow,
    cold,
    inline,
    no_raise,
    noinline,
    struct,
    u8,
    u32,
    u64,
)

MANY: Final = 1 << 30  # references


@struct(pinned=True)
class Letter:
    """An object of str, as `Text` describes it, and its byte. Zeros: not made yet."""

    strong: u32
    weak: u32
    type: u64
    data: u64  # where the byte is
    size: u64
    length: u64
    hash: u64
    owner: u64
    byte: u8


letters: Array[Letter, 128]


@inline
@no_raise
def letter(byte: u8) -> Ptr[Letter]:
    """Return the text of an ASCII character."""
    found = address_of(letters[byte])
    if found.type == 0:  # and not `size`, which compiled code takes never to change
        _make(found, byte)
    return found


@cold
@noinline
@no_raise
def _make(letter: Ptr[Letter], byte: u8) -> None:
    letter.strong = MANY
    letter.weak = MANY
    letter.byte = byte
    letter.data = address_of(letter.byte).address
    letter.length = 1
    letter.size = 1
    letter.type = borrow("").cast(Header).type.address
