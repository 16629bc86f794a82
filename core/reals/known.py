"""Doubles that are known beforehand, computed to 200 bits while compiling: each is two floats in a row of a table.

LOGS        log(i / 64), from i = FIRST_LOG on
GROWTHS     2**(j / 64) - 1, for j from 0 to 63
FACTORIALS  1 / n!
ODD         1 / (2 n + 1)
"""

from __future__ import annotations

from typing import Final

from core.reals.double import Double
from lang import Array, comptime, f64, inline, no_raise, usize

STEPS: Final = 64  # to the unit, and to a doubling
FIRST_LOG: Final = 45  # STEPS times the root of 1/2, rounded
LAST_LOG: Final = 91
BITS = 200
LOG_2: Final[f64] = 0.6931471805599453
LOG_2_LOW: Final[f64] = 2.3190468138462996e-17
LOG_2_LOWEST: Final[f64] = 5.707708438416212e-34


@comptime
def _pair(value: int) -> list[float]:
    """Return the float nearest to value / 2**BITS, and the one nearest to what is left."""
    high = value / (1 << BITS)
    above, below = high.as_integer_ratio()
    return [high, (value * below - (above << BITS)) / (below << BITS)]


@comptime
def _log(above: int, below: int) -> int:
    """Return log(above / below) in units of 2**-BITS: the series of 2 artanh."""
    ratio = ((above - below) << BITS) // (above + below)
    total, power, divisor = 0, ratio, 1
    while power not in (0, -1):
        total += power // divisor
        power = power * ratio * ratio >> 2 * BITS
        divisor += 2
    return 2 * total


@comptime
def _growth(x: int) -> int:
    """Return exp(x) - 1, both in units of 2**-BITS."""
    total, term, divisor = 0, x, 1
    while term:
        total += term
        divisor += 1
        term = (term * x >> BITS) // divisor
    return total


@comptime
def _logs() -> Array[f64, 94]:
    floats = [part for i in range(FIRST_LOG, LAST_LOG + 1) for part in _pair(_log(i, STEPS))]
    return Array[f64, 94](*floats)


@comptime
def _growths() -> Array[f64, 128]:
    log_2 = _log(2, 1)
    floats = [part for j in range(STEPS) for part in _pair(_growth(log_2 * j // STEPS))]
    return Array[f64, 128](*floats)


@comptime
def _factorials() -> Array[f64, 20]:
    floats, factorial = [], 1
    for n in range(10):
        factorial *= max(n, 1)
        floats += _pair((1 << BITS) // factorial)
    return Array[f64, 20](*floats)


@comptime
def _odd() -> Array[f64, 18]:
    return Array[f64, 18](*[part for n in range(9) for part in _pair((1 << BITS) // (2 * n + 1))])


LOGS: Final = _logs()
GROWTHS: Final = _growths()
FACTORIALS: Final = _factorials()
ODD: Final = _odd()


@inline
@no_raise
def log_of_steps(steps: usize) -> Double:
    """Return log(steps / STEPS), for FIRST_LOG to LAST_LOG."""
    index = 2 * (steps - FIRST_LOG)
    return Double(LOGS[index], LOGS[index + 1])


@inline
@no_raise
def growth(steps: usize) -> Double:
    """Return 2**(steps / STEPS) - 1, for less than STEPS."""
    return Double(GROWTHS[2 * steps], GROWTHS[2 * steps + 1])


@inline
@no_raise
def inverse_factorial(n: usize) -> Double:
    """Return 1 / n!, for n up to 9."""
    return Double(FACTORIALS[2 * n], FACTORIALS[2 * n + 1])


@inline
@no_raise
def inverse_odd(n: usize) -> Double:
    """Return 1 / (2 n + 1), for n up to 8."""
    return Double(ODD[2 * n], ODD[2 * n + 1])
