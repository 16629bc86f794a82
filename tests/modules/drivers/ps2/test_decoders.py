"""What keyboards and mice send, as keys and movements."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compiler.testing import native
from core.input.key import Key

CODES = {0x1C: Key.A, 0x5A: Key.ENTER, 0x14: Key.LEFT_CONTROL, 0x77: Key.NUM_LOCK, 0x83: Key.F7}
EXTENDED_CODES = {0x14: Key.RIGHT_CONTROL, 0x75: Key.UP, 0x5A: Key.PAD_ENTER, 0x7C: Key.PRINT}
LATE_NS = 200_000_000


@pytest.fixture(scope="module")
def decoders():
    return native(Path(__file__).parent / "decoders_subject.py")


def keys(decoders, data: bytes) -> list[tuple[Key, bool]]:
    events = [decoders.take_key(byte) for byte in data]
    return [(Key(key), is_release) for key, is_release in events if key != 0]


# Keyboards --------------------------------------------------------------------------------------


def a_key() -> st.SearchStrategy[tuple[bytes, list[tuple[Key, bool]]]]:
    """What a keyboard sends for something, and what that means."""
    plain = st.tuples(st.sampled_from(sorted(CODES)), st.booleans()).map(
        lambda case: (bytes([0xF0] * case[1] + [case[0]]), [(CODES[case[0]], case[1])])
    )
    extended = st.tuples(st.sampled_from(sorted(EXTENDED_CODES)), st.booleans()).map(
        lambda case: (
            bytes([0xE0] + [0xF0] * case[1] + [case[0]]),
            [(EXTENDED_CODES[case[0]], case[1])],
        )
    )
    pause = st.just((bytes.fromhex("e11477e1f014f077"), [(Key.PAUSE, False), (Key.PAUSE, True)]))
    false_shift = st.sampled_from(["e012", "e0f012", "e059", "e0f059"]).map(
        lambda text: (bytes.fromhex(text), [])
    )
    return plain | extended | pause | false_shift


@given(st.lists(a_key()))
@settings(max_examples=200)
def test_any_sequence_of_keys_is_understood(decoders, sequence) -> None:
    decoders.reset()
    data = b"".join(sent for sent, _ in sequence)
    assert keys(decoders, data) == [event for _, events in sequence for event in events]


@given(st.binary(), a_key())
@settings(max_examples=300)
def test_after_any_bytes_the_second_key_is_understood(decoders, noise: bytes, case) -> None:
    decoders.reset()
    keys(decoders, noise)
    keys(decoders, b"\x1c\x1c")  # ends whatever has begun
    sent, events = case
    assert keys(decoders, sent) == events


def test_every_key_has_one_code(decoders) -> None:
    found = []
    for prefix in (b"", b"\xe0"):
        for code in range(256):
            decoders.reset()
            found += keys(decoders, prefix + bytes([code]))
    codes = [key for key, _ in found]
    assert {key for key in codes if codes.count(key) > 1} <= {Key.PRINT}
    missing = set(Key) - set(codes) - {Key.NONE}
    assert missing == set()


# Mice -------------------------------------------------------------------------------------------


def packet(protocol: int, x: int, y: int, wheel: int, buttons: int) -> bytes:
    """What a mouse sends; y and the wheel as the mouse counts them: away from the user, and towards them."""
    first = 8 | buttons & 7 | (x < 0) << 4 | (y < 0) << 5
    data = bytes([first, x & 0xFF, y & 0xFF])
    if protocol == 3:
        data += bytes([wheel & 0xFF])
    elif protocol == 4:
        data += bytes([wheel & 15 | (buttons >> 3) << 4])
    return data


@given(
    st.sampled_from([(0, 0, 7), (3, 128, 7), (4, 8, 31)]),
    st.lists(
        st.tuples(
            st.integers(-256, 255),
            st.integers(-256, 255),
            st.integers(-128, 127),
            st.integers(0, 31),
        )
    ),
)
@settings(max_examples=200)
def test_any_movement_is_understood(decoders, kind, movements) -> None:
    protocol, most_steps, mask = kind
    decoders.reset()
    decoders.set_protocol(protocol)
    for x, y, steps, buttons in movements:
        wheel = max(-most_steps, min(most_steps - 1, steps)) if most_steps else 0
        data = packet(protocol, x, y, wheel, buttons & mask)
        complete = [decoders.take_mouse(byte, 0) for byte in data]
        assert complete == [False] * (len(data) - 1) + [True]
        assert decoders.movement() == (x, -y, -wheel, buttons & mask)


def test_a_movement_that_is_too_far_is_none(decoders) -> None:
    decoders.reset()
    decoders.set_protocol(0)
    assert [decoders.take_mouse(byte, 0) for byte in (0x49, 5, 6)] == [False, False, True]
    assert decoders.movement() == (0, 0, 0, 1)


@given(st.binary(max_size=3), st.sampled_from([0, 3, 4]))
@settings(max_examples=200)
def test_bytes_that_are_late_begin_a_new_packet(decoders, noise: bytes, protocol: int) -> None:
    decoders.reset()
    decoders.set_protocol(protocol)
    now = 10 * LATE_NS
    for byte in noise:
        decoders.take_mouse(byte, now)
    data = packet(protocol, -3, 4, 1 if protocol else 0, 2)
    complete = [decoders.take_mouse(byte, now + LATE_NS) for byte in data]
    assert complete[-1] and not any(complete[:-1])
    assert decoders.movement() == (-3, -4, -1 if protocol else 0, 2)


def test_a_first_byte_without_its_mark_is_skipped(decoders) -> None:
    decoders.reset()
    decoders.set_protocol(0)
    for byte in b"\x00\x01\xf7":
        assert not decoders.take_mouse(byte, 0)
        assert decoders.waiting() == 0
