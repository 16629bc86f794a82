"""What a monitor hands over is not believed."""

from __future__ import annotations

import ctypes
import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.handover import MemoryKind
from tests.kernel.mem.simulated import MOVED, PAGES, map_memory, simulated

SUBJECT = Path(__file__).parent / "start_info_subject.py"
NO_IMAGE = Path(__file__).parents[1] / "mem" / "no_image.py"
MAGIC = 0x336EC578
INFO, MAP, TEXT, LIST, FILES = 0x1000, 0x2000, 0x3000, 0x4000, 0x30_0000
REGION_SIZE = 24

words = st.one_of(st.integers(0, 3), st.integers(0, (1 << 32) - 1))
addresses = st.one_of(st.sampled_from([0, MAP, TEXT]), st.integers(0, PAGES * 2048))


@pytest.fixture(scope="module")
def subject():
    map_memory()
    return simulated(SUBJECT, {"kernel.mem.image": NO_IMAGE})


def store(address: int, data: bytes) -> None:
    ctypes.memmove(MOVED["PHYSICAL_MAP"] + address, data, len(data))


def info(magic=MAGIC, version=1, modules=(0, 0), text=0, map=MAP, count=1) -> bytes:
    count_of_modules, first = modules
    return struct.pack(
        "<4I4Q2I", magic, version, 0, count_of_modules, first, text, 0, map, count, 0
    )


def read(subject, data: bytes) -> int:
    store(INFO, data)
    store(MAP, struct.pack("<QQII", 0x10_0000, 0x100_0000, 1, 0))
    return subject.read(INFO)


def test_a_good_one_is_read(subject) -> None:
    store(TEXT, b"hello\0")
    assert read(subject, info(text=TEXT)) == 5 * REGION_SIZE
    assert subject.command_line() == 5


@pytest.mark.parametrize(
    "bad",
    [
        {"magic": 0},
        {"version": 0},
        {"count": 0},
        {"count": 129},
        {"map": 0},
        {"map": (1 << 32) - 8},
        {"text": (1 << 64) - 1},
        {"modules": (1, 0)},
        {"modules": (2, MAP)},
        {"modules": (1, 1 << 63)},
    ],
    ids=str,
)
def test_a_bad_one_is_an_error(subject, bad: dict) -> None:
    with pytest.raises(Exception, match="BadStartInfo"):
        read(subject, info(**bad))


def test_what_the_monitor_left_in_memory_is_not_free(subject) -> None:
    store(TEXT, b"hello\0")
    store(LIST, struct.pack("<4Q", FILES, 5000, 0, 0))
    read(subject, info(text=TEXT, modules=(1, LIST)))
    for address in (INFO, MAP, LIST):
        assert subject.kind_at(address) == MemoryKind.BOOT
    for address in (TEXT, TEXT + 5):  # which stays where it is
        assert subject.kind_at(address) == MemoryKind.KERNEL
    assert subject.kind_at(FILES + 4999) == MemoryKind.INITIAL_FILES
    assert subject.kind_at(0x10_0000) == MemoryKind.KERNEL
    assert subject.kind_at(0x20_0000) == MemoryKind.USABLE


def test_a_command_line_without_end_is_an_error(subject) -> None:
    store(TEXT, b"x" * 5000)
    with pytest.raises(Exception, match="BadStartInfo"):
        read(subject, info(text=TEXT))


@given(words, words, addresses, addresses, st.integers(0, 200))
@settings(max_examples=200)
def test_any_numbers_end_in_an_answer(subject, modules, version, first, text, count) -> None:
    try:
        read(subject, info(version=version, modules=(modules, first), text=text, count=count))
    except Exception as error:  # noqa: BLE001 - a target's exception has no class here
        assert "BadStartInfo" in repr(error)
