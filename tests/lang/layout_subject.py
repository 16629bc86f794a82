"""Target code for test_layout: structs of every kind, laid out by the stand-ins and by the compiler."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum, IntFlag
from typing import Generic, TypeVar

from lang import (
    Array,
    Atomic,
    Bits,
    Ptr,
    Slice,
    UserPtr,
    UserSlice,
    Volatile,
    f32,
    i8,
    i16,
    i32,
    i128,
    over,
    packed,
    struct,
    u8,
    u16,
    u32,
    u64,
    u128,
    union,
)

T = TypeVar("T")


@over(u16)
class Colour(IntEnum):
    RED = 1


class Mode(IntFlag):
    READ = 1


@struct
class Scalars:
    a: u8
    b: u64
    c: i16
    d: bool
    e: i32
    f: u128
    g: i8
    h: i128
    i: float
    j: f32
    k: int
    l: Colour
    m: Mode


@struct
class References:
    flag: bool
    name: str
    data: bytes | None
    elements: Slice[u16]
    more: Slice[Scalars] | None
    pointer: Ptr[References]
    nullable: Ptr[References] | None
    action: Callable[[u8], None]
    user: UserPtr[u8]
    buffer: UserSlice[u8]


@struct
class Optionals:
    a: u8 | None
    b: u64 | None
    c: Colour | None
    d: bool | None


@struct
class Tuples:
    a: u8
    b: tuple[u8, u32, u16]
    c: tuple[Ptr[u8] | None, bool]


@packed
class Header:
    kind: u8
    length: u32
    tail: Array[u16, 3]


@struct
class Nested:
    first: u8
    header: Header
    scalars: Array[Scalars, 2]
    colours: Array[Colour, 3]
    last: u8


@struct
class BitFields:
    a: Bits[u8, 3]
    b: Bits[u8, 4]
    c: Bits[u8, 2]
    d: Bits[u32, 20]
    e: Bits[u32, 12]
    f: Bits[u32, 1]
    plain: u8
    g: Bits[u64, 63]
    h: Bits[u64, 1]
    i: Bits[u64, 1]


@packed
class PackedBits:
    a: u8
    b: Bits[u32, 20]
    c: Bits[u32, 12]
    d: u8


@union
class Choice:
    number: u64
    pair: Array[u8, 12]
    header: Header


@struct(align=32)
class Aligned:
    value: u8


@struct(pinned=True)
class Cells:
    small: Atomic[u8]
    count: Atomic[u64]
    head: Atomic[Ptr[u8] | None]
    register: Volatile[u32]
    aligned: Aligned


@struct
class Pair(Generic[T]):
    first: T
    second: Ptr[T] | None
    third: Array[T, 3]


@struct
class Pairs:
    small: Pair[u8]
    large: Pair[Header]
