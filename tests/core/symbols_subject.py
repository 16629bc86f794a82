"""Target code for test_symbols: the frames of an address, written into a buffer."""

from __future__ import annotations

from core.symbols import Symbols
from core.text.buffer import TextBuffer
from lang import Slice, u8, u32, usize


def frames(table: Slice[u8], address: u32, into: Slice[u8]) -> usize:
    """Write the frames of an address, innermost first; return the length of the text."""
    symbols = Symbols(table)
    out = TextBuffer(into)
    for level in range(symbols.frame_count(address)):
        symbols.write_frame(out, address, level)
    return out.used
