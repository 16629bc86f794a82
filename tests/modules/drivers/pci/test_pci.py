"""Devices on PCI are found as they are, in configuration spaces that may say anything."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compiler.testing import native

HERE = Path(__file__).parent
TESTS = HERE.parents[2]
APIC = HERE.parent / "apic"
NONE, PORTS, MEMORY = range(3)
BRIDGE_CLASS, HAS_CAPABILITIES = 0x060400, 1 << 4
COMMAND = 7  # ports, memory, master


@pytest.fixture(scope="module")
def subject():
    return native(
        HERE / "pci_subject.py",
        replace={
            "kernel.cpu.mmio": HERE / "memory_model.py",
            "kernel.cpu.port": HERE / "configuration_model.py",
            "kernel.cpu.instructions": TESTS / "kernel/cpu/no_instructions.py",
            "kernel.cpu.processor": TESTS / "kernel/cpu/threads_as_processors.py",
            "kernel.mem.address_space": APIC / "memory_types.py",
            "kernel.mem.kernel_space": APIC / "no_mapping.py",
            "kernel.module.linked": TESTS / "kernel/module/no_modules.py",
            "modules.acpi.firmware.pins": HERE / "pins_model.py",
        },
    )


@dataclass
class Space:
    """A configuration space, and which of its bits can be written."""

    content: bytearray = field(default_factory=lambda: bytearray(256))
    writable: bytearray = field(default_factory=lambda: bytearray(256))

    def set(self, offset: int, form: str, value: int, writable: int = 0) -> None:
        struct.pack_into("<" + form, self.content, offset, value)
        struct.pack_into("<" + form, self.writable, offset, writable)


def function(identity: int = 0x1234_5678, code: int = 0xFF0000, header: int = 0) -> Space:
    space = Space()
    space.set(0, "H", identity >> 16)
    space.set(2, "H", identity & 0xFFFF)
    space.set(4, "H", COMMAND, 0x407)
    space.set(8, "I", code << 8 | 3)
    space.set(14, "B", header)
    return space


def bridge(second_bus: int, header: int = 1) -> Space:
    space = function(code=BRIDGE_CLASS, header=header)
    space.set(0x19, "B", second_bus)
    return space


def place(bus: int, slot: int = 0, number: int = 0) -> int:
    return bus << 8 | slot << 3 | number


def scan(subject, spaces: dict[int, Space]) -> int:
    subject.clear()
    for where, space in spaces.items():
        subject.add(where, bytes(space.content), bytes(space.writable))
    return subject.scan()


def places(subject, spaces: dict[int, Space]) -> list[int]:
    return [subject.identity(index)[0] for index in range(scan(subject, spaces))]


# Buses ------------------------------------------------------------------------------------------


def test_an_empty_bus_has_no_devices(subject) -> None:
    assert scan(subject, {}) == 0


def test_identity_and_class_are_read(subject) -> None:
    assert scan(subject, {place(0, 3): function(0x8086_2922, 0x010601)}) == 1
    assert subject.identity(0) == (place(0, 3), 0x8086_2922, 0x010601, 0)


def test_other_functions_are_looked_for_where_there_are_some(subject) -> None:
    several, single = function(header=0x80), function()
    spaces = {place(0, 1): several, place(0, 1, 5): function()}
    spaces |= {place(0, 2): single, place(0, 2, 1): function(), place(0, 3, 1): function()}
    assert places(subject, spaces) == [place(0, 1), place(0, 1, 5), place(0, 2)]


def test_buses_behind_bridges_are_scanned_once(subject) -> None:
    spaces = {
        place(0, 1): bridge(9),
        place(9, 0): bridge(4),  # to a lower one
        place(4, 7): function(),
        place(4, 8): bridge(0),  # not set up by the firmware
        place(4, 9): bridge(9),  # in a circle
        place(5, 0): function(),  # which no bridge leads to
    }
    wanted = [place(0, 1), place(9, 0), place(4, 7), place(4, 8), place(4, 9)]
    assert places(subject, spaces) == wanted


def test_several_host_bridges_lead_to_the_buses_of_their_numbers(subject) -> None:
    spaces = {place(0): function(header=0x80), place(0, 0, 3): function(), place(3, 1): function()}
    assert places(subject, spaces) == [place(0), place(0, 0, 3), place(3, 1)]


def test_functions_beyond_the_table_are_counted(subject) -> None:
    spaces = {place(0, slot): function(header=0x80) for slot in range(32)}
    spaces |= {place(0, slot, number): function() for slot in range(32) for number in range(1, 8)}
    spaces[place(0, 0, 1)] = bridge(1)
    spaces |= {place(1, slot): function() for slot in range(3)}
    assert scan(subject, spaces) == 256
    assert subject.ignored() == 3


# Memory and ports -------------------------------------------------------------------------------


@dataclass
class Bar:
    kind: int
    size: int
    start: int
    is_wide: bool = False
    is_prefetchable: bool = False

    def put(self, space: Space, index: int) -> None:
        offset = 0x10 + index * 4
        if self.kind == PORTS:
            space.set(offset, "I", self.start | 1, 0xFFFF & ~(self.size - 1))
            return
        flags = (4 if self.is_wide else 0) | (8 if self.is_prefetchable else 0)
        mask = (1 << 64) - self.size
        space.set(offset, "I", self.start & 0xFFFF_FFFF | flags, mask & 0xFFFF_FFF0)
        if self.is_wide:
            space.set(offset + 4, "I", self.start >> 32, mask >> 32)


@st.composite
def bars(draw: st.DrawFn) -> dict[int, Bar]:
    """Ranges by the first of their registers."""
    found, index = {}, 0
    while index < 6:
        kind = draw(st.sampled_from([NONE, PORTS, MEMORY]))
        is_wide = kind == MEMORY and index < 5 and draw(st.booleans())
        if kind == PORTS:
            size = 1 << draw(st.integers(2, 8))
            found[index] = Bar(PORTS, size, draw(st.integers(1, 0xFFFF // size)) * size)
        elif kind == MEMORY:
            size = 1 << draw(st.integers(4, 40 if is_wide else 30))
            most = (1 << (52 if is_wide else 32)) // size - 1
            start = draw(st.integers(1, max(most, 1))) * size
            found[index] = Bar(MEMORY, size, start, is_wide, draw(st.booleans()))
        index += 2 if is_wide else 1
    return found


@given(bars())
@settings(max_examples=200)
def test_ranges_are_found_and_left_as_they_were(subject, wanted: dict[int, Bar]) -> None:
    space = function()
    for index, bar in wanted.items():
        bar.put(space, index)
    assert scan(subject, {0: space}) == 1
    for index in range(6):
        kind, start, size, is_prefetchable = subject.range_of(0, index)
        bar = wanted.get(index)
        if bar is None:
            assert kind == NONE
        else:
            assert (kind, start, size, is_prefetchable) == (
                bar.kind,
                bar.start,
                bar.size,
                bar.is_prefetchable,
            )
    assert bytes(subject.content(0)) == bytes(space.content)


def test_a_bridge_has_two_ranges(subject) -> None:
    space = bridge(0)
    for index in range(2):
        Bar(MEMORY, 4096, 0xFE000000 + index * 4096).put(space, index)
    scan(subject, {0: space})
    assert [subject.range_of(0, index)[0] for index in range(6)] == [MEMORY, MEMORY, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("value", "writable"),
    [
        (0xFE000000, 0xFF0F0000),  # bits in between cannot be set
        (0xFE000000, 0x00FF0000),  # nor the highest ones
        (0x00000000, 0xFFFFF000),  # put nowhere
        (0xFE000006, 0xFFFFF000),  # of a kind that there is not
        (0xFE000002, 0xFFFFF000),  # below 1 MiB, as of old
    ],
)
def test_a_range_that_makes_no_sense_is_none(subject, value: int, writable: int) -> None:
    space = function()
    space.set(0x10, "I", value, writable)
    scan(subject, {0: space})
    assert subject.range_of(0, 0) == (NONE, 0, 0, False)


def test_a_wide_range_without_a_second_register_is_none(subject) -> None:
    space = function()
    space.set(0x24, "I", 0xFE000004, 0xFFFFF000)
    scan(subject, {0: space})
    assert subject.range_of(0, 5)[0] == NONE


# Capabilities -----------------------------------------------------------------------------------


@given(
    st.dictionaries(st.integers(16, 63), st.tuples(st.integers(0, 255), st.integers(0, 255))),
    st.integers(0, 255),
)
@settings(max_examples=200)
def test_any_list_of_capabilities_ends(
    subject, entries: dict[int, tuple[int, int]], first: int
) -> None:
    space = function()
    space.set(6, "H", HAS_CAPABILITIES)
    space.set(0x34, "B", first)
    for index, (identity, following) in entries.items():
        space.set(index * 4, "H", following << 8 | identity)
    wanted: dict[int, int] = {}
    at = first & 0xFC
    for _ in range(48):
        if at < 0x40:
            break
        identity, following = space.content[at], space.content[at + 1]
        wanted.setdefault(identity, at)
        at = following & 0xFC
    scan(subject, {0: space})
    found = {which: subject.capability(0, which) for which in range(256)}
    assert {which: where for which, where in found.items() if where} == wanted


def test_without_the_bit_there_is_no_list(subject) -> None:
    space = function()
    space.set(0x34, "B", 0x40)
    space.set(0x40, "H", 5)
    scan(subject, {0: space})
    assert subject.capability(0, 5) == 0


def walked(subject) -> list[tuple[int, int, int]]:
    """Return identity, version and place of each extended capability in the page of memory."""
    found = []
    subject.begin_walk()
    while (step := subject.go_on())[0]:
        found.append(tuple(step[1:]))
    subject.end_walk()
    return found


WORD_OF_LIST = st.integers(63, 70)


@given(st.dictionaries(WORD_OF_LIST, st.tuples(st.integers(0, 0xF_FFFF), WORD_OF_LIST)))
@settings(max_examples=200)
def test_any_list_of_extended_capabilities_ends(
    subject, entries: dict[int, tuple[int, int]]
) -> None:
    words = [0] * 1024
    for index, (head, following) in entries.items():
        words[index] = following * 4 << 20 | head
    for index, value in enumerate(words):
        subject.set_memory(index * 4, value)
    wanted = []
    at = 0x100
    for _ in range((4096 - 256) // 8):
        if at < 0x100 or words[at // 4] in (0, 0xFFFF_FFFF):
            break
        head = words[at // 4]
        wanted.append((head & 0xFFFF, head >> 16 & 15, at))
        at = head >> 20 & 0xFFC
    assert walked(subject) == wanted


@pytest.mark.parametrize("head", [0, 0xFFFF_FFFF])
def test_without_a_first_entry_there_are_no_extended_capabilities(subject, head: int) -> None:
    subject.set_memory(0x100, head)
    assert walked(subject) == []


@given(
    st.lists(st.tuples(st.integers(0, 0x7FF), st.binary(min_size=256, max_size=256)), max_size=6)
)
@settings(max_examples=100)
def test_any_bytes_in_any_spaces_do_no_harm(subject, spaces: list[tuple[int, bytes]]) -> None:
    found = scan(
        subject,
        {where: Space(bytearray(data), bytearray(data[::-1])) for where, data in spaces},
    )
    for index in range(found):
        for number in range(6):
            kind, start, size, _ = subject.range_of(index, number)
            assert kind == NONE or (size.bit_count() == 1 and start % size == 0)


# Messages ---------------------------------------------------------------------------------------

MASTER_WITHOUT_LINE = 0x407
TABLE, TABLE_SIZE = 0x10000, 0x1000


def with_capability(identity: int, *words: tuple[int, int]) -> Space:
    """A function with one capability, at 0x50: words, and which of their bits can be written."""
    space = function()
    space.set(6, "H", HAS_CAPABILITIES)
    space.set(0x34, "B", 0x50)
    for index, (word, writable) in enumerate(words):
        space.set(0x50 + index * 4, "I", word | (identity if index == 0 else 0), writable)
    Bar(MEMORY, TABLE_SIZE, TABLE).put(space, 0)
    return space


def word(data: bytes, offset: int) -> int:
    return int(struct.unpack_from("<I", data, offset)[0])


@pytest.mark.parametrize("is_wide", [False, True])
def test_msi_is_turned_on_for_one_message(subject, is_wide: bool) -> None:
    control = 3 << 17 | is_wide << 23
    space = with_capability(5, (control, 0x71 << 16), *[(0, 0xFFFFFFFF)] * 4)
    scan(subject, {0: space})
    subject.use_messages(0, 9)
    data = bytes(subject.content(0))
    assert word(data, 0x50) == 5 | control | 1 << 16
    assert word(data, 0x54) == 0xFEE0_9000
    assert word(data, 4) & 0xFFFF == MASTER_WITHOUT_LINE
    vector = word(data, 0x5C if is_wide else 0x58)
    assert vector >= 32 and subject.deliver(vector) == 1
    if is_wide:
        assert word(data, 0x58) == 0
    subject.stop(0)
    assert word(bytes(subject.content(0)), 0x50) == 5 | control


def test_msix_gets_its_message_for_every_reason(subject) -> None:
    entries, offset = 5, 0x40
    space = with_capability(0x11, (entries - 1 << 16, 3 << 30), (offset, 0))
    for index in range(1024):
        subject.set_memory(index * 4, 1)
    scan(subject, {0: space})
    subject.use_messages(0, 2)
    data = bytes(subject.content(0))
    assert word(data, 0x50) >> 16 == 1 << 15 | entries - 1
    vector = subject.memory(offset + 8)
    for index in range(entries):
        found = [subject.memory(offset + index * 16 + at) for at in range(0, 16, 4)]
        assert found == [0xFEE0_2000, 0, vector, 0]
    assert subject.memory(offset - 4) == subject.memory(offset + entries * 16) == 1
    assert subject.deliver(vector) == 1
    subject.stop(0)
    assert word(bytes(subject.content(0)), 0x50) >> 16 == entries - 1


@pytest.mark.parametrize("where", [1, 6, 7, TABLE_SIZE - 0x40, TABLE_SIZE, 0xFFFF_FFF8], ids=hex)
def test_a_table_outside_of_the_memory_is_refused(subject, where: int) -> None:
    scan(subject, {0: with_capability(0x11, (4 << 16, 3 << 30), (where, 0))})
    with pytest.raises(Exception, match="NotUsable"):
        subject.use_messages(0, 0)


def test_messages_need_a_capability_and_a_processor_that_they_reach(subject) -> None:
    scan(subject, {0: function(), place(0, 1): with_capability(5, (0, 0x71 << 16))})
    for index, target in ((0, 0), (1, 255)):
        with pytest.raises(Exception, match="NotUsable"):
            subject.use_messages(index, target)


# Lines ------------------------------------------------------------------------------------------

NO_LINE = 1 << 10
LEVEL_LOW, LEVEL_HIGH_OF_MADT = 1 << 0 | 1 << 2, 0xD  # active low and shared; polarity and trigger


def with_pin(pin: int, space: Space | None = None) -> Space:
    """A function that interrupts by a pin, 1 is INTA, and begins with that turned off."""
    space = function() if space is None else space
    space.set(4, "H", COMMAND | NO_LINE, 0x407)
    space.set(0x3D, "B", pin)
    return space


@pytest.fixture
def wired(subject):
    """Nothing leads anywhere yet."""
    subject.cut_all_wires()
    return subject


def command(subject, index: int) -> int:
    return word(bytes(subject.content(index)), 4) & 0xFFFF


def test_a_function_interrupts_by_the_line_of_its_pin(wired) -> None:
    scan(wired, {place(0, 2): with_pin(2)})
    wired.wire(place(0, 2), 1, 20)
    vector = wired.use_line(0)
    assert command(wired, 0) == COMMAND
    assert wired.arrival(0) == (20, LEVEL_LOW)
    assert wired.deliver(vector) == 1
    wired.stop_line(0)
    assert command(wired, 0) == COMMAND | NO_LINE
    assert wired.vector_of(20) == 0


def test_a_line_is_shared(wired) -> None:
    scan(wired, {place(0, 2): with_pin(1), place(0, 6): with_pin(1)})
    for slot in (2, 6):
        wired.wire(place(0, slot), 0, 20)
    vector = wired.use_line(0)
    assert wired.use_line(1) == vector
    assert wired.deliver(vector) == 2
    wired.stop_line(0)
    assert wired.deliver(vector) == 1
    wired.stop_line(1)


@given(st.integers(0, 3), st.integers(0, 31), st.integers(1, 31))
@settings(max_examples=50)
def test_pins_turn_on_the_way_through_bridges(subject, pin: int, slot: int, way: int) -> None:
    """The root's bus has a bridge in some slot, behind it there is one in slot 3, and behind that is the device."""
    subject.cut_all_wires()
    spaces = {
        place(0, way): bridge(1),
        place(1, 3): bridge(2),
        place(2, slot): with_pin(pin + 1),
    }
    subject.wire(place(0, way), (pin + slot + 3) % 4, 21)
    assert places(subject, spaces) == [place(0, way), place(1, 3), place(2, slot)]
    assert subject.line_of(2) == 21


def test_what_the_firmware_says_of_a_nearer_bus_counts(wired) -> None:
    scan(wired, {place(0, 1): bridge(1), place(1, 2): with_pin(1)})
    wired.wire(place(0, 1), 2, 20)
    wired.wire(place(1, 2), 0, 22)
    assert wired.line_of(1) == 22


IN_A_CIRCLE = {place(0, 1): bridge(1), place(1, 3): bridge(1), place(1, 4): with_pin(1)}


@pytest.mark.parametrize(
    "spaces",
    [
        {place(0, 2): with_pin(0)},
        {place(0, 2): with_pin(5)},
        {place(0, 2): with_pin(1)},
        IN_A_CIRCLE,
    ],
)
def test_a_pin_that_leads_nowhere_is_refused(wired, spaces: dict[int, Space]) -> None:
    count = scan(wired, spaces)
    with pytest.raises(Exception, match="NotUsable"):
        wired.use_line(count - 1)
    assert command(wired, count - 1) == COMMAND | NO_LINE


def test_a_line_that_somebody_has_alone_is_refused(wired) -> None:
    scan(wired, {place(0, 2): with_pin(1)})
    wired.wire(place(0, 2), 0, 20)
    wired.take_line(20)
    with pytest.raises(Exception, match="NotUsable"):
        wired.use_line(0)
    assert command(wired, 0) == COMMAND | NO_LINE
    wired.give_line_back()


def test_a_line_of_the_old_pc_arrives_where_its_table_says(wired) -> None:
    scan(wired, {place(0, 2): with_pin(1)})
    wired.wire(place(0, 2), 0, 10)
    wired.override(10, 23, 0)
    wired.use_line(0)
    assert wired.arrival(0) == (23, LEVEL_LOW), "as PCI has it"
    wired.stop_line(0)
    wired.override(10, 23, LEVEL_HIGH_OF_MADT)
    wired.use_line(0)
    assert wired.arrival(0) == (23, 1 << 2), "as the table says"
    wired.stop_line(0)
