"""A terminal in plain Python: lists of rows, for what is tested against it."""

from __future__ import annotations


class Model:
    def __init__(self, columns: int, rows: int, lines: int) -> None:
        self.columns, self.rows, self.most_kept = columns, rows, lines - rows
        self.screen = [self.blank() for _ in range(rows)]
        self.kept: list[list[str]] = []
        self.row = self.column = 0
        self.wraps_next = False
        self.first, self.end = 0, rows

    def blank(self) -> list[str]:
        return [" "] * self.columns

    def put(self, text: str) -> None:
        for character in text:
            if self.wraps_next:
                self.column = 0
                self.line_feed()
            self.screen[self.row][self.column] = character
            self.wraps_next = self.column == self.columns - 1
            self.column += not self.wraps_next

    def move(self, row: int, column: int) -> None:
        self.row = max(0, min(row, self.rows - 1))
        self.column = max(0, min(column, self.columns - 1))
        self.wraps_next = False

    def line_feed(self) -> None:
        self.wraps_next = False
        if self.row == self.end - 1:
            self.up(1)
        elif self.row < self.rows - 1:
            self.row += 1

    def new_line(self) -> None:
        self.column = 0
        self.line_feed()

    def reverse_feed(self) -> None:
        self.wraps_next = False
        if self.row == self.first:
            self.insert_rows(self.first, 1)
        elif self.row > 0:
            self.row -= 1

    def up(self, count: int) -> None:
        if (self.first, self.end) == (0, self.rows):
            for _ in range(min(count, self.rows)):
                self.kept.append(self.screen.pop(0))
                self.screen.append(self.blank())
            self.kept = self.kept[-self.most_kept :] if self.most_kept else []
        else:
            self.delete_rows(self.first, count)

    def delete_rows(self, at: int, count: int) -> None:
        if self.first <= at < self.end:
            for _ in range(min(count, self.end - at)):
                self.screen.pop(at)
                self.screen.insert(self.end - 1, self.blank())

    def insert_rows(self, at: int, count: int) -> None:
        if self.first <= at < self.end:
            for _ in range(min(count, self.end - at)):
                self.screen.pop(self.end - 1)
                self.screen.insert(at, self.blank())

    def insert(self, count: int) -> None:
        row = self.screen[self.row]
        count = min(count, self.columns - self.column)
        row[self.column : self.column] = [" "] * count
        del row[self.columns :]
        self.wraps_next = False

    def delete(self, count: int) -> None:
        row = self.screen[self.row]
        del row[self.column : self.column + count]
        row += [" "] * (self.columns - len(row))
        self.wraps_next = False

    def erase(self, row: int, start: int, end: int) -> None:
        for column in range(start, min(end, self.columns)):
            self.screen[row][column] = " "

    def erase_line(self, part: int) -> None:
        start = self.column if part == 0 else 0
        self.erase(self.row, start, self.column + 1 if part == 1 else self.columns)

    def erase_screen(self, part: int) -> None:
        for row in range(self.rows):
            if row == self.row:
                self.erase_line(part)
            elif part == 2 or (row > self.row) == (part == 0):
                self.erase(row, 0, self.columns)

    def move_by(self, down: int, right: int) -> None:
        low, high = 0, self.rows - 1
        if self.first <= self.row < self.end:
            low, high = self.first, self.end - 1
        self.move(max(min(self.row, low), min(self.row + down, high)), self.column + right)

    def set_moving(self, first: int, end: int) -> None:
        if first + 1 < end <= self.rows:
            self.first, self.end = first, end
            self.move(0, 0)
