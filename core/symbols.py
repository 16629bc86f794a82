"""Symbols: finds the functions and source lines that an address of the image stands for.

The compiler leaves a table of them in the image; `compiler/backend/symbols.py` says how it is laid out,
and this reads it. An address stands for a chain of frames: the innermost line, in a function that may
be inlined into another, and so on out to the function whose code it is. A level counts from the
inside, 0 being the innermost.

A table that is missing or of another version has no functions, so that a traceback of bare addresses is
the worst that can come of it. Nothing here allocates or raises.
"""

from __future__ import annotations

from typing import Final

from core import endian, trap
from core.text import format
from core.text.buffer import TextBuffer
from lang import Slice, irq_safe, no_raise, struct, u8, u32, usize

MAGIC: Final = 0x424D5953  # "SYMB"
VERSION: Final = 1
LINE_BITS: Final = 20

WORD: Final = 4
HEADER: Final = 8 * WORD
FUNCTION: Final = 3 * WORD  # start, size, name
ROW: Final = 3 * WORD  # start, position, scope
SCOPE: Final = 3 * WORD  # name, position of the call, scope around it
FILE: Final = 1 * WORD  # name
TEXT: Final = 2 * WORD  # position, text


@struct
class Symbols:
    """The table, and where its parts begin in it."""

    table: Slice[u8]
    function_count: u32
    row_count: u32
    text_count: u32
    rows: usize
    scopes: usize
    files: usize
    texts: usize
    strings: usize

    def __init__(self, table: Slice[u8]) -> None:
        self.table = table
        if len(table) < HEADER:
            return
        if endian.load_u32(table, 0) != MAGIC or endian.load_u32(table, WORD) != VERSION:
            return
        self.function_count = endian.load_u32(table, 2 * WORD)
        self.row_count = endian.load_u32(table, 3 * WORD)
        self.text_count = endian.load_u32(table, 6 * WORD)
        self.rows = HEADER + usize(self.function_count) * FUNCTION
        self.scopes = self.rows + usize(self.row_count) * ROW
        self.files = self.scopes + usize(endian.load_u32(table, 4 * WORD)) * SCOPE
        self.texts = self.files + usize(endian.load_u32(table, 5 * WORD)) * FILE
        self.strings = self.texts + usize(self.text_count) * TEXT

    @irq_safe
    @no_raise
    def frame_count(self, address: u32) -> usize:
        """Return how many frames an address stands for; 0 if it is in no function."""
        if self._function_at(address) == 0:
            return 0
        count: usize = 1
        scope = self._scope_at(address)
        while scope != 0:
            count += 1
            scope = self._word(self._scope(scope) + 2 * WORD)
        return count

    @irq_safe
    @no_raise
    def write_frame(self, out: TextBuffer, address: u32, level: usize) -> None:
        """Write one of the frames, which must exist, as Python's tracebacks do."""
        position = self._position_at(address)
        scope = self._scope_at(address)
        for _ in range(level):
            position = self._word(self._scope(scope) + WORD)
            scope = self._word(self._scope(scope) + 2 * WORD)
        name = self._scope(scope) if scope != 0 else self._function_at(address) + 2 * WORD
        self._write_place(out, position, self._word(name))

    @irq_safe
    @no_raise
    def write_function(self, out: TextBuffer, address: u32) -> None:
        """Write the function around an address, which must be in one: `name + offset`."""
        function = self._function_at(address)
        out.write(self._string(self._word(function + 2 * WORD)))
        out.write(b" + ")
        format.write_u64(out, address - self._word(function))

    def _write_place(self, out: TextBuffer, position: u32, name: u32) -> None:
        if position == 0:
            out.write(b"  in ")
            out.write(self._string(name))
            out.write(b"\n")
            return
        file = self.files + usize(position >> LINE_BITS) * FILE
        out.write(b'  File "')
        out.write(self._string(self._word(file)))
        out.write(b'", line ')
        format.write_u64(out, position & ((1 << LINE_BITS) - 1))
        out.write(b", in ")
        out.write(self._string(name))
        out.write(b"\n")
        self._write_text(out, position)

    def _write_text(self, out: TextBuffer, position: u32) -> None:
        """Write the source text of a line, if the table has it."""
        found = self._count_up_to(self.texts, TEXT, self.text_count, position)
        if found == 0:
            return
        text = self.texts + (found - 1) * TEXT
        if self._word(text) == position:
            out.write(b"    ")
            out.write(self._string(self._word(text + WORD)))
            out.write(b"\n")

    def _function_at(self, address: u32) -> usize:
        """Return where the entry of the function around an address is, or 0."""
        found = self._count_up_to(HEADER, FUNCTION, self.function_count, address)
        if found == 0:
            return 0
        function = HEADER + (found - 1) * FUNCTION
        if address - self._word(function) >= self._word(function + WORD):
            return 0
        return function

    def _row_at(self, address: u32) -> usize:
        """Return where the row that holds for an address in a function is, or 0.

        A row before the function says what another one ended with.
        """
        found = self._count_up_to(self.rows, ROW, self.row_count, address)
        if found == 0:
            return 0
        row = self.rows + (found - 1) * ROW
        return row if self._word(row) >= self._word(self._function_at(address)) else usize(0)

    def _position_at(self, address: u32) -> u32:
        row = self._row_at(address)
        return self._word(row + WORD) if row != 0 else u32(0)

    def _scope_at(self, address: u32) -> u32:
        """Return the innermost inlined call at an address; 0 if there is none, or no line."""
        row = self._row_at(address)
        if row == 0 or self._word(row + WORD) == 0:
            return 0
        return self._word(row + 2 * WORD)

    def _scope(self, number: u32) -> usize:
        return self.scopes + usize(number) * SCOPE

    def _count_up_to(self, start: usize, width: usize, count: u32, key: u32) -> usize:
        """Return how many entries of a sorted part begin with a number of at most `key`."""
        low: usize = 0
        high = usize(count)
        while low < high:
            middle = (low + high) // 2
            if self._word(start + middle * width) <= key:
                low = middle + 1
            else:
                high = middle
        return low

    def _word(self, offset: usize) -> u32:
        return endian.load_u32(self.table, offset)

    def _string(self, offset: u32) -> Slice[u8]:
        return trap.text_at(self.table.pointer + self.strings + usize(offset))
