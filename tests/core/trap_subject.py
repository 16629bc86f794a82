from __future__ import annotations

from core import trap
from core.text.buffer import TextBuffer
from lang import Slice, bit_cast, i64, u8, u32, usize

EXPECTATION = 20


def describe(into: Slice[u8], kind: u32, a: i64, b: i64) -> usize:
    out = TextBuffer(into)
    trap.describe(out, kind, a, b)
    return len(out.text())


def describe_expectation(into: Slice[u8]) -> usize:
    message: Slice[u8] = b"four is even"
    return describe(into, EXPECTATION, bit_cast(i64, message.pointer.address), i64(len(message)))
