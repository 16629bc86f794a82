"""What stands at module level is there from the start, as compile-time Python made it."""

from __future__ import annotations

import pytest

from compiler import ir
from compiler.ir import IMMORTAL, Linkage
from tests.compiler import pipeline
from tests.compiler.lower.both import BUILDS, Both

SOURCE = """
@over(u8)
class Colour(IntEnum):
    RED = 1
    BLUE = 7


@over(u16)
class Mode(IntFlag):
    READ = 1
    WRITE = 4


@struct
class Entry:
    key: u32
    colour: Colour
    weight: i16 = -5


@struct
class Page:
    present: Bits[u64, 1]
    frame: Bits[u64, 40]
    entry: Entry


SIZE = 4
SQUARES: Final = Array[u16, 5](0, 1, 4, 9, 16)
TEXT = b"some bytes"
NAME: Final = "Grüße"

number: i32 = -7
flag: bool = True
entry: Entry = Entry(3, Colour.BLUE)
page: Page = Page(1, 0x123456789A, Entry(9, Colour.RED, 2))
table: Array[Entry, 3] = Array[Entry, 3](
    Entry(1, Colour.RED), Entry(2, Colour.BLUE), Entry(3, Colour.RED, 7)
)
zeroed_table: Array[u64, SIZE] = Array[u64, SIZE]()
mode: Mode = Mode.READ | Mode.WRITE
big: u128 = 1 << 100


@comptime
def triangles() -> Array[u32, 6]:
    numbers = Array[u32, 6]()
    for i in range(6):
        numbers[i] = u32(i * (i + 1) // 2)
    return numbers


TRIANGLES = triangles()


def scalars(n: int) -> int:
    global number, flag
    old = int(number)
    number = i32(n)
    flag = not flag
    result = old * 10 + int(flag)
    number = -7
    flag = True
    return result


def structs(n: int) -> int:
    result = int(entry.key) * 1000 + int(entry.colour) * 100 + int(entry.weight)
    return result + int(page.frame) % 1000 + int(page.present) + int(page.entry.weight)


def arrays(n: int) -> int:
    zeroed_table[n % 4] += u64(n)
    result = int(table[n % 3].weight) + int(SQUARES[n % 5]) * 100 + int(TRIANGLES[n % 6]) * 10000
    result += int(zeroed_table[n % 4])
    zeroed_table[n % 4] = 0
    return result


def flags(n: int) -> int:
    mine = mode & ~Mode.READ
    if mode & Mode.WRITE:
        mine |= Mode(n % 2)
    return int(mine) * 10 + int(Mode.READ in mode)


def literals(n: int) -> int:
    total = int(len(NAME)) * 1000 + int(len(NAME.encode())) * 100 + int(len(TEXT))
    for byte in TEXT:
        total += int(byte)
    return total + int(TEXT[n % 10])


def wide(n: int) -> int:
    return int(big >> 98) + int(truncate(u64, big >> (90 + n % 5)) % 1000)
"""

FUNCTIONS = ["scalars", "structs", "arrays", "flags", "literals", "wide"]


@pytest.mark.parametrize("build", BUILDS)
@pytest.mark.parametrize("name", FUNCTIONS)
def test_it_does_what_cpython_does(name: str, build: str) -> None:
    Both(SOURCE, "statics", build).agree_on(name, range(12))


def globals_of(source: str) -> dict[str, ir.Global]:
    return {each.symbol: each for each in pipeline.lowered(source).globals}


def test_a_zeroed_variable_has_no_content() -> None:
    made = globals_of("table: Array[u64, 512]\nstarts: u64 = 0")
    assert made["sample.table"].content is None
    assert made["sample.starts"].content is None


def test_variables_of_sixteen_bytes_are_aligned_as_in_c() -> None:
    made = globals_of("small: Array[u8, 15]\nlarge: Array[u8, 16]\nlocal: PerCpu[Array[u8, 64]]")
    assert made["sample.small"].align == 1
    assert made["sample.large"].align == 16
    assert made["sample.local"].align == 1  # the linker lays them end to end
    assert made["sample.local"].per_cpu


def test_equal_literals_are_one_object() -> None:
    made = globals_of(
        """
        def first() -> str:
            return "text"

        def second() -> str:
            return "text"
        """
    )
    objects = [each for name, each in made.items() if ":str" in name]
    assert len(objects) == 1
    header = objects[0].content[0]
    assert header == IMMORTAL.to_bytes(4, "little") + (1).to_bytes(4, "little")


def test_a_literal_that_is_only_looked_at_becomes_no_object() -> None:
    made = globals_of(
        """
        def total() -> u64:
            result: u64 = 0
            for byte in b"abc":
                result += byte
            return result
        """
    )
    (text,) = made.values()
    assert (text.content, text.constant, text.linkage) == ([b"abc\0"], True, Linkage.INTERNAL)


def test_a_class_has_its_description_and_vtable() -> None:
    made = globals_of(
        """
        class Base:
            count: u64

            def first(self) -> u64:
                return 1

            def second(self) -> u64:
                return 2

        class Derived(Base):
            other: Base | None

            def second(self) -> u64:
                return 3

            def third(self) -> u64:
                return 4
        """
    )
    base, derived = made["sample.Base:type"], made["sample.Derived:type"]
    assert base.content[1:3] == [bytes(8), bytes(8)]  # no base, nothing to drop
    assert base.content[6:] == [("sample.Base.first", 0), ("sample.Base.second", 0)]
    assert derived.content[0] == (32).to_bytes(8, "little")
    assert derived.content[1:3] == [("sample.Base:type", 0), ("sample.Derived:drop", 0)]
    assert derived.content[6:] == [
        ("sample.Base.first", 0),
        ("sample.Derived.second", 0),
        ("sample.Derived.third", 0),
    ]


def test_the_number_of_an_exception_is_in_its_description() -> None:
    unit = pipeline.tree_of("class Broken(ValueError):\n    pass")
    (broken,) = unit.unit.classes
    broken.declaration.number = 77
    made = {each.symbol: each for each in pipeline.lower_tree(unit).globals}
    depth = 3  # BaseException, Exception, ValueError
    assert made["sample.Broken:type"].content[4] == (77).to_bytes(4, "little") + depth.to_bytes(
        4, "little"
    )
