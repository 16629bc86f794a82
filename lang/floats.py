"""Floating-point numbers: `f64` is Python's own float, `f32` rounds to single precision."""

from __future__ import annotations

import math
import struct
from typing import Any, Self

f64 = float


class f32(float):
    """A single-precision number; what it computes with another `f32` is rounded to one again."""

    __slots__ = ()

    def __new__(cls, value: Any = 0.0) -> Self:
        return float.__new__(cls, struct.unpack("<f", struct.pack("<f", value))[0])

    def __add__(self, other: Any) -> Any:
        return _round_like(other, float(self) + other)

    def __sub__(self, other: Any) -> Any:
        return _round_like(other, float(self) - other)

    def __mul__(self, other: Any) -> Any:
        return _round_like(other, float(self) * other)

    def __truediv__(self, other: Any) -> Any:
        return _round_like(other, float(self) / other)

    def __neg__(self) -> f32:
        return f32(-float(self))

    def __abs__(self) -> f32:
        return f32(abs(float(self)))


def square_root(x: Any) -> Any:
    """Return the square root of a float, rounded to its precision; no number below 0."""
    result = math.sqrt(x) if x >= 0 else math.nan
    return f32(result) if isinstance(x, f32) else result


def _round_like(other: Any, result: float) -> float:
    """A literal takes the precision of the f32 beside it only if it is one already: f64 wins."""
    return f32(result) if isinstance(other, f32) else result
