"""Firmware's tables are read if they make sense, and refused if they do not; nothing else happens."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.kernel.mem.simulated import map_memory, simulated
from tests.modules.acpi.tables import firmware
from tests.modules.acpi.tables.firmware import FIRST, ROOT, RSDP, table

APIC, HPET, FACP = (int.from_bytes(name, "little") for name in (b"APIC", b"HPET", b"FACP"))
IO, MEMORY = 1, 0


@pytest.fixture(scope="module")
def subject():
    map_memory()
    replace = {"kernel.cpu.processor": Path("tests/kernel/cpu/threads_as_processors.py").resolve()}
    return simulated(Path(__file__).parent / "tables_subject.py", replace)


def refuses(call, *arguments) -> None:
    with pytest.raises(Exception, match="BadTable"):
        call(*arguments)


# The way to the tables --------------------------------------------------------------------------


@pytest.mark.parametrize("width", [4, 8])
def test_tables_are_found(subject, width: int) -> None:
    firmware.write([table(b"AAAA", b"x"), table(b"HPET", b"yy"), table(b"HPET", b"zzz")], width)
    assert subject.read_root(RSDP) == 3
    assert subject.length_of(HPET) == 38
    with pytest.raises(Exception, match="NoTable"):
        subject.length_of(APIC)


def test_a_root_pointer_must_add_up(subject) -> None:
    firmware.write([])
    good = firmware.rsdp()
    for place in range(36):
        firmware.store(RSDP, good[:place] + bytes([good[place] ^ 4]) + good[place + 1 :])
        refuses(subject.read_root, RSDP)


@pytest.mark.parametrize(
    "bad",
    [
        {"xsdt": (1 << 32) - 8},
        {"xsdt": 1 << 40},
        {"xsdt": (1 << 64) - 36},
        {"xsdt": 0, "rsdt": 0},
        {"length": 35},
        {"length": 1 << 20},
        {"length": (1 << 32) - 1},
    ],
    ids=str,
)
def test_a_root_pointer_that_leads_nowhere(subject, bad: dict) -> None:
    firmware.write([])
    firmware.store(RSDP, firmware.rsdp(**bad))
    refuses(subject.read_root, RSDP)


@pytest.mark.parametrize("address", [0, (1 << 32) - 4, 1 << 32, (1 << 64) - 1])
def test_a_root_pointer_that_cannot_be_there(subject, address: int) -> None:
    refuses(subject.read_root, address)


@pytest.mark.parametrize(
    "root",
    [
        table(b"RSDT", b""),
        table(b"XSDT", b"1234"),
        table(b"XSDT", bytes(129 * 8)),
        table(b"XSDT", bytes(8), good=False),
        table(b"XSDT", bytes(8), length=35),
        table(b"XSDT", bytes(8), length=0),
        table(b"XSDT", bytes(8), length=(1 << 32) - 1),
    ],
)
def test_a_root_table_that_makes_no_sense(subject, root: bytes) -> None:
    firmware.write([])
    firmware.store(ROOT, root)
    refuses(subject.read_root, RSDP)


def test_an_address_without_a_table_is_passed_over(subject) -> None:
    firmware.write([table(b"HPET", b"yy")])
    addresses = [0, 1 << 50, 5, FIRST]
    firmware.store(ROOT, table(b"XSDT", struct.pack("<4Q", *addresses)))
    subject.read_root(RSDP)
    assert subject.length_of(HPET) == 38


def test_a_table_that_does_not_add_up_is_refused(subject) -> None:
    firmware.write([table(b"HPET", bytes(20), good=False)])
    subject.read_root(RSDP)
    refuses(subject.length_of, HPET)


# MADT -------------------------------------------------------------------------------------------


def processor(acpi_id: int, apic_id: int, flags: int = 1) -> bytes:
    return struct.pack("<BBBBI", 0, 8, acpi_id, apic_id, flags)


def processor_x2(acpi_id: int, apic_id: int, flags: int = 1) -> bytes:
    return struct.pack("<BBHIII", 9, 16, 0, apic_id, flags, acpi_id)


def io_apic(id: int = 0, address: int = 0xFEC0_0000, first: int = 0) -> bytes:
    return struct.pack("<BBBBII", 1, 12, id, 0, address, first)


def override(source: int, line: int, flags: int = 0) -> bytes:
    return struct.pack("<BBBBIH", 2, 10, 0, source, line, flags)


def madt(*entries: bytes, flags: int = 1) -> bytes:
    return table(b"APIC", struct.pack("<II", 0xFEE0_0000, flags) + b"".join(entries))


def test_what_qemu_says_of_two_processors(subject) -> None:
    firmware.write(
        [
            madt(
                processor(0, 0),
                processor(1, 1),
                processor(2, 2, flags=0),
                io_apic(),
                override(0, 2),
                override(5, 5, 0xD),
                override(9, 9, 0xD),
                struct.pack("<BBBHB", 4, 6, 0xFF, 0, 1),
            )
        ]
    )
    subject.read_madt(RSDP)
    assert subject.local_apics() == (0xFEE0_0000, True, 2, 0)
    assert [subject.processor(index) for index in range(2)] == [(0, 0), (1, 1)]
    assert subject.chip_count() == 1
    assert subject.chip(0) == (0, 0xFEC0_0000, 0)
    assert subject.isa(0) == (2, 0)
    assert subject.isa(1) == (1, 0)
    assert subject.isa(9) == (9, 0xD)
    assert subject.nmi_count() == 1
    assert subject.nmi(0) == (0xFFFF_FFFF, 0, 1)


def test_a_processor_that_is_listed_twice_is_one(subject) -> None:
    firmware.write([madt(processor(0, 0), processor(1, 255), *[processor_x2(9, 0)] * 2)])
    subject.read_madt(RSDP)
    assert subject.local_apics()[2] == 1


def test_processors_beyond_the_limit_are_counted(subject) -> None:
    firmware.write([madt(*(processor_x2(number, number) for number in range(300)))])
    subject.read_madt(RSDP)
    assert subject.local_apics()[2:] == (256, 44)
    assert subject.processor(255) == (255, 255)


def test_an_address_of_64_bits_holds(subject) -> None:
    firmware.write([madt(struct.pack("<BBHQ", 5, 12, 0, 1 << 36), flags=0)])
    subject.read_madt(RSDP)
    assert subject.local_apics()[:2] == (1 << 36, False)


def test_entries_of_unknown_kinds_are_passed_over(subject) -> None:
    firmware.write([madt(bytes([0x7F, 3, 0]), processor(3, 4), bytes([0x80, 2]))])
    subject.read_madt(RSDP)
    assert subject.processor(0) == (4, 3)


@pytest.mark.parametrize(
    "entries",
    [
        bytes([0]),
        bytes([0, 0]),
        bytes([0x7F, 1]),
        bytes([0, 9, 0, 0, 0, 0, 0, 0]),
        bytes([0, 7, 0, 0, 0, 0, 0]),
        bytes([1, 11, *[0] * 9]),
        bytes([9, 15, *[0] * 13]),
        override(16, 2),
        io_apic(address=0),
        io_apic() * 65,
        struct.pack("<BBBHB", 4, 6, 0xFF, 0, 2),
    ],
)
def test_an_entry_that_makes_no_sense(subject, entries: bytes) -> None:
    firmware.write([madt(entries)])
    refuses(subject.read_madt, RSDP)


def test_a_madt_without_room_for_its_head(subject) -> None:
    firmware.write([table(b"APIC", bytes(7))])
    refuses(subject.read_madt, RSDP)


# HPET, FADT -------------------------------------------------------------------------------------


def register(space: int, address: int) -> bytes:
    return struct.pack("<BBBBQ", space, 32, 0, 3, address)


def hpet(space: int = MEMORY, address: int = 0xFED0_0000) -> bytes:
    return table(b"HPET", struct.pack("<I", 0x8086A201) + register(space, address) + bytes(4))


def fadt(length: int = 244, revision: int = 1, **fields: tuple[int, str, int]) -> bytes:
    data = bytearray(300)
    for offset, form, value in fields.values():
        struct.pack_into("<" + form, data, offset, value)
    return table(b"FACP", bytes(data[36:length]), revision=revision)


HAS_8042 = 2
TIMER = {"block": (76, "I", 0x608), "size": (91, "B", 4)}


def test_the_hpet_is_found(subject) -> None:
    firmware.write([hpet()])
    assert subject.read_hpet(RSDP) == 0xFED0_0000


@pytest.mark.parametrize("bad", [hpet(IO), hpet(address=0), table(b"HPET", bytes(19))])
def test_an_hpet_that_makes_no_sense(subject, bad: bytes) -> None:
    firmware.write([bad])
    refuses(subject.read_hpet, RSDP)


@pytest.mark.parametrize("length", [116, 129, 132, 244])
def test_a_timer_in_old_and_new_tables(subject, length: int) -> None:
    firmware.write([fadt(length, **TIMER, flags=(112, "I", 1 << 8))])
    subject.read_fadt(RSDP)
    assert subject.timer() == (IO, 0x608, True)


@pytest.mark.parametrize(
    ("old", "extended", "place"), [(0, 0, 0), (0x1000, 0, 0x1000), (0x1000, 1 << 40, 1 << 40)]
)
def test_where_the_shared_memory_is(subject, old: int, extended: int, place: int) -> None:
    firmware.write([fadt(**TIMER, facs=(36, "I", old), x_facs=(132, "Q", extended))])
    subject.read_fadt(RSDP)
    assert subject.facs_place() == place


def test_shared_memory_that_makes_no_sense(subject) -> None:
    subject.check_facs(b"FACS" + struct.pack("<I", 64) + bytes(56))
    for bad in (b"", b"FACS", b"FACX" + struct.pack("<I", 64) + bytes(56), b"FACS" + bytes(60)):
        refuses(subject.check_facs, bad)


def test_extended_addresses_hold(subject) -> None:
    extended = {
        "space": (208, "B", MEMORY),
        "timer": (212, "Q", 0x1234_5678_9000),
        "dsdt": (40, "I", 0x1000),
        "x_dsdt": (140, "Q", 0x1_0000_0000),
    }
    firmware.write([fadt(**TIMER, **extended, sci=(46, "H", 9), century=(108, "B", 0x32))])
    subject.read_fadt(RSDP)
    assert subject.timer() == (MEMORY, 0x1234_5678_9000, False)
    assert subject.others() == (0x1_0000_0000, 9, 0x32, HAS_8042)


@pytest.mark.parametrize(("revision", "expected"), [(1, HAS_8042), (2, 0x20)])
def test_what_of_the_old_pc_is_there_is_told_from_revision_2_on(
    subject, revision, expected
) -> None:
    firmware.write([fadt(revision=revision, **TIMER, architecture=(109, "H", 0x20))])
    subject.read_fadt(RSDP)
    assert subject.others()[3] == expected


def test_a_machine_without_the_old_registers_has_no_timer(subject) -> None:
    firmware.write([fadt(**TIMER, flags=(112, "I", 1 << 20))])
    subject.read_fadt(RSDP)
    assert subject.timer()[1] == 0
    firmware.write([fadt(block=TIMER["block"])])
    subject.read_fadt(RSDP)
    assert subject.timer()[1] == 0


def test_how_to_reset(subject) -> None:
    fields = {"space": (116, "B", IO), "reset": (120, "Q", 0xCF9), "value": (128, "B", 0xF)}
    firmware.write([fadt(**fields, flags=(112, "I", 1 << 10))])
    subject.read_fadt(RSDP)
    assert subject.reset() == (IO, 0xCF9, 0xF)
    firmware.write([fadt(**fields)])
    subject.read_fadt(RSDP)
    assert subject.reset() == (IO, 0, 0)


CONTROL = {"a": (64, "I", 0x604), "b": (68, "I", 0x704), "control_size": (89, "B", 2)}
COMMAND = {"command": (48, "I", 0xB2), "enable": (52, "B", 0xF1)}


def test_how_to_switch_off(subject) -> None:
    firmware.write([fadt(**CONTROL, **COMMAND)])
    subject.read_fadt(RSDP)
    assert subject.control() == (IO, 0x604, 0x704, 0xB2, 0xF1)
    extended = {"space": (172, "B", MEMORY), "x_a": (176, "Q", 0x1234_5678_9000)}
    firmware.write([fadt(**CONTROL, **extended)])
    subject.read_fadt(RSDP)
    assert subject.control() == (MEMORY, 0x1234_5678_9000, 0x704, 0, 0)


def test_a_machine_without_the_old_registers_has_no_control(subject) -> None:
    for fields in (
        {**CONTROL, "flags": (112, "I", 1 << 20)},
        {**CONTROL, "control_size": (89, "B", 1)},
    ):
        firmware.write([fadt(**fields)])
        subject.read_fadt(RSDP)
        assert subject.control()[1:3] == (0, 0)


EVENTS = {"event_a": (56, "I", 0x600), "event_b": (60, "I", 0x700), "event_size": (88, "B", 4)}
GENERAL = {"general": (80, "I", 0x620), "general_size": (92, "B", 16)}
SECOND = {"second": (84, "I", 0x640), "second_size": (93, "B", 4), "second_first": (94, "B", 64)}


def test_where_events_come_from(subject) -> None:
    firmware.write([fadt(**EVENTS, **GENERAL, **SECOND)])
    subject.read_fadt(RSDP)
    assert subject.events() == (0x600, 0x700, 4)
    assert subject.general_events() == (0x620, 16, 0x640, 4, 64)
    firmware.write([fadt(**EVENTS, x_space=(220, "B", IO), x_general=(224, "Q", 0xA20))])
    subject.read_fadt(RSDP)
    assert subject.general_events()[:3] == (0xA20, 0, 0)


def test_a_machine_without_the_old_registers_has_no_events(subject) -> None:
    for fields in (
        {**EVENTS, **GENERAL, "flags": (112, "I", 1 << 20)},
        {**EVENTS, **GENERAL, "event_size": (88, "B", 2)},
    ):
        firmware.write([fadt(**fields)])
        subject.read_fadt(RSDP)
        assert subject.events()[:2] == (0, 0)
        assert subject.general_events()[0] == 0


@pytest.mark.parametrize(
    "bad",
    [
        fadt(115),
        fadt(a=(64, "I", 0x1_0000), size=CONTROL["control_size"]),
        fadt(command=(48, "I", 0x1_0000)),
        fadt(block=(76, "I", 0x1_0000), size=TIMER["size"]),
        fadt(
            space=(116, "B", IO),
            reset=(120, "Q", 1 << 16),
            flags=(112, "I", 1 << 10),
        ),
    ],
)
def test_a_fadt_that_makes_no_sense(subject, bad: bytes) -> None:
    firmware.write([bad])
    refuses(subject.read_fadt, RSDP)


# Windows to the configuration spaces of PCI Express -----------------------------------------------


def windows(*entries: tuple[int, int, int, int], rest: bytes = b"") -> bytes:
    """Return a table of windows: address, segment, first and last bus."""
    packed = (struct.pack("<QHBBI", *entry, 0) for entry in entries)
    return table(b"MCFG", bytes(8) + b"".join(packed) + rest)


QEMUS = (0xB000_0000, 0, 0, 255)


def test_windows_are_read_in_order(subject) -> None:
    other = (0x40_0000_0000, 7, 16, 16)
    firmware.write([windows(QEMUS, other)])
    assert subject.read_mcfg(RSDP) == 2
    assert [subject.window(index) for index in range(2)] == [QEMUS, other]


@pytest.mark.parametrize("rest", [b"", bytes(15)])
def test_a_window_that_is_cut_off_is_none(subject, rest: bytes) -> None:
    firmware.write([windows(rest=rest)])
    assert subject.read_mcfg(RSDP) == 0
    firmware.write([windows(QEMUS, rest=rest)])
    assert subject.read_mcfg(RSDP) == 1


@pytest.mark.parametrize("length", [0, 7])
def test_a_table_without_room_for_windows_has_none(subject, length: int) -> None:
    firmware.write([table(b"MCFG", bytes(length))])
    assert subject.read_mcfg(RSDP) == 0


@pytest.mark.parametrize("bad", [(0, 0, 0, 255), (0xB008_0000, 0, 0, 255), (0xB000_0000, 0, 6, 5)])
def test_a_window_that_makes_no_sense(subject, bad: tuple[int, int, int, int]) -> None:
    firmware.write([windows(bad, QEMUS)])
    assert subject.read_mcfg(RSDP) == 2
    refuses(subject.window, 0)
    assert subject.window(1) == QEMUS


# Anything ---------------------------------------------------------------------------------------

bodies = st.one_of(
    st.binary(max_size=300),
    st.lists(
        st.tuples(st.integers(0, 11), st.integers(0, 20), st.binary(min_size=14, max_size=14)).map(
            lambda entry: (bytes(entry[:2]) + entry[2])[: max(entry[1], 2)]
        ),
        max_size=30,
    ).map(lambda entries: bytes(8) + b"".join(entries)),
)


@given(st.sampled_from([b"APIC", b"HPET", b"FACP"]), bodies, st.integers(0, 400))
@settings(max_examples=300)
def test_any_table_ends_in_an_answer(subject, name: bytes, body: bytes, length: int) -> None:
    firmware.write([table(name, body, length=min(length, len(body) + 36))])
    calls = {b"APIC": subject.read_madt, b"HPET": subject.read_hpet, b"FACP": subject.read_fadt}
    try:
        calls[name](RSDP)
    except Exception as error:  # noqa: BLE001 - a target's exception has no class here
        assert "BadTable" in repr(error)
