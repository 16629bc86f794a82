"""Sudoku by backtracking over the cell with the fewest choices."""

from __future__ import annotations

PUZZLE = "53..7....6..195....98....6.8...6...34..8.3..17...2...6.6....28....419..5....8..79"


class Board:
    def __init__(self, text: str) -> None:
        self.cells = [0 if c == "." else int(c) for c in text]
        self.steps = 0

    def choices(self, at: int) -> set[int]:
        row, column = divmod(at, 9)
        used = set(self.cells[row * 9 : row * 9 + 9])
        used |= set(self.cells[column::9])
        top, left = row // 3 * 3, column // 3 * 3
        for r in range(top, top + 3):
            used |= set(self.cells[r * 9 + left : r * 9 + left + 3])
        return {n for n in range(1, 10) if n not in used}

    def solve(self) -> bool:
        self.steps += 1
        best = -1
        best_choices: set[int] = set()
        for at, value in enumerate(self.cells):
            if value == 0:
                found = self.choices(at)
                if best < 0 or len(found) < len(best_choices):
                    best, best_choices = at, found
        if best < 0:
            return True
        for n in sorted(best_choices):
            self.cells[best] = n
            if self.solve():
                return True
        self.cells[best] = 0
        return False

    def __str__(self) -> str:
        rows = []
        for r in range(9):
            row = self.cells[r * 9 : r * 9 + 9]
            rows.append(" ".join(str(n) for n in row))
        return "\n".join(rows)


def main() -> None:
    board = Board(PUZZLE)
    print(board.solve(), board.steps)
    print(board)


if __name__ == "__main__":
    main()
