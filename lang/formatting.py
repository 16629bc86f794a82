"""`Format`: the type of a parameter to which an f-string is passed unexpanded.

Compiled, the f-string is written piece by piece into the caller's buffer when `write_to` asks for it.
CPython has expanded it by then, so a plain `str` arrives; `Format` takes one to have `write_to`.
"""

from __future__ import annotations

from typing import Any


class Format(str):
    """A message that is still to be written."""

    __slots__ = ()

    def write_to(self, out: Any) -> None:
        """Write the message into a `core.text.buffer.TextBuffer`."""
        out.write(self.encode())
