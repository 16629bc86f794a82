"""Objects of two sizes that replace each other in random places of two lists. The C file beside does the same."""

from __future__ import annotations

PLACES = 4096
STEPS = 10_000_000


class Short:
    def __init__(self, number: int) -> None:
        self.number = number


class Long:
    def __init__(self, number: int) -> None:
        self.number = number
        self.a = number
        self.b = number
        self.c = number
        self.d = number
        self.e = number


def main() -> int:
    shorts = [Short(number) for number in range(PLACES)]
    longs = [Long(number) for number in range(PLACES)]
    seed = 12345
    total = 0
    for step in range(STEPS):
        seed = (seed * 1103515245 + 12345) % 2147483648
        place = seed // 65536 % PLACES
        if seed % 3 == 0:
            longs[place] = Long(step)
            total += longs[(place + 1) % PLACES].number % 7
        else:
            shorts[place] = Short(step)
            total += shorts[(place + 1) % PLACES].number % 7
    print(total)
    return 0
