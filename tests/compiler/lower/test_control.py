"""Control flow does what it does under CPython, in both builds."""

from __future__ import annotations

import pytest

from tests.compiler.lower.both import BUILDS, Both

SOURCE = """
def fails(n: int) -> int:
    if n % 3 == 0:
        raise ValueError
    if n % 3 == 1:
        raise KeyError
    return n


def handled(n: int) -> int:
    trace = 0
    try:
        trace = trace * 10 + 1
        fails(n)
        trace = trace * 10 + 2
    except ValueError:
        trace = trace * 10 + 3
    except (KeyError, IndexError):
        trace = trace * 10 + 4
    else:
        trace = trace * 10 + 5
    finally:
        trace = trace * 10 + 6
    return trace


def by_base_class(n: int) -> int:
    try:
        return fails(n)
    except LookupError:
        return 100
    except Exception:
        return 200


def raised_again(n: int) -> int:
    trace = 0
    try:
        try:
            fails(n)
        except KeyError:
            trace += 1
            raise
        finally:
            trace += 10
    except LookupError:
        trace += 100
    except ValueError:
        trace += 1000
    return trace


def return_in_finally(n: int) -> int:
    try:
        fails(n)
    finally:
        return n  # noqa: B012


def break_in_finally(n: int) -> int:
    seen = 0
    for i in range(10):
        seen += 1
        try:
            if i == n:
                return 1000 + i
        finally:
            if i == 4:
                break  # noqa: B012
    return seen


def continue_in_finally(n: int) -> int:
    seen = 0
    for i in range(6):
        try:
            seen += fails(n + i)
        finally:
            seen += 1
            if i < 4:
                continue  # noqa: B012
        seen += 100
    return seen


def through_three(n: int) -> int:
    trace = 1
    for i in range(3):
        try:
            try:
                trace = trace * 2
                if n == 1:
                    break
                if n == 2:
                    continue
                if n == 3:
                    return trace * 1000
                if n == 4:
                    raise IndexError
            finally:
                trace = trace * 3
        except IndexError:
            trace = trace * 5
        finally:
            trace = trace * 7
        trace = trace + i
    else:
        trace = trace + 500
    return trace


def value_before_finally(n: int) -> int:
    try:
        return n
    finally:
        n = 99


def raised_in_handler(n: int) -> int:
    try:
        try:
            fails(n)
        except ValueError:
            raise IndexError
        except KeyError:
            return fails(n + 1)
        return 7
    except IndexError:
        return 8


def raised_in_finally(n: int) -> int:
    try:
        try:
            fails(n)
        finally:
            if n > 5:
                raise OverflowError
    except OverflowError:
        return 1
    except ValueError:
        return 2
    except KeyError:
        return 3
    return 4


def loop_else(n: int) -> int:
    i = 0
    while i < n:
        if i == 4:
            break
        i += 1
    else:
        i += 100
    for j in range(n):
        if j == 6:
            break
    else:
        i += 1000
    return i


def steps(n: int) -> int:
    total = 0
    for i in range(0, n, 3):
        total = total * 7 + i
    for i in range(n, -4, -5):
        total = total * 7 + i
    for i in range(n, 20):
        total += i
    return total


def dynamic_steps(n: int) -> int:
    total = 0
    for i in range(-5, 15, n):
        total = total * 3 + i
    for i in range(15, -5, n):
        total = total * 3 + i
    return total


def counter_assigned(n: int) -> int:
    total = 0
    for i in range(n):
        total += i
        i = 100
        total += i
    return total


def bounds_once(n: int) -> int:
    total = 0
    stop = n
    for i in range(stop):
        stop = 100
        total += i + stop
    return total


def nested(n: int) -> int:
    total = 0
    for i in range(n):
        for j in range(i):
            if j == 3:
                break
            if (i + j) % 2:
                continue
            total += i * j
        else:
            total += 1000
    return total


def matched(n: int) -> int:
    match n:
        case 0:
            return 10
        case 1 | 2 | 3:
            return 20
        case -1:
            return 30
        case m if m > 50:
            return m
        case 7:
            return 40
    return 50


def switched(n: int) -> int:
    result = 0
    match n:
        case 0:
            result = 1
        case 1 | 5:
            result = 2
        case 2:
            result = 3
        case 3:
            return 99
        case _:
            result = 4
    return result * 10


def pair_matched(n: int) -> int:
    match n % 3, n % 2 == 0:
        case 0, True:
            return 1
        case (0, False) | (1, True):
            return 2
        case x, y if x == 2:
            return 3 + x + int(y)
        case _:
            return 9


def conditions(n: int) -> int:
    result = 0
    if n > 2 and n < 8 or n == 10:
        result += 1
    if not (n > 2 and n < 8):
        result += 2
    if 1 < n < 5 != 3:
        result += 4
    result += 8 if n % 2 else 16
    flag = n > 3 and n % 2 == 0
    return result + (32 if flag else 64)


def walrus(n: int) -> int:
    total = 0
    while (half := n // 2) > 1:
        total += half
        n = half
    return total


def asserted(n: int) -> int:
    assert n != 3
    assert n < 8 and n != 5
    return n


def unpacked(n: int) -> int:
    a, b = n, n + 1
    a, b = b, a
    (c, d), e = (a, b), a * b
    return a * 10000 + b * 1000 + c * 100 + d * 10 + e
"""

FUNCTIONS = [
    "handled",
    "by_base_class",
    "raised_again",
    "return_in_finally",
    "break_in_finally",
    "continue_in_finally",
    "through_three",
    "value_before_finally",
    "raised_in_handler",
    "raised_in_finally",
    "loop_else",
    "steps",
    "dynamic_steps",
    "counter_assigned",
    "bounds_once",
    "nested",
    "matched",
    "switched",
    "pair_matched",
    "conditions",
    "walrus",
    "asserted",
    "unpacked",
]


@pytest.mark.parametrize("build", BUILDS)
@pytest.mark.parametrize("name", FUNCTIONS)
def test_it_does_what_cpython_does(name: str, build: str) -> None:
    Both(SOURCE, "control", build).agree_on(name, range(-3, 12))
