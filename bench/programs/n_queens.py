"""N queens: in how many ways can eight queens stand on a board without seeing each other?"""

from __future__ import annotations

SIZE = 8


class Board:
    """Which columns and diagonals have a queen."""

    size: int
    columns: list[bool]
    rising: list[bool]
    falling: list[bool]

    def __init__(self, size: int) -> None:
        self.size = size
        self.columns = [False] * size
        self.rising = [False] * (2 * size - 1)
        self.falling = [False] * (2 * size - 1)

    def is_free(self, row: int, column: int) -> bool:
        return not (
            self.columns[column]
            or self.rising[row + column]
            or self.falling[row - column + self.size - 1]
        )

    def put(self, row: int, column: int, there: bool) -> None:
        self.columns[column] = there
        self.rising[row + column] = there
        self.falling[row - column + self.size - 1] = there

    def solutions(self, row: int) -> int:
        if row == self.size:
            return 1
        found = 0
        for column in range(self.size):
            if self.is_free(row, column):
                self.put(row, column, True)
                found += self.solutions(row + 1)
                self.put(row, column, False)
        return found


def run(rounds: int) -> int:
    total = 0
    for round in range(rounds):
        total += Board(SIZE + round % 2).solutions(0)
    return total
