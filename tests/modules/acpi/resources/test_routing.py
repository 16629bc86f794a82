"""Where the interrupt pins of a bus lead, and links that can be told where to lead."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from compiler.testing import Native, native
from tests.modules.acpi.aml import assembler as aml
from tests.modules.acpi.aml.assembler import (
    ARG,
    buffer,
    device,
    method,
    name,
    named,
    number,
    package,
    returned,
    scope,
    store,
    string,
)

IRQ_5_10 = bytes.fromhex("232004187900")
IRQ_NONE = bytes.fromhex("230000187900")
LINES_20_21 = bytes.fromhex("890A000D0214000000150000007900")


@pytest.fixture(scope="module")
def native_subject() -> Native:
    return native(Path(__file__).parent / "resources_subject.py")


@pytest.fixture
def subject(native_subject: Native) -> Iterator[Native]:
    yield native_subject
    assert native_subject.end() == 0


def entry(address: int, pin: int, source: bytes, index: bytes) -> bytes:
    return package(number(address), number(pin), source, index)


def test_pins_lead_to_lines_and_links(subject) -> None:
    subject.begin(
        aml.table(
            scope("\\_SB", device("LNKA"), device("LNKB")),
            named(
                "_PRT",
                package(
                    entry(0x1FFFFF, 0, name("\\_SB.LNKA"), aml.ZERO),
                    entry(0x2FFFF, 3, aml.ZERO, number(20)),
                    entry(0x30002, 1, string("\\_SB.LNKB"), aml.ZERO),
                    entry(0x4FFFF, 1, aml.ZERO, name("\\_SB.LNKB")),
                ),
            ),
        )
    )
    assert bytes(subject.routes(b"\\_PRT")).decode().splitlines() == [
        "device 0x1f pin 1 -> \\_SB.LNKA",
        "device 0x2 pin 4 -> line 20",
        "device 0x3 function 2 pin 2 -> \\_SB.LNKB",
        "device 0x4 pin 2 -> \\_SB.LNKB",
    ]


@pytest.mark.parametrize(
    "element",
    [
        entry(0x1FFFF, 4, aml.ZERO, number(20)),
        package(number(0x1FFFF), aml.ZERO, aml.ZERO),
        entry(0x1FFFF, 0, buffer(b"x"), number(20)),
        number(7),
        package(count=4),
    ],
)
def test_an_element_that_makes_no_sense_is_refused(subject, element: bytes) -> None:
    good = entry(0x1FFFF, 0, aml.ZERO, number(20))
    subject.begin(aml.table(named("_PRT", package(good, element))))
    assert bytes(subject.routes(b"\\_PRT")) == b"device 0x1 pin 1 -> line 20\nwrong"


def link_with(current: bytes, possible: bytes) -> bytes:
    """Return a table with a link that keeps what it is told."""
    return aml.table(
        device(
            "LNKA",
            named("NOW", buffer(current)),
            named("_PRS", buffer(possible)),
            method("_CRS", returned(name("NOW"))),
            method("_SRS", store(ARG[0], name("NOW")), arguments=1),
        )
    )


def test_a_link_leads_where_it_says(subject) -> None:
    subject.begin(link_with(LINES_20_21, LINES_20_21))
    assert subject.line(b"\\LNKA") == (20, False, True)


def test_a_link_that_leads_nowhere_is_told_to_lead_somewhere(subject) -> None:
    subject.begin(link_with(IRQ_NONE, IRQ_5_10))
    assert subject.line(b"\\LNKA") == (5, False, True)
    subject.begin(link_with(bytes.fromhex("8906000D01000000007900"), LINES_20_21))
    assert subject.line(b"\\LNKA") == (20, False, True)
    subject.begin(link_with(bytes.fromhex("7900"), LINES_20_21))
    assert subject.line(b"\\LNKA") == (20, False, True)


def test_a_link_that_can_lead_nowhere_is_refused(subject) -> None:
    subject.begin(link_with(IRQ_NONE, IRQ_NONE))
    with pytest.raises(Exception, match="BadResource"):
        subject.line(b"\\LNKA")
    subject.begin(link_with(IRQ_NONE, bytes.fromhex("7900")))
    with pytest.raises(Exception, match="BadResource"):
        subject.line(b"\\LNKA")
    subject.begin(link_with(b"", b""))
    with pytest.raises(Exception, match="BadResource"):
        subject.line(b"\\LNKA")
