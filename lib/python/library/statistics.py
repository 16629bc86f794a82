"""Python's module statistics, for programs: means, medians, modes and deviations of ints and of floats.

CPython computes with fractions and rounds once. Here ints are exact as far as 64 bits go; floats are summed with
some 100 bits (core/reals/double.py).

Source: Python Library Reference, module statistics; CPython 3.11, Lib/statistics.py.
"""

from __future__ import annotations

from typing import TypeVar

from core.reals import double
from core.reals.double import Double

T = TypeVar("T")

_HALF_BITS = 32


class StatisticsError(ValueError):
    """The data are too few."""


# Averages ----------------------------------------------------------------------------------------


def mean(data: list[int]) -> int | float:
    """Return the sum by the count: an int if it is whole.

    Raises:
        StatisticsError: there are no data.
    """
    _require(data, 1, "mean requires at least one data point")
    return _ratio(sum(data), len(data))


def mean__floats(data: list[float]) -> float:
    _require(data, 1, "mean requires at least one data point")
    return double.divide(_sum(data), double.whole(float(len(data)))).high


def fmean(data: list[float]) -> float:
    """Return the mean as a float.

    Raises:
        StatisticsError: there are no data.
    """
    _require(data, 1, "fmean requires at least one data point")
    return _sum(data).high / len(data)


def fmean__ints(data: list[int]) -> float:
    return fmean([float(each) for each in data])


def median(data: list[int]) -> int | float:
    """Return the value in the middle, or the mean of the two there.

    Raises:
        StatisticsError: there are no data.
    """
    lower, upper = _middle(data)
    if len(data) % 2 == 1:
        return lower
    return (lower + upper) / 2


def median__floats(data: list[float]) -> float:
    lower, upper = _middle(data)
    if len(data) % 2 == 1:
        return lower
    return (lower + upper) / 2


def median_low(data: list[T]) -> T:
    """Return the value in the middle, or the lower of the two there.

    Raises:
        StatisticsError: there are no data.
    """
    return _middle(data)[0]


def median_high(data: list[T]) -> T:
    """Return the value in the middle, or the higher of the two there.

    Raises:
        StatisticsError: there are no data.
    """
    return _middle(data)[1]


def _middle(data: list[T]) -> tuple[T, T]:
    """Return the lower and the higher of the two values in the middle; the same one twice if there are not two."""
    _require(data, 1, "no median for empty data")
    ordered = sorted(data)
    return ordered[(len(data) - 1) // 2], ordered[len(data) // 2]


def mode(data: list[T]) -> T:
    """Return the value that comes most often, the first of several.

    Raises:
        StatisticsError: there are no data.
    """
    _require(data, 1, "no mode for empty data")
    return multimode(data)[0]


def multimode(data: list[T]) -> list[T]:
    """Return all values that come most often, in their order."""
    counts: dict[T, int] = {}
    for each in data:
        counts[each] = counts.get(each, 0) + 1
    most = 0
    for count in counts.values():
        most = max(most, count)
    return [each for each, count in counts.items() if count == most]


# Deviations --------------------------------------------------------------------------------------


def variance(data: list[int]) -> int | float:
    """Return the variance of a sample: an int if it is whole.

    Raises:
        StatisticsError: there are fewer than two data.
    """
    _require(data, 2, "variance requires at least two data points")
    return _ratio(_squares(data), len(data) * (len(data) - 1))


def variance__floats(data: list[float]) -> float:
    _require(data, 2, "variance requires at least two data points")
    return double.divide(_float_squares(data), double.whole(float(len(data) - 1))).high


def pvariance(data: list[int]) -> int | float:
    """Return the variance of a whole population: an int if it is whole.

    Raises:
        StatisticsError: there are no data.
    """
    _require(data, 1, "pvariance requires at least one data point")
    return _ratio(_squares(data), len(data) * len(data))


def pvariance__floats(data: list[float]) -> float:
    _require(data, 1, "pvariance requires at least one data point")
    return double.divide(_float_squares(data), double.whole(float(len(data)))).high


def stdev(data: list[int]) -> float:
    """Return the square root of the variance of a sample.

    Raises:
        StatisticsError: there are fewer than two data.
    """
    _require(data, 2, "stdev requires at least two data points")
    count = len(data)
    return _root(double.divide(_of_int(_squares(data)), _of_int(count * (count - 1))))


def stdev__floats(data: list[float]) -> float:
    _require(data, 2, "stdev requires at least two data points")
    return _root(double.divide(_float_squares(data), double.whole(float(len(data) - 1))))


def pstdev(data: list[int]) -> float:
    """Return the square root of the variance of a whole population.

    Raises:
        StatisticsError: there are no data.
    """
    _require(data, 1, "pstdev requires at least one data point")
    count = len(data)
    return _root(double.divide(_of_int(_squares(data)), _of_int(count * count)))


def pstdev__floats(data: list[float]) -> float:
    _require(data, 1, "pstdev requires at least one data point")
    return _root(double.divide(_float_squares(data), double.whole(float(len(data)))))


def _require(data: list[T], count: int, refusal: str) -> None:
    if len(data) < count:
        raise StatisticsError(refusal)


def _ratio(top: int, bottom: int) -> int | float:
    return top // bottom if top % bottom == 0 else top / bottom


def _squares(data: list[int]) -> int:
    """Return the sum of the squares of the differences from the mean, times the count."""
    total = sum(data)
    return len(data) * sum([each * each for each in data]) - total * total


def _root(square: Double) -> float:
    return double.root(square).high if square.high > 0.0 else 0.0


def _of_int(number: int) -> Double:
    """Return an int, all of its bits."""
    high = number >> _HALF_BITS << _HALF_BITS
    return double.sum_of(float(high), float(number - high))


def _sum(data: list[float]) -> Double:
    total = double.whole(0.0)
    for each in data:
        total.set(double.add(total, double.whole(each)))
    return total


def _float_squares(data: list[float]) -> Double:
    """Return the sum of the squares of the differences from the mean."""
    average = double.divide(_sum(data), double.whole(float(len(data))))
    total = double.whole(0.0)
    for each in data:
        difference = double.add(double.whole(each), double.negative(average))
        total.set(double.add(total, double.multiply(difference, difference)))
    return total
