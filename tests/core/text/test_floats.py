"""Floats as text against Python's own repr() and format()."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.text.format_spec import FormatSpec, parse_float_spec
from lang.layout import representation

MODULE = "core.text.floats"

floats = st.floats() | st.integers(0, (1 << 64) - 1).map(
    lambda bits: struct.unpack("<d", struct.pack("<Q", bits))[0]
)
near_ties = st.builds(lambda n, k: n / 2**k, st.integers(-(10**6), 10**6), st.integers(0, 12))

SPEC = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["", "<", ">", "=", "^", "*<", "x^", " ="]),
        st.sampled_from(["", "+", "-", " "]),
        st.sampled_from(["", "#"]),
        st.sampled_from(["", "1", "5", "12", "40", "0", "012", "017", "018", "019", "020"]),
        st.sampled_from(["", "_", ","]),
        st.sampled_from(["", ".0", ".1", ".2", ".3", ".6", ".17", ".40"]),
        st.sampled_from([*"eEfFgG%", ""]),
    ),
)


def written(implementation, value: float, spec: FormatSpec | None = None) -> str:
    module = implementation(MODULE)
    out = module.TextBuffer(bytearray(1000))
    (bits,) = struct.unpack("<Q", struct.pack("<d", value))
    if spec is None:
        module.write_float(out, bits)
    else:
        fields = [getattr(spec, name) for name in representation(FormatSpec).fields]
        module.format_float(out, bits, module.FormatSpec(*fields))
    return bytes(out.text()).decode()


@given(floats)
def test_a_float_is_the_shortest_text_that_reads_back(implementation, value: float) -> None:
    assert written(implementation, value) == repr(value)


@given(floats | near_ties, SPEC)
@settings(max_examples=300)
def test_a_specification_gives_what_python_gives(implementation, value: float, spec: str) -> None:
    shown = value
    if spec.endswith("%"):
        value, shown = value * 100.0, value  # the caller multiplies
    assert written(implementation, value, parse_float_spec(spec)) == format(shown, spec)


@pytest.mark.parametrize("width", [0, 1, 7, 12])
def test_zeros_pad_behind_the_sign(implementation, width: int) -> None:
    spec = f"+0{width}.2f" if width else "+.2f"
    assert written(implementation, 3.14159, parse_float_spec(spec)) == format(3.14159, spec)


@pytest.mark.parametrize("spec", ["d", "x", ".101f", "s"])
def test_refused(spec: str) -> None:
    with pytest.raises(ValueError, match="."):
        parse_float_spec(spec)
