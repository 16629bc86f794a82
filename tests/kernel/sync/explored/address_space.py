"""In place of address spaces: there is one program, and its memory is where it seems to be."""

from __future__ import annotations

from lang import struct, u64


@struct
class AddressSpace:
    root: u64
