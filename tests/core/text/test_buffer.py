"""TextBuffer: what is kept, what is lost, and what the hook gets."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

texts = st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=8), max_size=8)


def write_all(out, pieces) -> None:
    """Write each piece, runs of one ASCII character by `write_repeated`."""
    for piece in pieces:
        if len(piece) == 1 and piece.isascii():
            out.write_byte(ord(piece))
        elif piece and piece.isascii() and set(piece) == {piece[0]}:
            out.write_repeated(ord(piece[0]), len(piece))
        else:
            out.write(piece.encode())


@given(texts, st.integers(0, 40))
def test_what_is_kept_is_a_prefix_of_whole_characters(implementation, pieces, size) -> None:
    out = implementation("core.text.buffer").TextBuffer(bytearray(size))
    write_all(out, pieces)
    whole = "".join(pieces).encode()
    kept = bytes(out.text())
    assert whole.startswith(kept)
    assert kept.decode(errors="strict") is not None
    assert out.used + out.lost == len(whole)
    assert out.is_truncated == (len(whole) > size)


@given(texts, st.integers(4, 40))
def test_a_hook_gets_everything_in_order(implementation, pieces, size) -> None:
    module = implementation("tests.core.text.buffer_subject")
    subject = module.Subject(size)
    write_all(subject, pieces)
    subject.flush()
    assert bytes(module.kept_text()) == "".join(pieces).encode()
    assert not subject.is_truncated()


def test_clearing_starts_over(implementation) -> None:
    out = implementation("core.text.buffer").TextBuffer(bytearray(2))
    out.write(b"abc")
    assert out.is_truncated
    out.clear()
    out.write(b"de")
    assert bytes(out.text()) == b"de"
    assert not out.is_truncated
