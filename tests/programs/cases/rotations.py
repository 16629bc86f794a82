"""Rotations of 32 bits by shifts, of numbers that have more bits or a sign, too; and numbers that do not stay below 2**32."""

from __future__ import annotations

WORD = 0xFFFFFFFF


def right(x: int, n: int) -> int:
    return (x >> n | x << (32 - n)) & WORD


def right_other_way_round(x: int, n: int) -> int:
    return WORD & ((x << (32 - n)) | (x >> n))


def left(x: int, n: int) -> int:
    return ((x << n) & WORD) | (x >> (32 - n))


def left_masked_last(x: int, n: int) -> int:
    return x >> (32 - n) | (x << n & WORD)


def by_seven(x: int) -> int:
    return (x << 7 | x >> 25) & WORD


def other_sum(x: int, n: int) -> int:
    return (x >> n | x << (31 - n)) & WORD


def other_number(x: int, y: int, n: int) -> int:
    return (x >> n | y << (32 - n)) & WORD


def other_mask(x: int, n: int) -> int:
    return (x >> n | x << (32 - n)) & 0xFFFF_FFFE


def fits(x: int, shift: int) -> bool:
    return shift <= 0 or abs(x) < 1 << 62 - shift


def shown(x: int, n: int) -> None:
    print(x, n, end=": ")
    try:
        if fits(x, n):
            print(left(x, n), left_masked_last(x, n), end=" ")
        if fits(x, 7):
            print(by_seven(x), end=" ")
        if fits(x + 1, 32 - n):
            print(right(x, n), right_other_way_round(x, n), other_number(x, x + 1, n), end=" ")
            print(other_mask(x, n), other_sum(x, n))
    except ValueError:
        print("no")


def overflows(x: int, n: int) -> str:
    """A rotation of a number of 32 bits fails exactly if the shifts do."""
    try:
        return f"{left(x, n)}"
    except OverflowError:
        return "too large"


def mixed(
    numbers: list[int], a: int, b: int, c: int, d: int, rounds: int
) -> tuple[int, int, int, int]:
    """Numbers that take each other's place."""
    for i in range(rounds):
        e = (right(a, 6) ^ left(b, 11)) + numbers[i] & WORD
        a, b, c, d = e, a, b ^ d >> 1, c % 1000003 | b & 0xFF
    return a, b, c, d


def growing(a: int, b: int, rounds: int) -> tuple[int, int, int]:
    """A number that is large from the third iteration on, by way of another one."""
    seen = 0
    for i in range(rounds):
        seen ^= right(b, 13) ^ i
        if i == rounds // 2:
            a = a + (1 << 33)
        b = a
    return a, b, seen


def falling(a: int, b: int, rounds: int) -> tuple[int, int]:
    for i in range(rounds):
        b = right(a, 5) if i % 3 != 2 else b >> 1
        a -= 1000
    return a, b


def now_and_then(xs: list[int], rounds: int) -> int:
    """What is read was mostly bound in an earlier iteration, or in front of the loop."""
    last = -5
    total = 0
    for i in range(rounds):
        if xs[i] > 50:
            last = xs[i] & WORD
        total ^= left(last, 4) + i
    return total


def main() -> None:
    numbers = [
        0,
        1,
        5,
        0x80000000,
        0x12345678,
        WORD,
        WORD + 1,
        1 << 40,
        -1,
        -0x80000000,
        -(1 << 33),
    ]
    for x in numbers:
        for n in (1, 2, 8, 16, 31, 32):
            shown(x, n)
    print(overflows(1 << 31, 31), overflows(WORD, 31), overflows(1 << 30, 32))
    shown(77, 0)
    shown(0x7FFFFFFF, 33)
    shown(3, -1)
    print(mixed([3, -9, 1 << 40, WORD, 12] * 5, 1, 2, 3, 4, 25))
    print(mixed([3, -9, 7, WORD, 12] * 5, WORD, 1 << 33, WORD, WORD, 25))
    print(mixed([1] * 5, -1, 2, 3, 1 << 50, 5))
    print(growing(0xFFFF0000, 1, 6), growing(WORD, WORD, 9), growing(5, 6, 0))
    print(falling(2000, 7, 9), falling(1 << 33, 7, 9), falling(0, 7, 2))
    print(now_and_then([1, 2, 3, 60, 1, 99, -4] * 3, 21), now_and_then([1, 2], 2))


if __name__ == "__main__":
    main()
