"""Division of 128-bit integers against Python's own."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

EDGES = sorted({(1 << n) + d for n in range(0, 129, 16) for d in (-1, 0, 1)})

unsigned = st.integers(0, (1 << 128) - 1) | st.sampled_from([e for e in EDGES if e < 1 << 128])
unsigned |= st.builds(lambda a, n: a >> n, unsigned, st.integers(0, 127))
signed = st.builds(lambda number: number - (1 << 127), unsigned) | st.integers(-9, 9)


@given(unsigned, unsigned.filter(bool))
@settings(max_examples=500)
@example((1 << 128) - 1, 1)
@example((1 << 128) - 1, (1 << 64) - 1)
@example((1 << 128) - 1, 1 << 64)
@example((0x7FFFFFFF << 96) + (0x80000000 << 64), (0x80000000 << 32) + 1)
def test_unsigned(implementation, dividend, divisor) -> None:
    module = implementation("core.integers128")
    assert module.divide_unsigned(dividend, divisor) == dividend // divisor
    assert module.remainder_unsigned(dividend, divisor) == dividend % divisor


@given(signed, signed.filter(bool))
@settings(max_examples=500)
@example(-(1 << 127), 1)
@example(-(1 << 127), -1)
def test_signed_rounds_toward_zero(implementation, dividend, divisor) -> None:
    module = implementation("core.integers128")
    quotient = abs(dividend) // abs(divisor)
    if (dividend < 0) != (divisor < 0):
        quotient = -quotient
    wrapped = (quotient + (1 << 127)) % (1 << 128) - (1 << 127)  # the one that has no place wraps
    assert module.divide_signed(dividend, divisor) == wrapped
    assert module.remainder_signed(dividend, divisor) == dividend - quotient * divisor


def test_every_normalising_shift(implementation) -> None:
    module = implementation("core.integers128")
    for divisor in (d for n in range(1, 129) for d in ((1 << n) - 1, 1 << n - 1)):
        for dividend in (divisor << 63, (1 << 128) - 1, divisor * divisor - 1):
            dividend %= 1 << 128
            assert module.divide_unsigned(dividend, divisor) == dividend // divisor
