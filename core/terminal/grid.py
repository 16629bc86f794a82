"""The grid: rows and columns of characters, and the lines that have left at the top.

Lines lie in a ring: the screen is the `rows` lines from number `top` on, and before it are the `kept` lines that were
there last. So when the whole screen moves up by a line, nothing is copied: the ring turns, and one line is made blank.

    cells   | ... kept lines ... | the screen | lines that are free |   and from the start again
                                 top

A character that is written into the last column leaves the cursor there; only the next one begins the next line
(`wraps_next`), as all terminals do, so that the last place of the screen can be used.

Source: ECMA-48, section 8.3; DEC, VT220 Programmer Reference Manual, chapter 4.
"""

from __future__ import annotations

from typing import Final

from core.terminal import colours
from lang import Ptr, Slice, no_raise, struct, u32, u64, usize

BLANK: Final[u32] = 0x20
UNDERLINED: Final[u32] = 1 << 31  # in Cell.character
CHARACTER: Final[u32] = 0x1FFFFF
MOST_COLUMNS: Final = 512
TAB: Final = 8


@struct
class Cell:
    """One place. Colours are 0xRRGGBB."""

    character: u32  # code point, and UNDERLINED
    ink: u32
    paper: u32


@struct(pinned=True)
class Grid:
    cells: Ptr[Cell] | None  # lines * columns; None: before `begin`
    columns: usize
    rows: usize
    lines: usize  # of the ring
    top: usize  # the line of the ring that is the first row
    kept: usize  # lines before it that are kept

    row: usize  # where the cursor is
    column: usize
    wraps_next: bool
    wraps: bool  # whether lines that are too long go on in the next; else the last column is written over

    first_row: usize  # of the rows that move when there is no row left
    end_row: usize  # behind the last of them

    # How what is written looks.
    ink: u32
    paper: u32
    is_bright: bool
    is_reversed: bool
    is_underlined: bool

    @no_raise
    def begin(self, cells: Slice[Cell], columns: usize, rows: usize) -> None:
        """Have an empty screen, of at least one row and column.

        cells: at least rows * columns; more keep lines that leave the screen.
        """
        self.cells = cells.pointer
        self.columns = columns
        self.rows = rows
        self.lines = u64(len(cells)) // columns
        self.top = 0
        self.kept = 0
        self.reset()

    @no_raise
    def reset(self) -> None:
        """Have an empty screen, and everything as it was at first."""
        self.first_row, self.end_row = 0, self.rows
        self.wraps = True
        self.reset_style()
        self.move(0, 0)
        for row in range(self.rows):
            self.erase(row, 0, self.columns)

    @no_raise
    def reset_style(self) -> None:
        self.ink = colours.INK
        self.paper = colours.PAPER
        self.is_bright = False
        self.is_reversed = False
        self.is_underlined = False

    # Cells ------------------------------------------------------------------------------------

    @no_raise
    def line(self, row: usize) -> Slice[Cell]:
        """Return the cells of a row of the screen."""
        return self.line_before(row, 0)

    @no_raise
    def line_before(self, row: usize, back: usize) -> Slice[Cell]:
        """Return the cells of a row of what the screen was some lines ago, at most `kept`."""
        place = (self.top + self.lines + row - back) % self.lines
        cells = self.cells
        assert cells is not None, "the grid has begun"
        return Slice[Cell](cells + place * self.columns, self.columns)

    @no_raise
    def erase(self, row: usize, start: usize, end: usize) -> None:
        """Blank the columns of a row from `start` to before `end`."""
        line = self.line(row)
        for column in range(start, min(end, self.columns)):
            set_blank(line[column], self.paper)

    @no_raise
    def copy_line(self, to: usize, source: usize) -> None:
        self.line(to).copy_from(self.line(source))

    # Writing ----------------------------------------------------------------------------------

    @no_raise
    def put(self, character: u32) -> None:
        """Write a character at the cursor, which moves on."""
        if self.wraps_next and self.wraps:
            self.column = 0
            self.next_row()
        self.wraps_next = False
        cell = self.line(self.row)[self.column : self.column + 1]
        cell[0].character = character | (UNDERLINED if self.is_underlined else u32(0))
        cell[0].ink = self.paper if self.is_reversed else self.ink
        cell[0].paper = self.ink if self.is_reversed else self.paper
        if self.column + 1 < self.columns:
            self.column += 1
        else:
            self.wraps_next = True

    # Moving the cursor ------------------------------------------------------------------------

    @no_raise
    def move(self, row: usize, column: usize) -> None:
        """Move the cursor, as far as there are rows and columns."""
        self.row = min(row, self.rows - 1)
        self.column = min(column, self.columns - 1)
        self.wraps_next = False

    @no_raise
    def move_by(self, down: usize, up: usize, right: usize, left: usize) -> None:
        """Move the cursor, not beyond the rows that move if it is among them."""
        is_inside = self.first_row <= self.row < self.end_row
        least = self.first_row if is_inside else usize(0)
        most = self.end_row - 1 if is_inside else self.rows - 1
        row = self.row - min(up, self.row - min(least, self.row))
        column = self.column - min(left, self.column)
        self.move(min(row + down, most), column + right)

    @no_raise
    def next_row(self) -> None:
        """Move the cursor down by a row; at the end of the rows that move, these move up."""
        self.wraps_next = False
        if self.row + 1 == self.end_row:
            self.move_up(1)
        elif self.row + 1 < self.rows:
            self.row += 1

    @no_raise
    def previous_row(self) -> None:
        """Move the cursor up by a row; at the start of the rows that move, these move down."""
        self.wraps_next = False
        if self.row == self.first_row:
            self.move_down(1)
        elif self.row > 0:
            self.row -= 1

    @no_raise
    def tabulate(self) -> None:
        self.move(self.row, (self.column // TAB + 1) * TAB)

    # Moving rows ------------------------------------------------------------------------------

    @no_raise
    def set_moving(self, first: usize, end: usize) -> None:
        """Say which rows move; nothing changes unless there are at least two."""
        if first + 1 < end <= self.rows:
            self.first_row, self.end_row = first, end
            self.move(0, 0)

    @no_raise
    def move_up(self, count: usize) -> None:
        """Move the rows that move up; if these are all, the first ones are kept."""
        if self.first_row == 0 and self.end_row == self.rows:
            for _ in range(min(count, self.rows)):
                self.top = (self.top + 1) % self.lines
                self.kept = min(self.kept + 1, self.lines - self.rows)
                self.erase(self.rows - 1, 0, self.columns)
        else:
            self.delete_rows(self.first_row, count)

    @no_raise
    def move_down(self, count: usize) -> None:
        self.insert_rows(self.first_row, count)

    @no_raise
    def delete_rows(self, first: usize, count: usize) -> None:
        """Take rows out of those that move; those below move up, and blank ones come."""
        if not self.first_row <= first < self.end_row:
            return
        number = min(count, self.end_row - first)
        for row in range(first, self.end_row - number):
            self.copy_line(row, row + number)
        for row in range(self.end_row - number, self.end_row):
            self.erase(row, 0, self.columns)

    @no_raise
    def insert_rows(self, first: usize, count: usize) -> None:
        """Put blank rows among those that move; those below move down, the last ones are gone."""
        if not self.first_row <= first < self.end_row:
            return
        number = min(count, self.end_row - first)
        for back in range(self.end_row - first - number):
            self.copy_line(self.end_row - 1 - back, self.end_row - 1 - back - number)
        for row in range(first, first + number):
            self.erase(row, 0, self.columns)

    # Moving characters ------------------------------------------------------------------------

    @no_raise
    def delete_characters(self, count: usize) -> None:
        """Take characters out of the row at the cursor; what follows moves to the left."""
        line = self.line(self.row)
        number = min(count, self.columns - self.column)
        line[self.column : self.columns - number].copy_from(line[self.column + number :])
        self.erase(self.row, self.columns - number, self.columns)
        self.wraps_next = False

    @no_raise
    def insert_characters(self, count: usize) -> None:
        """Put blanks into the row at the cursor; what follows moves to the right, the last ones are gone."""
        line = self.line(self.row)
        number = min(count, self.columns - self.column)
        line[self.column + number :].copy_from(line[self.column : self.columns - number])
        self.erase(self.row, self.column, self.column + number)
        self.wraps_next = False


@no_raise
def set_blank(cell: Cell, paper: u32) -> None:
    cell.character = BLANK
    cell.ink = colours.INK
    cell.paper = paper
