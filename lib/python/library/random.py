"""Python's module random, for programs: the numbers that CPython gives for a seed that is an integer.

Source: Matsumoto and Nishimura, "Mersenne Twister", ACM TOMACS 8 (1998), and their mt19937ar.c; Python Library
Reference, module random.
"""

from __future__ import annotations

from typing import Final, TypeVar

from core.reals import circular, exponential
from lang import leading_zeros, square_root, u64
from lib.python import clock

T = TypeVar("T")

SIZE: Final = 624
MIDDLE: Final = 397
MASK: Final = 0xFFFFFFFF


class Random:
    """A generator of numbers of its own."""

    state: list[int]  # SIZE numbers of 32 bits
    used: int  # of the state
    waiting: float  # of the two numbers that gauss makes at once; only if has_waiting
    has_waiting: bool

    def __init__(self, seed: int | None = None) -> None:
        self.state = []
        self.used = SIZE
        self.waiting = 0.0
        self.has_waiting = False
        self.seed(seed)

    def seed(self, a: int | None = None) -> None:
        """Start anew: from a number, or from the time."""
        number = int(clock.epoch()) if a is None else a
        if number < 0:
            number = -number
        key = [number & MASK]
        if number >> 32 != 0:
            key.append(number >> 32)
        self._start(19650218)
        at = 1
        part = 0
        for _ in range(max(SIZE, len(key))):
            before = self.state[at - 1]
            mixed = self.state[at] ^ _times(before ^ (before >> 30), 1664525)
            self.state[at] = (mixed + key[part] + part) & MASK
            at += 1
            part += 1
            if at >= SIZE:
                self.state[0] = self.state[SIZE - 1]
                at = 1
            if part >= len(key):
                part = 0
        for _ in range(SIZE - 1):
            before = self.state[at - 1]
            mixed = self.state[at] ^ _times(before ^ (before >> 30), 1566083941)
            self.state[at] = (mixed - at) & MASK
            at += 1
            if at >= SIZE:
                self.state[0] = self.state[SIZE - 1]
                at = 1
        self.state[0] = 0x80000000
        self.has_waiting = False

    def _start(self, seed: int) -> None:
        self.state = [seed]
        for index in range(1, SIZE):
            before = self.state[index - 1]
            self.state.append((_times(before ^ (before >> 30), 1812433253) + index) & MASK)
        self.used = SIZE

    def _renew(self) -> None:
        state = self.state
        for index in range(SIZE):
            both = (state[index] & 0x80000000) | (state[(index + 1) % SIZE] & 0x7FFFFFFF)
            twist = 0x9908B0DF if both & 1 else 0
            state[index] = state[(index + MIDDLE) % SIZE] ^ (both >> 1) ^ twist
        self.used = 0

    def _next(self) -> int:
        """Return 32 random bits."""
        if self.used >= SIZE:
            self._renew()
        number = self.state[self.used]
        self.used += 1
        number ^= number >> 11
        number ^= (number << 7) & 0x9D2C5680
        number ^= (number << 15) & 0xEFC60000
        return number ^ (number >> 18)

    def random(self) -> float:
        """Return a number of [0, 1)."""
        high = self._next() >> 5
        low = self._next() >> 6
        return (float(high) * 67108864.0 + float(low)) * (1.0 / 9007199254740992.0)

    def getrandbits(self, k: int) -> int:
        """Return k random bits, 62 at most.

        Raises:
            ValueError: k is negative.
        """
        if k < 0:
            raise ValueError("number of bits must be non-negative")
        if k == 0:
            return 0
        if k <= 32:
            return self._next() >> (32 - k)
        low = self._next()
        return low | (self._next() >> (64 - k)) << 32

    def _below(self, limit: int) -> int:
        """Return a number of range(limit)."""
        bits = 64 - int(leading_zeros(u64(limit)))
        number = self.getrandbits(bits)
        while number >= limit:
            number = self.getrandbits(bits)
        return number

    def randrange(self, start: int, stop: int | None = None, step: int = 1) -> int:
        """Return a number of range(start, stop, step), or of range(start).

        Raises:
            ValueError: the range is empty.
        """
        if stop is None:
            if start > 0:
                return self._below(start)
            raise ValueError("empty range for randrange()")
        width = stop - start
        if step == 1:
            if width > 0:
                return start + self._below(width)
            raise ValueError(f"empty range for randrange() ({start}, {stop}, {width})")
        if step == 0:
            raise ValueError("zero step for randrange()")
        count = (width + step - 1) // step if step > 0 else (width + step + 1) // step
        if count <= 0:
            raise ValueError("empty range for randrange()")
        return start + step * self._below(count)

    def randint(self, a: int, b: int) -> int:
        """Return a number from a to b, both included.

        Raises:
            ValueError: there is none.
        """
        return self.randrange(a, b + 1)

    def choice(self, seq: list[T]) -> T:
        """Return an item.

        Raises:
            IndexError: there is none.
        """
        if len(seq) == 0:
            raise IndexError("Cannot choose from an empty sequence")
        return seq[self._below(len(seq))]

    def shuffle(self, x: list[T]) -> None:
        """Bring the items into a random order."""
        for index in range(len(x) - 1, 0, -1):
            other = self._below(index + 1)
            item = x[index]
            x[index] = x[other]
            x[other] = item

    def sample(self, population: list[T], k: int) -> list[T]:
        """Return k items of different places.

        Raises:
            ValueError: there are less.
        """
        count = len(population)
        if not 0 <= k <= count:
            raise ValueError("Sample larger than population or is negative")
        size = 21
        if k > 5:
            power = 1
            while power < k * 3:
                power *= 4
            size += power
        result: list[T] = []
        if count <= size:
            pool = population.copy()
            for index in range(k):
                at = self._below(count - index)
                result.append(pool[at])
                pool[at] = pool[count - index - 1]
        else:
            selected: set[int] = set()
            for _ in range(k):
                at = self._below(count)
                while at in selected:
                    at = self._below(count)
                selected.add(at)
                result.append(population[at])
        return result

    def choices(
        self, population: list[T], weights: list[float] | None = None, *, k: int = 1
    ) -> list[T]:
        """Return k items, each of any place, with a probability in proportion to its weight.

        Raises:
            ValueError: there is not one weight for each item, or their sum is not positive.
        """
        count = len(population)
        if weights is None:
            return [population[int(self.random() * float(count))] for _ in range(k)]
        if len(weights) != count:
            raise ValueError("The number of weights does not match the population")
        sums: list[float] = []
        total = 0.0
        for weight in weights:
            total += weight
            sums.append(total)
        if total <= 0.0:
            raise ValueError("Total of weights must be greater than zero")
        return [population[_place(sums, self.random() * total, count - 1)] for _ in range(k)]

    def uniform(self, a: float, b: float) -> float:
        return a + (b - a) * self.random()

    def gauss(self, mu: float = 0.0, sigma: float = 1.0) -> float:
        """Return a number of the normal distribution."""
        if self.has_waiting:
            self.has_waiting = False
            return mu + self.waiting * sigma
        angle = self.random() * 6.283185307179586
        length = square_root(-2.0 * exponential.log(1.0 - self.random()))
        self.waiting = circular.sin(angle) * length
        self.has_waiting = True
        return mu + circular.cos(angle) * length * sigma

    def expovariate(self, lambd: float = 1.0) -> float:
        return -exponential.log(1.0 - self.random()) / lambd


def _times(number: int, factor: int) -> int:
    """Return the lower 32 bits of a product, whose factors have 32 bits."""
    low = (number & 0xFFFF) * factor
    high = (number >> 16) * factor
    return (low + ((high & 0xFFFF) << 16)) & MASK


def _place(sums: list[float], number: float, last: int) -> int:
    """Return the first place whose sum is greater than a number."""
    low, high = 0, last
    while low < high:
        middle = (low + high) // 2
        if number < sums[middle]:
            high = middle
        else:
            low = middle + 1
    return low


_common: Random | None = None


def _shared() -> Random:
    """Return the generator behind the functions of the module."""
    global _common
    found = _common
    if found is None:
        found = Random()
        _common = found
    return found


def seed(a: int | None = None) -> None:
    _shared().seed(a)


def random() -> float:
    return _shared().random()


def getrandbits(k: int) -> int:
    return _shared().getrandbits(k)


def randrange(start: int, stop: int | None = None, step: int = 1) -> int:
    return _shared().randrange(start, stop, step)


def randint(a: int, b: int) -> int:
    return _shared().randint(a, b)


def choice(seq: list[T]) -> T:
    return _shared().choice(seq)


def shuffle(x: list[T]) -> None:
    _shared().shuffle(x)


def sample(population: list[T], k: int) -> list[T]:
    return _shared().sample(population, k)


def choices(population: list[T], weights: list[float] | None = None, *, k: int = 1) -> list[T]:
    return _shared().choices(population, weights, k=k)


def uniform(a: float, b: float) -> float:
    return _shared().uniform(a, b)


def gauss(mu: float = 0.0, sigma: float = 1.0) -> float:
    return _shared().gauss(mu, sigma)


def expovariate(lambd: float = 1.0) -> float:
    return _shared().expovariate(lambd)
