"""The functions of real numbers against Python's own, and against exact arithmetic."""

from __future__ import annotations

import decimal
import math
import random
import struct
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from compiler.testing import native

FLOATS = st.floats(allow_nan=False)
FINITE = st.floats(allow_nan=False, allow_infinity=False)


@pytest.fixture(scope="module")
def reals():
    return native(Path(__file__).with_name("reals_subject.py"))


def ordered(x: float) -> int:
    """A number for each float, such that neighbours differ by 1."""
    bits = struct.unpack("<q", struct.pack("<d", x))[0]
    return bits if bits >= 0 else -(bits & (1 << 63) - 1)


def expected(function, *values: float) -> float:
    """What C's function gives: Python's, but for what Python raises."""
    try:
        return function(*values)
    except OverflowError:
        return math.inf
    except ValueError:
        return math.nan


def is_near(value: float, wanted: float, steps: int = 1) -> bool:
    """Whether two floats are the same, or neighbours: C's functions do not always give the nearest."""
    if math.isnan(wanted) or math.isinf(wanted):
        return abs(value) == abs(wanted) or (math.isnan(value) and math.isnan(wanted))
    return abs(ordered(value) - ordered(wanted)) <= steps


@pytest.mark.parametrize(
    "name",
    [
        "sin",
        "cos",
        "tan",
        "atan",
        "exp",
        "expm1",
        "sinh",
        "cosh",
        "tanh",
        "cbrt",
        "floor",
        "ceil",
        "trunc",
    ],
)
@given(x=FINITE)
@settings(max_examples=150)
def test_functions_of_all_numbers(reals, name: str, x: float) -> None:
    by_python = getattr(math, name, None) or (lambda x: math.copysign(abs(x) ** (1 / 3), x))
    wanted = expected(lambda x: float(by_python(x)), x)
    value = getattr(reals, name)(x)
    if name == "cbrt":
        assert math.isclose(value, wanted, rel_tol=1e-14)
    elif name in ("floor", "ceil", "trunc"):
        assert value == wanted
    else:
        steps = 3 if name.endswith("h") else 1  # as far as C's are from the truth
        assert is_near(value, wanted, steps), (x, value, wanted)


@pytest.mark.parametrize("name", ["sin", "cos", "tan"])
@pytest.mark.parametrize("x", [1e6, 1000001.0, 1048575.9, 2.0**20, 2.0**53, 2.0**54, -1000001.0])
def test_angles_at_the_borders_between_methods(reals, name: str, x: float) -> None:
    assert is_near(getattr(reals, name)(x), getattr(math, name)(x))


@pytest.mark.parametrize("name", ["sin", "cos", "tan", "exp", "atan", "asin", "acos"])
@given(x=st.floats(-1, 1))
@settings(max_examples=150)
def test_functions_near_0(reals, name: str, x: float) -> None:
    assert is_near(getattr(reals, name)(x), getattr(math, name)(x))


@pytest.mark.parametrize("name", ["log", "log2", "log10", "log1p"])
@given(x=st.floats(min_value=0, exclude_min=True, allow_infinity=False))
@settings(max_examples=150)
def test_logarithms(reals, name: str, x: float) -> None:
    assert is_near(getattr(reals, name)(x), getattr(math, name)(x))


@pytest.mark.parametrize("name", ["sin", "cos", "exp", "log", "atan"])
def test_most_results_are_those_of_c(reals, name: str) -> None:
    points = [0.001 + index * 0.37 for index in range(1000)]
    points = [x for x in points if name != "exp" or x < 700]
    same = sum(getattr(reals, name)(x) == getattr(math, name)(x) for x in points)
    assert same >= len(points) * 0.99


def test_exponentials_and_logarithms_are_the_nearest_floats(reals) -> None:
    points = random.Random(5)
    with decimal.localcontext() as context:
        context.prec = 50
        for _ in range(400):
            x, y = 2.0 ** points.uniform(-30, 30), points.uniform(-40, 40)
            exact, power = decimal.Decimal(x), decimal.Decimal(y)
            assert reals.power(x, y) == float(exact**power), (x, y)
            assert reals.log(x) == float(exact.ln()), x
            assert reals.log1p(x) == float((exact + 1).ln()), x
            assert reals.exp(y) == float(power.exp()), y
            assert reals.expm1(y / 40) == float(decimal.Decimal(y / 40).exp() - 1), y / 40


STEPS = [j / 64 for j in range(45, 92)]
BETWEEN = [(j + 0.5) / 64 for j in range(45, 91)]  # where the nearest step changes


def test_what_is_nearly_a_logarithm_is_as_near_as_said(reals) -> None:
    points = random.Random(6)
    numbers = [each * (1 + side) for each in STEPS + BETWEEN for side in (-1e-15, 0, 1e-15, 1e-9)]
    numbers += [2.0 ** points.uniform(-1074, 1024) for _ in range(300)]
    numbers += [1 + points.uniform(-1, 1) * 2.0**-n for n in range(1, 53) for _ in range(4)]
    with decimal.localcontext() as context:
        context.prec = 60
        for x in numbers:
            found = decimal.Decimal(reals.near_log(x, False)) + decimal.Decimal(
                reals.near_log(x, True)
            )
            exact = decimal.Decimal(x).ln()
            assert abs(found - exact) <= abs(exact) * decimal.Decimal(2) ** -66, x


def test_what_is_nearly_an_exponential_is_as_near_as_said(reals) -> None:
    points = random.Random(7)
    step = math.log(2) / 64
    numbers = [j * step * (1 + side) for j in range(-99, 99) for side in (-1e-15, 0, 1e-9)]
    numbers += [(j + 0.5) * step for j in range(-99, 99)]
    numbers += [points.uniform(-746, 710) for _ in range(300)]
    with decimal.localcontext() as context:
        context.prec = 60
        for x in numbers:
            low = x * points.uniform(-1, 1) * 2.0**-54
            parts = [decimal.Decimal(reals.near_exp(x, low, is_low)) for is_low in (False, True)]
            found = sum(parts) * decimal.Decimal(2) ** reals.exponent_of_exp(x, low)
            exact = (decimal.Decimal(x) + decimal.Decimal(low)).exp()
            assert abs(found - exact) <= exact * decimal.Decimal(2) ** -66, (x, low)


def test_what_may_round_to_two_floats_is_not_certain(reals) -> None:
    half = 2.0**-53
    assert reals.is_certain(1.0, half / 2, half / 4)
    assert not reals.is_certain(1.0, half, half / 4)
    assert not reals.is_certain(1.0, half * 0.999, half * 0.01)
    assert reals.is_certain(1.0, -half / 4, half / 8)


@given(x=st.floats(min_value=0, exclude_min=True, allow_infinity=False))
def test_a_power_of_a_half_is_the_root(reals, x: float) -> None:
    assert reals.power(x, 0.5) == math.sqrt(x)


@given(x=st.floats(0, 1e6), y=st.floats(-40, 40))
@settings(max_examples=300)
def test_powers(reals, x: float, y: float) -> None:
    if x == 0 and y < 0:
        return
    assert is_near(reals.power(x, y), expected(math.pow, x, y))


@given(x=FLOATS, y=FLOATS)
@settings(max_examples=300)
@example(-2.0, 3.0)
@example(-1.0, 1.0000000000000002e20)
@example(-1.0, -1.5e300)
@example(-2.0, 0.5)
@example(0.0, -1.0)
@example(-math.inf, 3.0)
def test_powers_of_anything(reals, x: float, y: float) -> None:
    wanted = expected(math.pow, x, y)
    if x == 0 and y < 0:
        wanted = math.copysign(math.inf, x) if y % 2 == 1 else math.inf
    value = reals.power(x, y)
    assert is_near(value, wanted) or math.isinf(value), (x, y, value, wanted)


@given(y=FLOATS, x=FLOATS)
@settings(max_examples=300)
def test_angles_of_points(reals, y: float, x: float) -> None:
    assert is_near(reals.atan2(y, x), math.atan2(y, x)), (y, x)


@given(x=FINITE, y=FINITE.filter(bool))
@settings(max_examples=500)
def test_quotients_and_remainders(reals, x: float, y: float) -> None:
    assert reals.remainder(x, y) == math.fmod(x, y)
    quotient, modulo = divmod(x, y)
    assert reals.quotient(x, y) == quotient
    assert math.copysign(1, reals.modulo(x, y)) == math.copysign(1, modulo)
    assert reals.modulo(x, y) == modulo


@given(x=FINITE)
def test_the_nearest_whole_number(reals, x: float) -> None:
    assert reals.nearest(x) == float(round(x))


@given(x=FINITE, exponent=st.integers(-2200, 2200))
def test_scaling(reals, x: float, exponent: int) -> None:
    assert reals.scaled(x, exponent) == expected(math.ldexp, x, exponent) or math.isinf(
        reals.scaled(x, exponent)
    )


NUMBERS = st.one_of(
    FINITE.map(repr),
    FINITE.map(lambda x: f"{x:.40e}"),
    st.from_regex(r"[+-]?[0-9]{1,30}(\.[0-9]{0,40})?(e[+-]?[0-9]{1,3})?", fullmatch=True),
    st.from_regex(r" *[0-9](_?[0-9])*\.?[0-9]* *", fullmatch=True),
)


@given(text=NUMBERS)
@settings(max_examples=600)
@example("inf")
@example("-Infinity")
@example("2.4703282292062327e-324")
@example("2.47032822920623272e-324")
@example("2.4703282292062328e-324")
@example("1.7976931348623158e308")
@example("1.7976931348623159e308")
@example("9007199254740993")
@example("9007199254740993.00000000000000000000000000001")
@example("0.500000000000000166533453693773481063544750213623046875")
@example("1" + "0" * 400)
@example("0." + "0" * 400 + "1e390")
@example("179769313486231580793" + "7" * 780 + "e-500")
def test_text_is_the_nearest_float(reals, text: str) -> None:
    assert reals.parse(bytearray(text.strip(" ").encode())) == float(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        ".",
        "e5",
        "1e",
        "1e+",
        "1__0",
        "_1",
        "1_",
        "1.e_5",
        "0x10",
        "1 2",
        "+-1",
        "in",
        "١x",
    ],
)
def test_what_is_no_number_is_refused(reals, text: str) -> None:
    with pytest.raises(Exception, match="BadFloat"):
        reals.parse(bytearray(text.encode()))
    with pytest.raises(ValueError, match="could not"):
        float(text)
