"""Matrices: products, determinants, inverses, powers."""

from __future__ import annotations

Matrix = list[list[float]]


def identity(n: int) -> Matrix:
    return [[1.0 if i == j else 0.0 for j in range(n)] for i in range(n)]


def product(a: Matrix, b: Matrix) -> Matrix:
    return [[sum(x * y for x, y in zip(row, column)) for column in transposed(b)] for row in a]


def transposed(a: Matrix) -> Matrix:
    return [[row[j] for row in a] for j in range(len(a[0]))]


def power(a: Matrix, n: int) -> Matrix:
    result = identity(len(a))
    while n:
        if n & 1:
            result = product(result, a)
        a = product(a, a)
        n >>= 1
    return result


def determinant(a: Matrix) -> float:
    a = [row[:] for row in a]
    result = 1.0
    for i in range(len(a)):
        pivot = max(range(i, len(a)), key=lambda r: abs(a[r][i]))
        if a[pivot][i] == 0.0:
            return 0.0
        if pivot != i:
            a[i], a[pivot] = a[pivot], a[i]
            result = -result
        result *= a[i][i]
        for r in range(i + 1, len(a)):
            factor = a[r][i] / a[i][i]
            for c in range(i, len(a)):
                a[r][c] -= factor * a[i][c]
    return result


def inverse(a: Matrix) -> Matrix:
    n = len(a)
    wide = [row + unit for row, unit in zip(a, identity(n))]
    for i in range(n):
        pivot = max(range(i, n), key=lambda r: abs(wide[r][i]))
        if wide[pivot][i] == 0.0:
            raise ValueError("singular matrix")
        wide[i], wide[pivot] = wide[pivot], wide[i]
        wide[i] = [x / wide[i][i] for x in wide[i]]
        for r in range(n):
            if r != i:
                factor = wide[r][i]
                wide[r] = [x - factor * y for x, y in zip(wide[r], wide[i])]
    return [row[n:] for row in wide]


def main() -> None:
    a = [[2.0, 1.0, 0.0], [1.0, 3.0, 1.0], [0.0, 1.0, 4.0]]
    print(product(a, a), transposed([[1.0, 2.0, 3.0]]))
    print(determinant(a), determinant([[1.0, 2.0], [2.0, 4.0]]))
    for row in inverse(a):
        print(" ".join(f"{x:9.5f}" for x in row))
    print([[round(x, 9) + 0.0 for x in row] for row in product(a, inverse(a))])
    print(power([[1.0, 1.0], [1.0, 0.0]], 30))
    try:
        inverse([[1.0, 2.0], [2.0, 4.0]])
    except ValueError as error:
        print(error)


if __name__ == "__main__":
    main()
