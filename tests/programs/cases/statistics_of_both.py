"""statistics of ints and of floats."""

from __future__ import annotations

import statistics
from statistics import mean, median, StatisticsError


def main() -> None:
    ints = [3, 1, 4, 1, 5, 9, 2, 6]
    floats = [2.5, 0.1, 3.75, 1e3, -4.2]
    print(
        mean(ints),
        mean([1, 2, 3]),
        mean(floats),
        mean([0.1, 0.2, 0.3]),
        statistics.fmean(ints),
        statistics.fmean(floats),
    )
    print(
        median(ints),
        median([1, 3, 2]),
        median(floats),
        median([1.5, 2.5]),
        statistics.median_low(ints),
        statistics.median_high(ints),
    )
    print(statistics.mode([1, 1, 2]), statistics.mode("aabbb"), statistics.multimode("aabb"))
    print(
        statistics.stdev(ints),
        statistics.pstdev(ints),
        statistics.variance(ints),
        statistics.pvariance(ints),
        statistics.variance([1, 2, 3]),
    )
    print(
        statistics.stdev(floats),
        statistics.pstdev(floats),
        statistics.variance(floats),
        statistics.pvariance(floats),
    )
    m = mean(ints)
    print([round(x - m, 3) for x in ints], m * 2, f"{m:.2f}")
    for f in (0, 1):
        try:
            print(mean([1][:f]), statistics.stdev([1.0][:f]))
        except StatisticsError as error:
            print(error)


if __name__ == "__main__":
    main()
