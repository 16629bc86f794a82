"""Bytes moved, filled, compared and found, against bytearray."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

SIZES = [
    *range(40),
    47,
    48,
    63,
    64,
    65,
    79,
    80,
    81,
    127,
    128,
    129,
    130,
    200,
    255,
    256,
    257,
    263,
    300,
]


def pattern(size: int) -> bytes:
    return bytes(index * 7 % 251 for index in range(size))


def test_copying_touches_the_target_only(implementation) -> None:
    for size in SIZES:
        check_copy(implementation("core.memory").copy, implementation, size)


def check_copy(copy, implementation, size) -> None:
    source = implementation.memory(pattern(size + 3))
    target = implementation.memory(bytes(size + 5))
    copy(target.pointer(2), source.pointer(1), size)
    assert bytes(target) == bytes(2) + pattern(size + 3)[1 : 1 + size] + bytes(3)


@given(st.integers(0, 330), st.integers(0, 70), st.integers(0, 70))
@settings(max_examples=150)
def test_moving_may_overlap(implementation, size, source, target) -> None:
    move = implementation("core.memory").move
    data = pattern(size + 75)
    expected = bytearray(data)
    expected[target : target + size] = data[source : source + size]
    memory = implementation.memory(data)
    move(memory.pointer(target), memory.pointer(source), size)
    assert bytes(memory) == expected


def test_filling_takes_the_low_byte(implementation) -> None:
    for size in SIZES:
        target = implementation.memory(bytes(size + 4))
        implementation("core.memory").fill(target.pointer(2), -2, size)
        assert bytes(target) == bytes(2) + b"\xfe" * size + bytes(2)


@given(st.binary(max_size=30), st.binary(max_size=30), st.integers(0, 30))
def test_comparing_sorts_as_python_does(implementation, a, b, same) -> None:
    compare = implementation("core.memory").compare
    size = same + min(len(a), len(b))
    first, second = (pattern(same) + a)[:size], (pattern(same) + b)[:size]
    left, right = implementation.memory(first + b"x"), implementation.memory(second + b"y")
    result = compare(left.pointer(0), right.pointer(0), size)
    assert (result > 0) - (result < 0) == (first > second) - (first < second)


@given(st.binary(max_size=20), st.binary(max_size=20), st.integers(0, 30))
def test_telling_whether_bytes_differ(implementation, a, b, same) -> None:
    differ = implementation("core.memory").differ
    size = same + min(len(a), len(b))
    first, second = (pattern(same) + a)[:size], (pattern(same) + b)[:size]
    left, right = implementation.memory(first + b"x" * 9), implementation.memory(second + b"y" * 9)
    assert (differ(left.pointer(0), right.pointer(0), size) == 0) == (first == second)
    assert differ(left.pointer(0), left.pointer(0), size) == 0


def test_short_bytes_are_the_same_wherever_in_a_page_they_lie(implementation) -> None:
    memory = implementation("core.memory")
    data = pattern(4096 + 40)
    place = implementation.memory(data)
    for size in range(1, 9):
        for start in range(0, len(data) - 8, 1 if size in (1, 5) else 3):
            part = data[start : start + size]
            assert memory.load_up_to_8(place.pointer(start), size) == int.from_bytes(part, "little")
            same = implementation.memory(part)
            assert memory.differ(place.pointer(start), same.pointer(0), size) == 0


@given(
    st.lists(st.sampled_from([0, 1, 127, 128, 254, 255]), max_size=40), st.sampled_from([0, 1, 255])
)
def test_finding(implementation, data, byte) -> None:
    expected = data.index(byte) if byte in data else len(data)
    assert implementation("core.memory").find_byte(bytes(data), byte) == expected


@given(st.lists(st.sampled_from([0, 1, 126, 127, 128, 255]), max_size=40))
def test_finding_what_is_not_ascii(implementation, data) -> None:
    expected = next((index for index, byte in enumerate(data) if byte > 127), len(data))
    assert implementation("core.memory").find_non_ascii(bytes(data)) == expected


@given(st.lists(st.sampled_from([0, 32, 33, 97, 127, 128, 160, 161, 255]), max_size=40))
def test_finding_where_a_word_may_end(implementation, data) -> None:
    ends = (index for index, byte in enumerate(data) if not 0x21 <= byte < 0x80)
    assert implementation("core.memory").find_edge(bytes(data)) == next(ends, len(data))
