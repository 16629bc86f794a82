"""Whatever bytes a table holds: an error with a place, in bounded time, and nothing is left behind.

PATCHWORK_AML_CASES says how many cases to try, for a campaign, PATCHWORK_SEED with which one to begin.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compiler.testing.native import Native
from tests.modules.acpi.aml import assembler as aml
from tests.modules.acpi.aml.assembler import (
    ARG,
    LOCAL,
    binary,
    buffer,
    conditional,
    device,
    field,
    index,
    loop,
    method,
    name,
    named,
    number,
    package,
    region,
    returned,
    scope,
    store,
    string,
)

CASES = int(os.environ.get("PATCHWORK_AML_CASES", "20000"))
FIRST = int(os.environ.get("PATCHWORK_SEED", "0"))
STEP = 10_000

ADDED = aml.table(
    device("\\NEW", named("X", number(5)), region("R", 5, aml.ZERO, aml.ONE), method("_REG")),
    signature=b"SSDT",
)
EVERYTHING = aml.table(
    named("NUM", number(1)),
    named("STR", string("text")),
    named("BUF", buffer(bytes(range(20)))),
    named("PKG", package(name("NUM"), name("DEV"), package(string("a"), number(1000)))),
    region("REG", 1, number(0x70), number(8)),
    field("REG", 1, ("IDX", 8), ("DAT", 8), ("", 3), ("BIT", 5), ("WIDE", 40)),
    aml.index_field("IDX", "DAT", 2, ("IN", 12)),
    aml.bank_field("REG", "IDX", number(3), 1, ("", 8), ("BNK", 8)),
    aml.create_field(b"\x8a", name("BUF"), number(4), "WORD"),
    aml.data_region("TBL", string("DSDT"), string(""), string("")),
    field("TBL", 1, ("HEAD", 64), ("", 224), ("CODE", 32)),
    b"\x5b\x01" + name("MTX") + b"\x02",
    b"\x5b\x02" + name("EVT"),
    aml.alias("NUM", "OTHR"),
    device("DEV", named("_HID", string("PNP0A03")), method("_STA", returned(number(15)))),
    scope("\\_SB", device("PCI0", method("_INI", store(aml.ONE, name("\\NUM"))))),
    method(
        "MAIN",
        named("TMP", package(aml.ZERO, aml.ZERO, string("x"))),
        store(aml.ZERO, LOCAL[0]),
        loop(
            aml.compare(aml.LESS, LOCAL[0], number(9)),
            b"\x75" + LOCAL[0],
            conditional(binary(aml.AND, LOCAL[0], aml.ONE), aml.CONTINUE),
            store(b"\x71" + name("TMP"), index(name("TMP"), aml.ZERO)),
        ),
        b"\x5b\x23" + name("MTX") + b"\xff\xff",
        store(binary(aml.CONCATENATE, name("STR"), name("BUF")), LOCAL[1]),
        store(LOCAL[0], name("BIT")),
        store(name("BUF"), name("WIDE")),
        store(index(name("PKG"), number(2)), LOCAL[2]),
        store(aml.deref(LOCAL[2]), LOCAL[3]),
        b"\x5b\x27" + name("MTX"),
        returned(name("HELP") + LOCAL[3] + name("IN")),
    ),
    field("REG", 1 | 1 << 4, ("", 8), ("LOCK", 40)),
    method(
        "GLOB",
        b"\x5b\x23" + name("\\_GL") + b"\xff\xff",
        store(binary(aml.ADD, name("LOCK"), aml.ONE), name("LOCK")),
        b"\x5b\x27" + name("\\_GL"),
        returned(name("LOCK")),
    ),
    named("TABL", buffer(ADDED)),
    method(
        "LOAD",
        aml.load("TABL", LOCAL[0]),
        aml.notify("NEW", number(1)),
        aml.unload(LOCAL[0]),
        returned(aml.load_table("SSDT", place="NUM", data=number(1))),
    ),
    method("HELP", store(number(7), index(ARG[0], aml.ONE)), returned(ARG[0]), arguments=2),
)
NAMES = [
    b"\\MAIN",
    b"\\LOAD",
    b"\\GLOB",
    b"\\HELP",
    b"\\PKG",
    b"\\WIDE",
    b"\\IN",
    b"\\BNK",
    b"\\DEV._STA",
    b"\\WORD",
    b"\\HEAD",
    b"\\CODE",
]


def try_all(subject, content: bytes) -> None:
    """Load a table and evaluate all names; prove that nothing is left."""
    before = subject.live_objects
    subject.begin()
    try:
        subject.load(content, True)
        subject.initialise()
        subject.paths()
        for each in NAMES:
            answer = bytes(subject.evaluate(each, [])).decode()
            is_error = answer[:1].isalpha() and answer[1:2] not in (":", "[") and answer != "N"
            assert not is_error or answer == "NotFound" or subject.trouble()[0], answer
    except Exception as error:
        if "BadTable" not in repr(error) and "MemoryError" not in repr(error):
            raise
    assert subject.end() == 0
    assert subject.live_objects == before


def test_the_whole_table_works(interpreter) -> None:
    assert interpreter.subject.load(EVERYTHING, True) == 0
    assert interpreter.value("\\MAIN") == 'P[S:"a" I:7]'
    assert interpreter.value("\\LOAD") == "R:DdbHandle"


def test_every_beginning_of_a_table(subject) -> None:
    for size in range(len(EVERYTHING)):
        cut = bytearray(EVERYTHING[:size])
        try_all(subject, bytes(cut))
        if size >= 36:
            cut[4:8] = size.to_bytes(4, "little")
            try_all(subject, bytes(cut))


def test_a_package_that_only_its_own_element_holds(subject) -> None:
    """An index goes where the argument leads that it is stored to: into the element itself, the second time."""
    itself = index(name("TMP"), aml.ZERO, ARG[0])
    try_all(
        subject, aml.table(method("MAIN", named("TMP", package(*[aml.ZERO] * 9)), itself, itself))
    )


def test_mutations(hostile: Native) -> None:
    before = hostile.live_objects
    for first in range(FIRST, FIRST + CASES, STEP):
        done = hostile.campaign(EVERYTHING, first, STEP)
        assert done == STEP, f"case {first + done} ended as it should not"
        assert hostile.live_objects == before
    refused, failed, succeeded, locked = hostile.counts()
    assert refused > CASES // 200
    assert locked > CASES // 2
    assert failed > CASES
    assert succeeded > CASES


@settings(max_examples=300)
@given(st.binary(max_size=80))
def test_any_bytes(subject, body: bytes) -> None:
    try_all(subject, aml.table(body))
    try_all(subject, aml.table(method("MAIN", body)))


@pytest.mark.parametrize("number_of_allocation", range(1, 400, 7))
def test_memory_that_is_missing(subject, number_of_allocation: int) -> None:
    before = subject.live_objects
    subject.begin()
    subject.fail_allocation(number_of_allocation)
    try:
        subject.load(EVERYTHING, True)
        subject.evaluate(b"\\MAIN", [])
    except Exception as error:
        if "MemoryError" not in repr(error):
            raise
    subject.fail_allocation(0)
    assert subject.end() == 0
    assert subject.live_objects == before
