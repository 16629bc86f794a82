"""Struct layout against C's, as ctypes knows it; and what a field keeps."""

from __future__ import annotations

import ctypes
from typing import Generic, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lang import (
    Array,
    Atomic,
    Bits,
    Ptr,
    Slice,
    Volatile,
    address_of,
    alignof,
    bit_cast,
    copy,
    f32,
    i8,
    i16,
    i32,
    i64,
    offsetof,
    owner,
    packed,
    sizeof,
    struct,
    u8,
    u16,
    u32,
    u64,
    u128,
    union,
    zeroed,
)

T = TypeVar("T")

IN_C = {
    u8: ctypes.c_uint8,
    u16: ctypes.c_uint16,
    u32: ctypes.c_uint32,
    u64: ctypes.c_uint64,
    i8: ctypes.c_int8,
    i16: ctypes.c_int16,
    i32: ctypes.c_int32,
    i64: ctypes.c_int64,
    int: ctypes.c_int64,
    bool: ctypes.c_bool,
    float: ctypes.c_double,
    f32: ctypes.c_float,
    Ptr[u8]: ctypes.c_void_p,
    Array[u16, 3]: ctypes.c_uint16 * 3,
    Atomic[u32]: ctypes.c_uint32,
    Volatile[u64]: ctypes.c_uint64,
}

field_types = st.lists(st.sampled_from(list(IN_C)), min_size=1, max_size=8)


def declare(types, decorate):
    names = [f"field{index}" for index in range(len(types))]
    return decorate(type("S", (), {"__annotations__": dict(zip(names, types, strict=True))}))


def declare_in_c(types, base, **members):
    fields = [(f"field{index}", IN_C[kind]) for index, kind in enumerate(types)]
    return type("S", (base,), members | {"_fields_": fields})


@given(field_types)
def test_a_struct_is_laid_out_as_in_c(types) -> None:
    ours, theirs = declare(types, struct), declare_in_c(types, ctypes.Structure)
    assert sizeof(ours) == ctypes.sizeof(theirs)
    assert alignof(ours) == ctypes.alignment(theirs)
    for index in range(len(types)):
        assert offsetof(ours, f"field{index}") == getattr(theirs, f"field{index}").offset


@given(field_types)
def test_a_packed_struct_has_no_padding(types) -> None:
    ours, theirs = declare(types, packed), declare_in_c(types, ctypes.Structure, _pack_=1)
    assert sizeof(ours) == ctypes.sizeof(theirs)
    assert alignof(ours) == 1


@given(field_types)
def test_a_union_is_as_large_as_its_largest_field(types) -> None:
    ours, theirs = declare(types, union), declare_in_c(types, ctypes.Union)
    assert sizeof(ours) == ctypes.sizeof(theirs)
    assert alignof(ours) == ctypes.alignment(theirs)


@struct
class Link:
    next: Ptr[Link] | None
    previous: Ptr[Link] | None


@struct
class Job:
    priority: u8 = 7
    run: Link
    name: str = "idle"
    deadline: i64

    LIMIT: Final = 10  # noqa: F821 - a constant of the class, whose annotation is never evaluated

    def is_late(self, now: int) -> bool:
        return self.deadline < now


@struct(align=64)
class Line:
    value: u8


@struct(pinned=True)
class Lock:
    owner: u32


@struct
class Guarded:
    lock: Lock
    value: u32


@struct
class Required:
    target: Ptr[u8]


@struct
class Wide:
    small: u8
    large: u128


@struct
class Flags:
    low: Bits[u16, 3]
    middle: Bits[u16, 12]
    next_unit: Bits[u16, 2]
    other: Bits[u32, 31]


@union
class Word:
    whole: u64
    halves: Array[u32, 2]
    pair: Pair[u8]


@struct
class Pair(Generic[T]):
    first: T
    second: T
    rest: Slice[T] | None


def test_fields_left_out_are_the_default_or_zero() -> None:
    job = Job(deadline=5)
    assert (job.priority, job.deadline, job.name, job.run.next) == (7, 5, "idle", None)
    assert (Job(1).priority, Job.LIMIT) == (1, 10)
    assert job.is_late(6)


def test_a_field_keeps_its_type() -> None:
    job = Job()
    assert type(job.priority) is u8
    with pytest.raises(OverflowError):
        job.priority = 256
    with pytest.raises(TypeError):
        job.run = 3


def test_the_constructor_refuses_what_is_no_field() -> None:
    for wrong in ({"colour": 1}, {"LIMIT": 1}):
        with pytest.raises(TypeError):
            Job(**wrong)
    with pytest.raises(TypeError):
        Job(1, priority=2)
    with pytest.raises(TypeError, match="target"):
        Required()


def test_a_local_name_for_an_embedded_struct_is_the_place_itself() -> None:
    job = Job()
    link = job.run
    link.next = address_of(link)
    assert job.run.next == address_of(job.run)


def test_storing_a_struct_that_has_a_place_asks_for_a_copy() -> None:
    first, second = Job(), Job()
    with pytest.raises(TypeError, match="copy"):
        first.run = second.run
    first.run = copy(second.run)
    first.run.next = address_of(first.run)
    assert second.run.next is None


def test_a_pinned_struct_is_never_copied() -> None:
    guarded = Guarded(lock=Lock(1))
    for value in (guarded, guarded.lock):
        with pytest.raises(TypeError, match="pinned"):
            copy(value)
    lock = Lock()
    address_of(lock)
    with pytest.raises(TypeError, match="pinned"):
        Guarded(lock=lock)


def test_owner_goes_from_the_field_to_the_struct() -> None:
    job = Job(3)
    assert owner(job.run, Job, "run") == job
    assert owner(address_of(job.run), Job, "run").priority == 3


def test_alignment_may_be_stated() -> None:
    assert (sizeof(Line), alignof(Line)) == (64, 64)
    assert (sizeof(Wide), offsetof(Wide, "large")) == (32, 16)


def test_bit_fields_share_a_unit_from_the_low_bits_up() -> None:
    assert sizeof(Flags) == 8
    flags = Flags(low=5, middle=0xABC, next_unit=2, other=1)
    assert bytes(flags._memory.data) == bytes.fromhex("e555 0200 01000000")
    flags.middle = 0
    assert (flags.low, flags.middle, flags.next_unit) == (5, 0, 2)
    with pytest.raises(OverflowError):
        flags.low = 8
    with pytest.raises(TypeError, match="bit-field"):
        offsetof(Flags, "low")


def test_the_fields_of_a_union_share_their_bytes() -> None:
    word = Word(whole=0x0000_0002_0000_0103)
    assert list(word.halves) == [0x103, 2]
    assert (word.pair.first, word.pair.second) == (3, 1)
    word.pair.first = 0
    word.halves[1] = 0
    assert word.whole == 0x100


def test_a_generic_struct_is_one_layout_for_each_argument() -> None:
    assert (sizeof(Pair[u8]), sizeof(Pair[u64])) == (24, 32)
    pair = Pair[u16](1, 2)
    assert type(pair.second) is u16
    assert isinstance(pair, Pair)
    with pytest.raises(TypeError, match="type"):
        sizeof(Pair)


def test_zero_and_reinterpretation() -> None:
    assert zeroed(Link).next is None
    assert zeroed(Ptr[Job] | None) is None
    assert bit_cast(u32, f32(1.0)) == 0x3F80_0000
    assert bit_cast(i32, u32(0xFFFF_FFFF)) == -1
    with pytest.raises(TypeError):
        zeroed(Job)
    with pytest.raises(TypeError):
        bit_cast(u32, u8(1))
