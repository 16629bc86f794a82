"""UTF-8 against Python's codec."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
edges = st.sampled_from([b"\xc0\x80", b"\xed\xa0\x80", b"\xe0\x9f\xbf", b"\xf0\x8f\x80\x80"])
almost_texts = st.lists(texts.map(str.encode) | st.binary(max_size=3) | edges, max_size=5).map(
    b"".join
)
code_points = st.integers(0, 0x10FFFF).filter(lambda number: not 0xD800 <= number <= 0xDFFF)


def first_invalid(data: bytes) -> int:
    try:
        data.decode()
    except UnicodeDecodeError as error:
        return error.start
    return len(data)


@given(almost_texts)
@example(b"\xf4\x8f\xbf\xbf")
@example(b"\xf4\x90\x80\x80")
@example(b"\xed\x9f\xbf\xee\x80\x80")
def test_validation_agrees_with_python(implementation, data) -> None:
    utf8 = implementation("core.text.utf8")
    assert utf8.find_invalid(data) == first_invalid(data)
    assert utf8.is_valid(data) == (first_invalid(data) == len(data))


def test_every_pair_of_leading_bytes(implementation) -> None:
    utf8 = implementation("core.text.utf8")
    for first, second in product(range(0x80, 0x100), range(0, 0x100, 16)):
        for data in (bytes([first, second, 0x80, 0x80]), bytes([first, second])):
            assert utf8.find_invalid(data) == first_invalid(data)


@given(texts.filter(bool))
def test_decoding_walks_over_the_code_points(implementation, text) -> None:
    utf8 = implementation("core.text.utf8")
    rest = text.encode()
    for character in text:
        code_point, size = utf8.decode(rest)
        assert (code_point, size) == (ord(character), len(character.encode()))
        rest = rest[size:]
    assert not rest


@given(st.binary(min_size=1, max_size=6).filter(lambda data: first_invalid(data) == 0))
def test_what_is_invalid_decodes_to_the_replacement(implementation, data) -> None:
    assert implementation("core.text.utf8").decode(data) == (0xFFFD, 1)


@given(code_points)
def test_encoding(implementation, code_point) -> None:
    into = bytearray(4)
    size = implementation("core.text.utf8").encode(code_point, into)
    assert into[:size] == chr(code_point).encode()


@pytest.mark.parametrize("number", [0xD800, 0xDFFF, 0x110000, 0xFFFFFFFF])
def test_what_is_no_code_point_encodes_as_the_replacement(implementation, number) -> None:
    into = bytearray(4)
    size = implementation("core.text.utf8").encode(number, into)
    assert into[:size].decode() == "\ufffd"


@given(texts, st.integers(0, 25))
def test_counting_and_cutting(implementation, text, limit) -> None:
    utf8 = implementation("core.text.utf8")
    data = text.encode()
    assert utf8.count(data) == len(text)
    assert utf8.prefix_size(data, limit) == len(text[:limit].encode())


@given(texts.filter(bool), st.data())
def test_a_boundary_is_where_a_code_point_starts(implementation, text, draw) -> None:
    data = text.encode()
    limit = draw.draw(st.integers(0, len(data) - 1))
    boundary = implementation("core.text.utf8").floor_boundary(data, limit)
    assert data[:boundary].decode() == data[:limit].decode(errors="ignore")


@given(texts, st.integers(0, 80))
def test_a_code_point_in_two_pieces_is_kept_for_the_second(implementation, text, cut) -> None:
    first = text.encode()[:cut]
    whole = implementation("core.text.utf8").whole_size(first)
    assert first[:whole].decode() == first.decode(errors="ignore")


@given(st.binary(max_size=6))
def test_what_is_kept_could_go_on(implementation, data) -> None:
    whole = implementation("core.text.utf8").whole_size(data)
    kept = data[whole:]
    assert len(kept) < 4
    assert not kept or 0xC2 <= kept[0] <= 0xF4
