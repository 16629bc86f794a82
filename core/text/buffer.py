"""TextBuffer: bytes of text in storage of a fixed size, with a hook for when it is full.

Without a hook, what does not fit is lost and counted, so that writing into no storage at all measures
a text. With one, the hook takes the bytes that are there and the buffer starts over.

Invariants:
    used <= len(storage).
    Once something was lost, nothing more is kept: the text that is there is a prefix of the whole.
    If every write is whole characters of UTF-8, so is the text that is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from core.text import utf8
from lang import Slice, irq_safe, no_raise, struct, u8, usize

FlushHook = Annotated[Callable[[Slice[u8]], None], irq_safe, no_raise]


@struct
class TextBuffer:
    """Where text is written."""

    storage: Slice[u8]
    used: usize
    lost: usize  # bytes that found no room
    flush_hook: FlushHook | None

    @irq_safe
    def write(self, data: Slice[u8]) -> None:
        """Append bytes, which should be whole characters."""
        rest = data
        while len(rest) > self.room:
            fitting = utf8.floor_boundary(rest, self.room)
            self._append(rest[:fitting])
            rest = rest[fitting:]
            if self.flush_hook is None or self.used == 0:
                self.lost += len(rest)
                return
            self.flush()
        self._append(rest)

    @irq_safe
    def write_byte(self, byte: u8) -> None:
        """Append one byte, which should be ASCII."""
        if not self._make_room():
            self.lost += 1
            return
        self.storage[self.used] = byte
        self.used += 1

    @irq_safe
    def write_repeated(self, byte: u8, count: usize) -> None:
        """Append the same ASCII byte `count` times."""
        remaining = count
        while remaining > 0:
            if not self._make_room():
                self.lost += remaining
                return
            step = min(remaining, self.room)
            self.storage[self.used : self.used + step].fill(byte)
            self.used += step
            remaining -= step

    @irq_safe
    def flush(self) -> None:
        """Hand what is there to the hook, if there is one, and start over."""
        hook = self.flush_hook
        if hook is not None:
            hook(self.text())
            self.used = 0

    @irq_safe
    def text(self) -> Slice[u8]:
        """Return a view of what was written and kept."""
        return self.storage[: self.used]

    @property
    @irq_safe
    def room(self) -> usize:
        """How many more bytes fit; none once something was lost."""
        if self.lost > 0:
            return 0
        return len(self.storage) - self.used

    @property
    @irq_safe
    def is_truncated(self) -> bool:
        return self.lost > 0

    @irq_safe
    def clear(self) -> None:
        """Forget everything that was written."""
        self.used = 0
        self.lost = 0

    def _make_room(self) -> bool:
        """Flush a full buffer; return whether a byte fits now."""
        if self.room == 0:
            self.flush()
        return self.room > 0

    def _append(self, data: Slice[u8]) -> None:
        """Append bytes that fit."""
        self.storage[self.used : self.used + len(data)].copy_from(data)
        self.used += len(data)
