"""Target code for test_buffer: a buffer whose hook keeps what it is handed."""

from __future__ import annotations

from core.text.buffer import TextBuffer
from lang import Array, Slice, irq_safe, no_raise, struct, u8, usize

kept: Array[u8, 1000] = Array[u8, 1000]()
kept_size: usize = usize(0)


@irq_safe
@no_raise
def keep(data: Slice[u8]) -> None:
    global kept_size
    kept[kept_size : kept_size + len(data)].copy_from(data)
    kept_size += len(data)


@struct(pinned=True)
class Subject:
    places: Array[u8, 64]
    out: TextBuffer

    def __init__(self, size: usize) -> None:
        global kept_size
        kept_size = 0
        self.out = TextBuffer(self.places[:size], flush_hook=keep)

    def write(self, data: Slice[u8]) -> None:
        self.out.write(data)

    def write_byte(self, byte: u8) -> None:
        self.out.write_byte(byte)

    def write_repeated(self, byte: u8, count: usize) -> None:
        self.out.write_repeated(byte, count)

    def flush(self) -> None:
        self.out.flush()

    def is_truncated(self) -> bool:
        return self.out.is_truncated


def kept_text() -> Slice[u8]:
    return kept[:kept_size]
