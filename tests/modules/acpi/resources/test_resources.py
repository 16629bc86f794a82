"""Resources: every kind of descriptor as text, and buffers that make no sense."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compiler.testing import Native, native

END = b"\x79\x00"

# Each as the compiler of ASL writes it, and what it says.
DESCRIPTORS = [
    ("221800", "interrupt [3 4] edge high"),
    ("23200018", "interrupt 5 level low shared"),
    ("2A0405", "dma 2 8- or 16-bit bus master"),
    ("2A6062", "dma 5 6 16-bit type 3"),
    ("551000030002", "dma request 16 channel 3 32-bit"),
    ("4701F803F8030108", "ports 0x3f8-0x3ff"),
    ("4700000100030808", "ports [0x100-0x300] length 0x8 aligned 0x8 10-bit"),
    ("4B600001", "ports 0x60-0x60 10-bit"),
    ("73010203", "of the maker: 01 02 03"),
    ("840300010203", "of the maker: 01 02 03"),
    (
        "810900000010002010002000",
        "memory [0x100000-0x200000] length 0x2000 aligned 0x10 read-only",
    ),
    (
        "8511000100000010000000200010000000200000",
        "memory [0x10000000-0x20000000] length 0x2000 aligned 0x1000",
    ),
    ("860900000000D0FE00040000", "memory 0xfed00000-0xfed003ff read-only"),
    ("820C0001080001341200000000 0000", "register of kind 1 at 0x1234, 8 bits from 0"),
    ("880D00020C0000000000FF0000000001", "buses 0x0-0xff produced"),
    ("880D00010C030000000DFFFF000000F3", "ports 0xd00-0xffff produced"),
    (
        "871F00000E070000000000000080FFFFBFFE001000000000C07E015C5F53422E5800",
        (
            "memory 0x80000000-0xfebfffff prefetchable subtractive produced"
            " translated by 0x1000 by \\_SB.X"
        ),
    ),
    (
        "8717000101030F00000000010000FF0100000000000010000000",
        "ports [0x100-0x1ff] length 0x10 aligned 0xf",
    ),
    (
        (
            "8A2B00000C0200000000000000000000000001000000FFFFFFFF080000000000000000000000"
            "0000000008000000"
        ),
        "memory 0x100000000-0x8ffffffff read-only cacheable produced",
    ),
    (
        (
            "8B3500000D05010000000000000000000000000001000000FFFFFFFF01000000000000000000"
            "000000000000010000000080000000000000"
        ),
        "memory 0x100000000-0x1ffffffff write-combining",
    ),
    ("890A000D021000000011000000", "interrupt [16 17] level low shared"),
    (
        "890E00120114000000005C5F53422E4C00",
        "interrupt 20 edge high wakes produced by \\_SB.L",
    ),
    (
        "8C2000010001001D00010000000017000019002300000007005C5F53422E4750493000",
        "gpio interrupt edge both shared wakes pins 7 by \\_SB.GPI0",
    ),
    (
        "8C2000010101000200020000000017000019002300000003005C5F53422E4750493000",
        "gpio pins 3 by \\_SB.GPI0",
    ),
    (
        "8E1900020001020000010600801A06002C005C5F53422E4932433100",
        "i2c address 0x2c 400000 Hz by \\_SB.I2C1",
    ),
    (
        "8E1900020001030100010600A08601002C015C5F53422E4932433100",
        "i2c address 0x12c 100000 Hz 10-bit calls by \\_SB.I2C1",
    ),
    (
        "8E1C0002000202000001090000127A0008000002005C5F53422E5350493100",
        "spi select 2 8000000 Hz by \\_SB.SPI1",
    ),
    (
        "8E1D00020003023400010A0000C201001000100000005C5F53422E5552543100",
        "uart 115200 baud by \\_SB.URT1",
    ),
    (
        "8D1D00010000010500120000160020000000010002005C5F53422E4750493000",
        "function 5 of pins 1 2 by \\_SB.GPI0",
    ),
    (
        "8F1D00010200011027000014000016002000000001005C5F53422E4750493000",
        "setting 1 is 10000 of pins 1 by \\_SB.GPI0",
    ),
    ("9016000100000E001200190000000200030067726F75703100", "group of pins 2 3 called group1"),
    (
        "911F0001020006000011001B00220000005C5F53422E475049300067726F75703100",
        "function 6 of pins by \\_SB.GPI0 group group1",
    ),
    (
        "9222000102000110270000 0014001E00250000005C5F53422E475049300067726F75703100",
        "setting 1 is 10000 of pins by \\_SB.GPI0 group group1",
    ),
    ("3105", "one of"),
    ("30", "one of"),
    ("38", "with all of"),
]
WHOLE = b"".join(bytes.fromhex(each) for each, _ in DESCRIPTORS) + END


@pytest.fixture(scope="module")
def subject() -> Native:
    return native(Path(__file__).parent / "resources_subject.py")


def lines(subject: Native, data: bytes) -> list[str]:
    return bytes(subject.text_of(data)).decode().splitlines()


@pytest.mark.parametrize(("data", "text"), DESCRIPTORS)
def test_a_descriptor_says(subject, data: str, text: str) -> None:
    assert lines(subject, bytes.fromhex(data) + END) == [text]


def test_all_of_them(subject) -> None:
    assert lines(subject, WHOLE) == [text for _, text in DESCRIPTORS]


@pytest.mark.parametrize("data", [each for each, _ in DESCRIPTORS if int(each[:2], 16) >= 0x80])
def test_a_descriptor_may_be_too_short(subject, data: str) -> None:
    """Its length says that it ends earlier: an error, or fewer words, but nothing from behind it."""
    whole = bytes.fromhex(data)
    for size in range(len(whole) - 3):
        cut = whole[:1] + size.to_bytes(2, "little") + whole[3 : 3 + size]
        try:
            assert len(lines(subject, cut + END)) == 1
        except Exception as error:
            if "BadResource" not in repr(error):
                raise


def test_a_buffer_adds_up(subject) -> None:
    body = bytes.fromhex("4701F803F8030108") + b"\x79"
    subject.check(body + bytes([-sum(body) & 0xFF]))
    subject.check(body + b"\0")
    with pytest.raises(Exception, match="BadResource"):
        subject.check(body + bytes([(1 - sum(body)) & 0xFF]))


@pytest.mark.parametrize("data", ["", "79", "2218", "7900 00", "4701F803F8030108", "89", "8905"])
def test_a_buffer_ends_with_its_end(subject, data: str) -> None:
    with pytest.raises(Exception, match="BadResource"):
        subject.check(bytes.fromhex(data))


@pytest.mark.parametrize(
    ("data", "used"),
    [
        ("", (0, 0, 0, 0, 0)),
        ("4701F803F8030108 221000 4701F802F8020108 220800", (0x3F8, 8, 0, 0, 4)),
        ("860900000000D0FE00040000 4B600001", (0x60, 1, 0xFED00000, 0x400, 0)),
    ],
)
def test_a_driver_is_told_the_first_of_each(subject, data: str, used: tuple[int, ...]) -> None:
    assert subject.used_of(bytes.fromhex(data) + END) == used


@st.composite
def damaged(draw) -> bytes:
    """Return all descriptors with some bytes changed."""
    data = bytearray(WHOLE)
    for _ in range(draw(st.integers(1, 8))):
        data[draw(st.integers(0, len(data) - 1))] = draw(st.integers(0, 255))
    return bytes(data[: draw(st.integers(0, len(data)))])


@settings(max_examples=2000)
@given(st.one_of(st.binary(max_size=120), damaged()))
def test_any_buffer_is_text_or_refused(subject, data: bytes) -> None:
    for ask in (subject.text_of, subject.used_of):
        ask_about(ask, data)


def ask_about(ask: Callable[[bytes], object], data: bytes) -> None:
    try:
        ask(data)
    except Exception as error:
        if "BadResource" not in repr(error):
            raise
