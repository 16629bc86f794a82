"""Matrices of floats as lists of rows, multiplied in the plainest way."""

from __future__ import annotations

SIZE = 64


def make(size: int, seed: int) -> list[list[float]]:
    return [[float((i * 31 + j * 17 + seed) % 101) / 7.0 for j in range(size)] for i in range(size)]


def product(a: list[list[float]], b: list[list[float]]) -> list[list[float]]:
    size = len(a)
    result: list[list[float]] = []
    for i in range(size):
        row: list[float] = []
        for j in range(size):
            total = 0.0
            for k in range(size):
                total += a[i][k] * b[k][j]
            row.append(total)
        result.append(row)
    return result


def run(rounds: int) -> int:
    total = 0.0
    for round in range(rounds):
        c = product(make(SIZE, round), make(SIZE, round + 1))
        for i in range(SIZE):
            total += c[i][(i + round) % SIZE]
    return int(total * 1000.0)
