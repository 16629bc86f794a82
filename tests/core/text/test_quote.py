"""Quoting against Python's repr() and ascii()."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

texts = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("'\"\\\t\n\r\0\x7f\x80"))


def written(quote, write, data: bytes) -> str:
    out = quote.TextBuffer(bytearray(2000))
    write(out, data)
    return bytes(out.text()).decode()


@given(texts)
@example("it's")
@example('it\'s "so"')
@example("\xa0\xad\u200b\ufffe\U0001f600\U0010ffff")
def test_text(implementation, text) -> None:
    quote = implementation("core.text.quote")
    assert written(quote, quote.write_repr, text.encode()) == repr(text)
    assert written(quote, quote.write_ascii, text.encode()) == ascii(text)


@given(st.binary(max_size=60) | texts.map(str.encode))
def test_bytes(implementation, data) -> None:
    quote = implementation("core.text.quote")
    assert written(quote, quote.write_bytes_repr, data) == repr(data)


@given(st.integers(0, 0x10FFFF))
def test_what_can_be_printed(implementation, code_point) -> None:
    is_printable = implementation("core.text.quote").is_printable
    assert is_printable(code_point) == chr(code_point).isprintable()
