"""The stream: bytes that programs write, as characters and control functions of a grid.

    text                UTF-8; what is not gives U+FFFD
    ESC [ 1 ; 31 m      a control sequence: parameters, then the letter of the function
    ESC ] ... BEL       a control string, which is skipped, like those of ESC P, X, ^ and _
    ESC 7               an escape sequence

What has begun stays in `Stream` until the rest comes, in whatever pieces. A function that is not known changes nothing;
numbers have MOST_NUMBER as the most. Line feed also returns to the first column: programs end lines with it alone.

Source: ECMA-48, sections 5 and 8.3; Paul Williams, "A parser for DEC's ANSI-compatible video terminals".
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from core.terminal import style
from core.terminal.functions import PRIVATE, Control, Escape, Function
from core.terminal.grid import Grid
from core.text import utf8
from core.text.buffer import TextBuffer
from lang import Array, Format, Slice, address_of, no_raise, over, struct, u8, u32, usize

COLON: Final[u8] = 0x3A
SEMICOLON: Final[u8] = 0x3B
MOST_NUMBERS: Final = 16
MOST_NUMBER: Final[u32] = 9999
MOST_ANSWER: Final = 64

FIRST_COMBINING: Final[u32] = 0x300
LAST_COMBINING: Final[u32] = 0x36F


@over(u8)
class State(IntEnum):
    TEXT = 0
    ESCAPE = 1
    INTERMEDIATE = 2  # of an escape sequence: one more byte and it is over
    SEQUENCE = 3
    STRING = 4
    STRING_ESCAPE = 5  # which ends it, if a backslash follows


@over(u32)
class Mode(IntEnum):
    """Modes of DEC's."""

    WRAPS = 7
    HAS_CURSOR = 25


@struct(pinned=True)
class Stream:
    grid: Grid
    state: State
    has_cursor: bool  # whether it is shown

    # The character that has begun.
    begun: Array[u8, 4]
    begun_size: usize

    # The control sequence that has begun.
    numbers: Array[u32, MOST_NUMBERS]
    count: usize
    private: u8  # `?` or the like before the numbers; 0: none

    saved_row: usize
    saved_column: usize

    answer: Array[u8, MOST_ANSWER]  # what the terminal says to the program
    answer_size: usize

    @no_raise
    def begin(self) -> None:
        """Have everything as it is at first, but for the grid."""
        self.state = State.TEXT
        self.has_cursor = True
        self.begun_size = 0
        self.saved_row, self.saved_column = 0, 0
        self.answer_size = 0

    @no_raise
    def write(self, data: Slice[u8]) -> None:
        for byte in data:
            self.take(byte)

    @no_raise
    def take(self, byte: u8) -> None:
        """Take the next byte."""
        if byte == Control.ESC:
            self.end_character()
            is_string = self.state == State.STRING
            self.state = State.STRING_ESCAPE if is_string else State.ESCAPE
            return
        if byte == Control.CAN or byte == Control.SUB:
            self.state = State.TEXT
            return
        if byte < 32 and self.state != State.STRING:
            self.end_character()
            self.control(byte)
            return
        match self.state:
            case State.TEXT:
                self.take_text(byte)
            case State.ESCAPE:
                self.take_escape(byte)
            case State.INTERMEDIATE:
                self.state = State.TEXT
            case State.SEQUENCE:
                self.take_sequence(byte)
            case State.STRING:
                if byte == Control.BEL:
                    self.state = State.TEXT
            case State.STRING_ESCAPE:
                self.state = State.TEXT

    # Text -------------------------------------------------------------------------------------

    @no_raise
    def take_text(self, byte: u8) -> None:
        if byte < 0x80:
            self.end_character()
            if byte != 0x7F:
                self.grid.put(byte)
            return
        if byte >= 0xC0:
            self.end_character()
        self.begun[self.begun_size] = byte
        self.begun_size += 1
        bytes = self.begun[: self.begun_size]
        if utf8.sequence_size(bytes) == self.begun_size:
            character, _ = utf8.decode(bytes)
            self.begun_size = 0
            if not FIRST_COMBINING <= character <= LAST_COMBINING:
                self.grid.put(character)
        elif self.begun_size == length_from(self.begun[0]):
            self.end_character()

    @no_raise
    def end_character(self) -> None:
        """Show that a character that has begun does not go on."""
        if self.begun_size > 0:
            self.begun_size = 0
            self.grid.put(utf8.REPLACEMENT)

    @no_raise
    def control(self, byte: u8) -> None:
        """Carry out a control function of one byte."""
        match byte:
            case Control.BS:
                self.grid.move_by(0, 0, 0, 1)
            case Control.HT:
                self.grid.tabulate()
            case Control.LF | Control.VT | Control.FF:
                self.grid.column = 0
                self.grid.next_row()
            case Control.CR:
                self.grid.move(self.grid.row, 0)
            case _:
                pass

    # Escape sequences -------------------------------------------------------------------------

    @no_raise
    def take_escape(self, byte: u8) -> None:
        self.state = State.TEXT
        match byte:
            case Escape.CSI:
                self.begin_sequence()
            case Escape.OSC | Escape.DCS | Escape.SOS | Escape.PM | Escape.APC:
                self.state = State.STRING
            case Escape.SAVE:
                self.save()
            case Escape.RESTORE:
                self.restore()
            case Escape.IND:
                self.grid.next_row()
            case Escape.NEL:
                self.grid.column = 0
                self.grid.next_row()
            case Escape.RI:
                self.grid.previous_row()
            case Escape.RIS:
                self.grid.reset()
                self.begin()
            case _:
                if 0x20 <= byte < 0x30:
                    self.state = State.INTERMEDIATE

    @no_raise
    def save(self) -> None:
        self.saved_row, self.saved_column = self.grid.row, self.grid.column

    @no_raise
    def restore(self) -> None:
        self.grid.move(self.saved_row, self.saved_column)

    # Control sequences ------------------------------------------------------------------------

    @no_raise
    def begin_sequence(self) -> None:
        self.state = State.SEQUENCE
        self.numbers[:].fill(0)
        self.count = 1
        self.private = 0

    @no_raise
    def take_sequence(self, byte: u8) -> None:
        if 0x30 <= byte <= 0x39:
            if self.count <= MOST_NUMBERS:
                number = self.numbers[self.count - 1] * 10 + (byte - 0x30)
                self.numbers[self.count - 1] = min(number, MOST_NUMBER)
        elif byte == SEMICOLON or byte == COLON:
            self.count = min(self.count + 1, usize(MOST_NUMBERS + 1))
        elif 0x3C <= byte <= 0x3F:
            self.private = byte
        elif byte >= 0x40:
            self.state = State.TEXT
            self.count = min(self.count, usize(MOST_NUMBERS))
            if self.private == 0:
                self.obey(byte)
            elif self.private == PRIVATE:
                self.obey_private(byte)

    @no_raise
    def number(self, index: usize, default: usize) -> usize:
        """Return a parameter; what it is if it is 0 or missing."""
        if index >= self.count or self.numbers[index] == 0:
            return default
        return usize(self.numbers[index])

    @no_raise
    def obey(self, function: u8) -> None:
        """Carry out a control function."""
        grid = address_of(self.grid)
        first = self.number(0, 1)
        match function:
            case Function.CUU:
                grid.move_by(0, first, 0, 0)
            case Function.CUD | Function.VPR:
                grid.move_by(first, 0, 0, 0)
            case Function.CUF | Function.HPR:
                grid.move_by(0, 0, first, 0)
            case Function.CUB:
                grid.move_by(0, 0, 0, first)
            case Function.CNL:
                grid.move_by(first, 0, 0, 0)
                grid.move(grid.row, 0)
            case Function.CPL:
                grid.move_by(0, first, 0, 0)
                grid.move(grid.row, 0)
            case Function.CHA | Function.HPA:
                grid.move(grid.row, first - 1)
            case Function.VPA:
                grid.move(first - 1, grid.column)
            case Function.CUP | Function.HVP:
                grid.move(first - 1, self.number(1, 1) - 1)
            case Function.ICH:
                grid.insert_characters(first)
            case Function.DCH:
                grid.delete_characters(first)
            case Function.ECH:
                grid.erase(grid.row, grid.column, grid.column + first)
            case Function.IL:
                grid.insert_rows(grid.row, first)
            case Function.DL:
                grid.delete_rows(grid.row, first)
            case Function.SU:
                grid.move_up(first)
            case Function.SD:
                grid.move_down(first)
            case Function.ED:
                self.erase_screen(self.number(0, 0))
            case Function.EL:
                self.erase_line(self.number(0, 0))
            case Function.SGR:
                style.select(grid[0], self.numbers[: self.count])
            case Function.MOVING_ROWS:
                grid.set_moving(first - 1, self.number(1, grid.rows))
            case Function.SAVE:
                self.save()
            case Function.RESTORE:
                self.restore()
            case Function.DSR:
                self.report(self.number(0, 0))
            case Function.DA:
                self.say("\x1b[?6c")
            case _:
                pass

    @no_raise
    def obey_private(self, function: u8) -> None:
        """Turn a mode on or off that is DEC's own."""
        if function != Function.SM and function != Function.RM:
            return
        is_on = function == Function.SM
        for index in range(self.count):
            match self.numbers[index]:
                case Mode.WRAPS:
                    self.grid.wraps = is_on
                case Mode.HAS_CURSOR:
                    self.has_cursor = is_on
                case _:
                    pass

    @no_raise
    def erase_screen(self, part: usize) -> None:
        """Blank what is behind the cursor, before it, or all; 3: also the lines that are kept."""
        grid = address_of(self.grid)
        if part == 3:
            grid.kept = 0
            return
        first = grid.row if part == 0 else usize(0)
        end = grid.row + 1 if part == 1 else grid.rows
        for row in range(first, end):
            if row == grid.row:
                self.erase_line(part)
            else:
                grid.erase(row, 0, grid.columns)

    @no_raise
    def erase_line(self, part: usize) -> None:
        grid = address_of(self.grid)
        start = grid.column if part == 0 else usize(0)
        end = grid.column + 1 if part == 1 else grid.columns
        grid.erase(grid.row, start, end)

    # Answers ----------------------------------------------------------------------------------

    @no_raise
    def report(self, what: usize) -> None:
        """Answer how the terminal is, or where the cursor is."""
        if what == 5:
            self.say("\x1b[0n")
        elif what == 6:
            self.say(f"\x1b[{self.grid.row + 1};{self.grid.column + 1}R")

    @no_raise
    def say(self, text: Format) -> None:
        """Say something to the program, unless it does not listen to what was said before."""
        out = TextBuffer(self.answer[self.answer_size :])
        text.write_to(out)
        if not out.is_truncated:
            self.answer_size += len(out.text())


@no_raise
def length_from(first: u8) -> usize:
    """Return how many bytes a character has by its first one; 1 if no character begins so."""
    if first >= 0xF0:
        return 4 if first < 0xF5 else 1
    if first >= 0xE0:
        return 3
    return 2 if first >= 0xC2 else 1
