"""Between the bytes that the system knows and the text that programs do."""

from __future__ import annotations

from core.containers import text as texts
from core.text import utf8
from lang import Slice, u8


def decode(bytes: Slice[u8]) -> str:
    """Return bytes as text; each that is not UTF-8 becomes a question mark."""
    if utf8.is_valid(bytes):
        return texts.from_bytes(bytes)
    return "".join([chr(int(byte)) if byte < 128 else "?" for byte in bytes])
