"""Pointers and arrays: element arithmetic, bounds, lifetime."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lang import Array, Ptr, Slice, address_of, borrow, isize, retain, struct, u8, u16, u32, u64


@struct
class Point:
    x: u32
    y: u32


class Thread:
    def __init__(self, name: str) -> None:
        self.name = name


octets = st.binary(max_size=12)
bounds = st.none() | st.integers(-15, 15)


def array(data: bytes) -> Array:
    return Array[u8, len(data)](*data)


@given(octets, bounds, bounds)
def test_slices_clamp_their_bounds_as_python_does(data, start, stop) -> None:
    assert bytes(array(data)[start:stop]) == data[start:stop]
    assert list(array(data)[:][start:stop]) == list(data[start:stop])


@given(octets, st.integers(-15, 15))
def test_an_index_is_checked(data, index) -> None:
    if -len(data) <= index < len(data):
        assert array(data)[index] == data[index]
    else:
        with pytest.raises(IndexError):
            array(data)[index]


def test_a_slice_is_a_view() -> None:
    numbers = Array[u32, 4](1, 2, 3, 4)
    middle = numbers[1:3]
    middle[0] = 20
    middle.fill(7)
    assert list(numbers) == [1, 7, 7, 4]
    assert numbers[1:3] == numbers[1:][:2]


@given(octets.filter(bool), st.data())
def test_copying_within_an_array_may_overlap(data, draw) -> None:
    length = draw.draw(st.integers(0, len(data)))
    source = draw.draw(st.integers(0, len(data) - length))
    target = draw.draw(st.integers(0, len(data) - length))
    model = bytearray(data)
    model[target : target + length] = data[source : source + length]
    numbers = array(data)
    numbers[target : target + length].copy_from(numbers[source : source + length])
    assert bytes(numbers[:]) == bytes(model)


def test_a_copy_has_the_length_of_its_source() -> None:
    with pytest.raises(ValueError, match="3 elements into 2"):
        Array[u8, 2]()[:].copy_from(b"abc")
    target = Array[u8, 3]()
    target[:].copy_from(b"abc")
    assert target == b"abc"


def test_pointers_count_in_elements() -> None:
    numbers = Array[u16, 4](1, 2, 3, 4)
    first = numbers[:].pointer
    last = first + 3
    assert (last[0], last[-1], (last - 1)[0]) == (4, 3, 3)
    assert last - first == 3
    assert type(last - first) is isize
    assert first < last
    last[0] = 40
    assert numbers[3] == 40
    assert Slice[u16](first + 1, 2) == numbers[1:3]


def test_a_cast_reads_the_same_bytes() -> None:
    numbers = Array[u32, 2](0x04030201, 0x08070605)
    assert numbers[:].pointer.cast(u8)[5] == 6
    assert numbers[:].pointer.cast(u64)[0] == 0x0807060504030201


def test_a_pointer_to_a_struct_has_its_fields() -> None:
    points = Array[Point, 2](Point(1, 2), Point(3, 4))
    second = address_of(points[1])
    second.x = 30
    assert (points[1].x, second.y) == (30, 4)
    assert second - 1 == address_of(points[0])
    assert points[0] == (second - 1)[0]


def test_an_address_leads_back_to_the_living_object() -> None:
    point = Point(5, 6)
    assert Ptr[Point](address_of(point).address).y == 6
    address = address_of(Point(1, 1)).address
    with pytest.raises(ValueError, match="nothing is at"):
        Ptr[Point](address).x  # noqa: B018 - the load is the test


def test_a_pointer_is_written_as_its_address() -> None:
    pointer = Ptr[u8](0xFF00)
    assert f"{pointer} {pointer:016x}" == "0xff00 000000000000ff00"


def test_what_has_no_place_says_so() -> None:
    with pytest.raises(TypeError, match="pointer of an array's slice"):
        address_of(5)
    with pytest.raises(ValueError, match="never null"):
        Ptr[u8](0)
    with pytest.raises(TypeError, match="cast it first"):
        Ptr[None](16)[0]


def test_a_pointer_keeps_to_its_object() -> None:
    numbers = Array[u16, 2]()
    with pytest.raises(IndexError):
        numbers[:].pointer[2]


def test_borrowed_instances_come_back() -> None:
    thread = Thread("init")
    pointer = borrow(thread)
    assert pointer == borrow(thread)
    assert pointer.name == "init"
    pointer.name = "idle"
    assert retain(pointer) is thread
    assert thread.name == "idle"
