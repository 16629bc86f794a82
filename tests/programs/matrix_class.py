"""A matrix with operators, determinants and inverse, of floats."""

from __future__ import annotations


class Matrix:
    def __init__(self, rows: list[list[float]]) -> None:
        self.rows = rows

    @classmethod
    def identity(cls, n: int) -> Matrix:
        return cls([[1.0 if i == j else 0.0 for j in range(n)] for i in range(n)])

    @property
    def size(self) -> tuple[int, int]:
        return len(self.rows), len(self.rows[0])

    def __getitem__(self, at: tuple[int, int]) -> float:
        return self.rows[at[0]][at[1]]

    def __setitem__(self, at: tuple[int, int], value: float) -> None:
        self.rows[at[0]][at[1]] = value

    def __add__(self, other: Matrix) -> Matrix:
        return Matrix([[a + b for a, b in zip(r, s)] for r, s in zip(self.rows, other.rows)])

    def __mul__(self, factor: float) -> Matrix:
        return Matrix([[a * factor for a in row] for row in self.rows])

    def __matmul__(self, other: Matrix) -> Matrix:
        columns = other.transposed().rows
        return Matrix(
            [[sum(a * b for a, b in zip(row, column)) for column in columns] for row in self.rows]
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Matrix) and self.rows == other.rows

    def __neg__(self) -> Matrix:
        return self * -1.0

    def transposed(self) -> Matrix:
        return Matrix([[row[j] for row in self.rows] for j in range(len(self.rows[0]))])

    def determinant(self) -> float:
        rows = [row[:] for row in self.rows]
        n = len(rows)
        result = 1.0
        for i in range(n):
            pivot = max(range(i, n), key=lambda r: abs(rows[r][i]))
            if rows[pivot][i] == 0:
                return 0.0
            if pivot != i:
                rows[i], rows[pivot] = rows[pivot], rows[i]
                result = -result
            result *= rows[i][i]
            for r in range(i + 1, n):
                factor = rows[r][i] / rows[i][i]
                for c in range(i, n):
                    rows[r][c] -= factor * rows[i][c]
        return result

    def __str__(self) -> str:
        return "\n".join(" ".join(f"{value:7.2f}" for value in row) for row in self.rows)


def main() -> None:
    a = Matrix([[2.0, 1.0, 0.0], [1.0, 3.0, -1.0], [0.0, 5.0, 4.0]])
    print(a.size, a[1, 2])
    print(a.determinant())
    print(a @ Matrix.identity(3) == a, a == Matrix.identity(3))
    print(a + a.transposed())
    a[0, 0] = -1.5
    print(-a)
    print((a @ a).rows)


if __name__ == "__main__":
    main()
