"""Spectral norm: the greatest factor by which an endless matrix stretches a vector."""

from __future__ import annotations

import math

SIZE = 100


def element(i: int, j: int) -> float:
    return 1.0 / ((i + j) * (i + j + 1) // 2 + i + 1)


def times(vector: list[float]) -> list[float]:
    """Return the matrix times a vector."""
    result: list[float] = []
    for i in range(len(vector)):
        total = 0.0
        for j in range(len(vector)):
            total += element(i, j) * vector[j]
        result.append(total)
    return result


def times_transposed(vector: list[float]) -> list[float]:
    result: list[float] = []
    for i in range(len(vector)):
        total = 0.0
        for j in range(len(vector)):
            total += element(j, i) * vector[j]
        result.append(total)
    return result


def run(rounds: int) -> int:
    """Return the norm in billionths, added up over all rounds."""
    checksum = 0
    for round in range(rounds):
        u = [1.0] * (SIZE + round % 3)
        v = u
        for _ in range(10):
            v = times_transposed(times(u))
            u = times_transposed(times(v))
        uv = 0.0
        vv = 0.0
        for i in range(len(u)):
            uv += u[i] * v[i]
            vv += v[i] * v[i]
        checksum += int(math.sqrt(uv / vv) * 1e9)
    return checksum
