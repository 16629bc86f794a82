"""What AML reaches of the machine: PCI configuration, the embedded controller; and what the firmware is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compiler.testing import Native, native
from tests.modules.acpi.aml import assembler as aml
from tests.modules.acpi.aml.assembler import (
    ARG,
    buffer,
    device,
    method,
    named,
    number,
    package,
    region,
    returned,
    string,
)

HERE = Path(__file__).parent
TESTS = HERE.parents[2]
PNP0A08, PNP0C09 = 0x080AD041, 0x090CD041
EC_RESOURCES = bytes.fromhex("4701620062000101" + "4701660066000101" + "7900")


@pytest.fixture(scope="session")
def firmware() -> Native:
    return native(
        HERE / "firmware_subject.py",
        replace={
            "kernel.cpu.port": HERE / "port_model.py",
            "kernel.cpu.instructions": TESTS / "kernel/cpu/no_instructions.py",
            "kernel.cpu.processor": TESTS / "kernel/cpu/threads_as_processors.py",
            "kernel.time.clock": HERE / "clock_model.py",
            "modules.acpi.firmware.loaded": HERE / "loaded_model.py",
        },
    )


@pytest.fixture
def subject(firmware: Native) -> Iterator[Native]:
    yield firmware
    assert firmware.end() == 0


# PCI --------------------------------------------------------------------------------------------


def at(address: int, *terms: bytes) -> bytes:
    return named("_ADR", number(address)) + b"".join(terms)


REGION = region("REG", 2, number(0), number(0x100))
BUSES = aml.table(
    device(
        "PCI0",
        named("_HID", number(PNP0A08)),
        method("_BBN", returned(number(1))),
        device("DEV", at(0x1F0002, REGION)),
        device("BRG", at(0x30000, device("INN", at(0x50000, device("LOW", REGION))))),
    ),
    device("PCI1", named("_HID", string("PNP0A03")), device("DEV", at(0x20000, REGION))),
    device("ELSE", at(0x20000, REGION)),
)


def test_a_device_is_where_its_bridges_say(subject) -> None:
    subject.begin(BUSES)
    assert subject.place_of(b"\\PCI0.DEV.REG") == 1 << 8 | 0x1F << 3 | 2
    assert subject.place_of(b"\\PCI1.DEV.REG") == 2 << 3
    subject.set_register(1, 3, 0x0E, 0x81)  # a bridge, with several functions
    subject.set_register(1, 3, 0x19, 2)
    assert subject.place_of(b"\\PCI0.BRG.INN.LOW.REG") == 2 << 8 | 5 << 3


def test_a_device_behind_what_is_no_bridge_is_nowhere(subject) -> None:
    subject.begin(BUSES)
    subject.set_register(1, 3, 0x0E, 0)
    with pytest.raises(Exception, match="NoHandler"):
        subject.place_of(b"\\PCI0.BRG.INN.LOW.REG")
    with pytest.raises(Exception, match="NoHandler"):
        subject.place_of(b"\\ELSE.REG")


@given(st.sampled_from([1, 2, 4, 8]), st.integers(0, 63), st.integers(0, (1 << 64) - 1))
def test_registers_are_bytes_in_order(firmware, size: int, index: int, value: int) -> None:
    offset = index * 4 if size > 2 else index * 4 + 2 * (index & 1)
    place = 1 << 8 | 7 << 3
    value &= (1 << 8 * size) - 1
    if offset + size > 256:
        with pytest.raises(Exception, match="OutOfRange"):
            firmware.read_pci(place, offset, size)
        return
    firmware.write_pci(place, offset, size, value)
    assert firmware.read_pci(place, offset, size) == value
    assert firmware.read_pci(place, offset, 1) == value & 0xFF


# Pins of PCI --------------------------------------------------------------------------------------

NOWHERE = (0, False, False)
LINE_20 = bytes.fromhex("8906000901140000007900")  # level, high, shared
IRQ_NONE, IRQ_5_10 = bytes.fromhex("230000187900"), bytes.fromhex("232004187900")


def pins(*entries: bytes) -> bytes:
    return named("_PRT", package(*entries))


def pin(
    slot: int, number_of_pin: int, source: bytes, line: int = 0, function: int = 0xFFFF
) -> bytes:
    return package(number(slot << 16 | function), number(number_of_pin), source, number(line))


def link(text: str, current: bytes, possible: bytes = IRQ_5_10) -> bytes:
    """A link that keeps what it is told."""
    return device(
        text,
        named("NOW", buffer(current)),
        named("_PRS", buffer(possible)),
        method("_CRS", returned(aml.name("NOW"))),
        method("_SRS", aml.store(ARG[0], aml.name("NOW")), arguments=1),
    )


def at_pci(bus: int, slot: int, function: int = 0) -> int:
    return bus << 8 | slot << 3 | function


ROUTED = aml.table(
    link("LNKA", LINE_20),
    link("LNKB", IRQ_NONE),
    link("LNKC", IRQ_NONE, IRQ_NONE),
    device("ODD", pins(pin(1, 0, aml.ZERO, 30))),  # below no root
    device("ELSE", named("_HID", string("PNP0A03")), named("_BBN", number(2)), pins(number(7))),
    device(
        "PCI0",
        named("_HID", number(PNP0A08)),
        pins(
            pin(1, 0, aml.name("\\LNKA")),
            pin(1, 1, aml.ZERO, 17),
            pin(2, 0, aml.ZERO, 18, function=3),
            pin(2, 0, aml.ZERO, 19),
            pin(4, 0, aml.name("\\LNKB")),
            pin(4, 1, aml.name("\\LNKC")),
        ),
        device("BRG", at(0x30000, pins(pin(1, 0, aml.ZERO, 21)))),
        device("OFF", at(0x60000, pins(pin(1, 0, aml.ZERO, 31)))),  # a bridge that is not there
    ),
    device("PCI3", named("_HID", number(PNP0A08)), named("_BBN", number(3)), method("_PRT")),
)


@pytest.fixture
def routed(subject: Native) -> Native:
    subject.begin(ROUTED)
    subject.set_register(0, 3, 0x0E, 1)
    subject.set_register(0, 3, 0x19, 1)
    return subject


def test_pins_lead_to_lines_by_links_and_without(routed) -> None:
    assert routed.line_of(at_pci(0, 1), 0) == (20, False, False)
    assert routed.line_of(at_pci(0, 1), 1) == (17, False, True)


def test_an_entry_may_be_one_functions(routed) -> None:
    assert routed.line_of(at_pci(0, 2, 3), 0) == (18, False, True)
    assert routed.line_of(at_pci(0, 2, 4), 0) == (19, False, True)


def test_a_link_is_told_to_lead_somewhere_once(routed) -> None:
    assert [routed.line_of(at_pci(0, 4), 0) for _ in range(2)] == [(5, False, True)] * 2


def test_a_bus_behind_a_bridge_may_have_pins_of_its_own(routed) -> None:
    assert routed.line_of(at_pci(1, 1), 0) == (21, False, True)


@pytest.mark.parametrize(
    ("place", "number_of_pin"),
    [
        (at_pci(0, 1), 2),  # the pin is not listed
        (at_pci(0, 5), 0),  # nor is the device
        (at_pci(0, 4), 1),  # a link that can lead nowhere
        (at_pci(2, 1), 0),  # a list that makes no sense
        (at_pci(3, 1), 0),  # no list
        (at_pci(9, 1), 0),  # no such bus
        (1 << 16 | at_pci(0, 1), 0),  # no such segment
    ],
)
def test_what_the_firmware_does_not_say_is_no_line(routed, place: int, number_of_pin: int) -> None:
    assert routed.line_of(place, number_of_pin) == NOWHERE


# The embedded controller ------------------------------------------------------------------------


def controller(event: bytes) -> bytes:
    return aml.table(
        device(
            "EC0",
            named("_HID", number(PNP0C09)),
            named("_CRS", buffer(EC_RESOURCES)),
            named("_GPE", event),
        )
    )


def test_the_controller_is_found(subject) -> None:
    subject.begin(controller(number(0x17)))
    assert subject.find_controller() == (0x62, 0x66, 0x17)
    subject.begin(controller(package(number(1), number(2))))
    assert subject.find_controller() == (0x62, 0x66, 0xFFFFFFFF)
    subject.begin(aml.table(device("EC0", named("_HID", number(PNP0C09)))))
    assert subject.find_controller() == (0, 0, 0)


def test_a_table_may_say_where_it_is(subject) -> None:
    subject.begin(aml.table())
    register = bytes([1, 8, 0, 0]) + bytes(8)
    head = bytearray(bytes(36) + register + register + bytes(4) + bytes([0x17]) + b"\\EC\0")
    head[40:42], head[52:54] = b"\x66\0", b"\x62\0"
    assert subject.read_table(bytes(head)) == (0x62, 0x66, 0x17)
    head[36] = 0  # in memory
    assert subject.read_table(bytes(head)) == (0, 0, 0)
    assert subject.read_table(bytes(head[:64])) == (0, 0, 0)


@given(st.lists(st.tuples(st.integers(0, 255), st.integers(1, 8), st.integers(0, (1 << 64) - 1))))
def test_the_controllers_bytes_are_memory(firmware, writes) -> None:
    firmware.begin(controller(number(0x17)))
    firmware.find_controller()
    model = {}
    for offset, size, value in writes:
        value &= (1 << 8 * size) - 1
        if offset + size > 256:
            with pytest.raises(Exception, match="OutOfRange"):
                firmware.write_ec(offset, size, value)
            continue
        firmware.write_ec(offset, size, value)
        model.update(enumerate(value.to_bytes(size, "little"), offset))
        assert firmware.read_ec(offset, size) == value
    assert all(firmware.read_ec(place, 1) == byte for place, byte in model.items())
    assert firmware.end() == 0


def test_the_controllers_events_are_asked_for(subject) -> None:
    subject.begin(controller(number(0x17)))
    subject.find_controller()
    assert subject.next_event() == 0
    subject.raise_event(0x10)
    subject.raise_event(0x33)
    assert [subject.next_event() for _ in range(3)] == [0x33, 0x10, 0]


def test_a_controller_that_does_not_answer_is_given_up(subject) -> None:
    subject.begin(controller(number(0x17)))
    subject.find_controller()
    subject.let_it_die()
    with pytest.raises(Exception, match="NoHandler"):
        subject.read_ec(0, 1)


# Sleep states and calls -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "types"),
    [
        (package(number(5), number(6), aml.ZERO, aml.ZERO), (5, 6)),
        (package(aml.ZERO, aml.ZERO), (0, 0)),
        (package(number(0x0705)), (5, 7)),
    ],
)
def test_a_sleep_state_has_two_numbers(subject, value: bytes, types: tuple[int, int]) -> None:
    subject.begin(aml.table(named("_S5", value)))
    assert subject.sleep_state(b"\\_S5") == types


@pytest.mark.parametrize("value", [package(), package(number(8), number(0)), package(count=2)])
def test_numbers_that_do_not_fit_are_none(subject, value: bytes) -> None:
    subject.begin(aml.table(named("_S5", value)))
    with pytest.raises(Exception, match="WrongType"):
        subject.sleep_state(b"\\_S5")


def test_a_call_takes_words(subject) -> None:
    subject.begin(aml.table(method("M", returned(package(ARG[0], ARG[1], ARG[2])), arguments=3)))
    assert bytes(subject.call(b"\\M", b" 0x1F  word 31\n")) == b'P[I:1F S:"word" I:1F]'
    many = b"1 2 3 4 5 6 7 8 9"
    assert bytes(subject.call(b"\\M", many)) == b"P[I:1 I:2 I:3]"
