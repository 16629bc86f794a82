"""The APICs and the HPET: what is written to their registers, and what is made of what they say."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compiler.testing import native

HERE = Path(__file__).parent
TESTS = HERE.parents[2]
LOW, EDGE, SHARED = 1, 2, 4
ACTIVE_LOW, LEVEL, MASKED = 1 << 13, 1 << 15, 1 << 16
X2APIC, ENABLED = 1 << 10, 1 << 11
LOCAL = 0x3000


@pytest.fixture(scope="module")
def subject():
    apic = native(
        HERE / "apic_subject.py",
        replace={
            "kernel.cpu.instructions": HERE / "apic_instructions.py",
            "kernel.cpu.mmio": HERE / "apic_mmio.py",
            "kernel.mem.address_space": HERE / "memory_types.py",
            "kernel.mem.kernel_space": HERE / "no_mapping.py",
            "kernel.module.linked": TESTS / "kernel/module/no_modules.py",
            "kernel.cpu.processor": TESTS / "kernel/cpu/threads_as_processors.py",
            "kernel.cpu.port": TESTS / "kernel/io/serial_model.py",
        },
    )
    apic.begin()
    apic.attach_chip(0x1000, 0)
    apic.attach_chip(0x2000, 24)
    return apic


# I/O APIC ---------------------------------------------------------------------------------------


def test_all_lines_of_a_new_chip_are_kept_out(subject) -> None:
    for chip, lines in ((0, 24), (1, 8)):
        assert {subject.io_register(chip, 0x10 + 2 * line) for line in range(lines)} == {MASKED}


def test_a_chip_with_the_lines_of_another_is_refused(subject) -> None:
    with pytest.raises(Exception, match="NotUsable"):
        subject.attach_chip(0x2000, 20)


@given(
    st.integers(0, 31),
    st.sampled_from([0, LOW, EDGE, EDGE | LOW]),
    st.sampled_from([0, SHARED]),
    st.sampled_from([(0, 0, 0), (1, 7, 7), (255, 254, 254), (9, 0x1_0005, 0)]),
)
@settings(max_examples=100)
def test_a_line_is_sent_to_a_processor(subject, line, signal, shared, target) -> None:
    processor, id, reached = target
    subject.set_id(0, 0)
    subject.set_id(processor, id)
    subject.add(0, line, signal | shared, processor)
    chip, number = divmod(line, 24)
    low = subject.io_register(chip, 0x10 + 2 * number)
    assert 32 <= low & 0xFF < 240
    expected = (ACTIVE_LOW if signal & LOW else 0) | (0 if signal & EDGE else LEVEL)
    assert low & ~0xFF == expected
    assert subject.io_register(chip, 0x11 + 2 * number) == reached << 24

    subject.remove(0)
    assert subject.io_register(chip, 0x10 + 2 * number) == MASKED


@pytest.mark.parametrize(
    ("firmware", "bus", "signal"),
    [
        (0b0000, EDGE, EDGE),
        (0b0101, EDGE, EDGE),
        (0b0111, EDGE, EDGE | LOW),
        (0b1101, EDGE, 0),
        (0b1111, EDGE, LOW),
        (0b1100, EDGE, 0),
        (0b0011, 0, LOW),
    ],
)
def test_a_signal_is_that_of_the_bus_unless_the_firmware_says_else(
    subject, firmware: int, bus: int, signal: int
) -> None:
    assert subject.signal_of(firmware, bus) == signal


# Local APIC -------------------------------------------------------------------------------------


def test_a_processor_begins_with_its_own_sources_masked(subject) -> None:
    subject.begin_local(0xFEE0_0000, LOCAL, 5)
    assert subject.base() == 0xFEE0_0000 | ENABLED
    assert subject.id_of(0) == 5
    for source in (0x320, 0x330, 0x340, 0x350, 0x360, 0x370):
        assert subject.local_register(source) == MASKED
    assert subject.local_register(0xF0) == 0x1FF


def test_interrupts_are_sent_by_number(subject) -> None:
    subject.begin_local(0xFEE0_0000 | ENABLED, LOCAL, 0)
    subject.set_id(9, 0xAB)
    assert subject.send(9, 0xFD, 3) == 0
    assert subject.local_register(0x310) == 0xAB << 24
    assert subject.local_register(0x300) == 1 << 14 | 0xFD


def test_a_chip_that_never_sends_holds_nobody_up(subject) -> None:
    subject.begin_local(0xFEE0_0000 | ENABLED, LOCAL, 0)
    assert subject.send(0, 0xFD, 2_000_000) > 0


def test_x2apic_has_registers_of_the_model(subject) -> None:
    subject.begin_local(0xFEE0_0000 | ENABLED | X2APIC, LOCAL, 0x12345)
    assert subject.id_of(0) == 0x12345
    assert subject.x2_register(0xF) == 0x1FF
    subject.set_id(9, 0x1_0001)
    subject.send(9, 0xFD, 0)
    assert subject.x2_register(0x30) == 0x1_0001 << 32 | 1 << 14 | 0xFD


@pytest.mark.parametrize("left", [0, ENABLED, ENABLED | X2APIC])
def test_all_processors_have_their_registers_in_the_same_place(subject, left: int) -> None:
    subject.begin_another(0xFEE0_0000 | left)
    assert subject.base() == 0xFEE0_0000 | ENABLED | X2APIC


@pytest.mark.parametrize(
    ("line", "is_low", "is_level", "register", "value"),
    [(1, False, False, 0x360, 0x400), (0, True, True, 0x350, 0x400 | ACTIVE_LOW | LEVEL)],
)
def test_nmi_lines(subject, line, is_low, is_level, register, value) -> None:
    subject.begin_local(0xFEE0_0000 | ENABLED, LOCAL, 0)
    subject.set_nmi(line, is_low, is_level)
    assert subject.local_register(register) == value


# Timers -----------------------------------------------------------------------------------------


@given(st.sampled_from([2_000_000, 24_000_000, 100_000_000, 999_999_937]), st.integers(0, 10**9))
@settings(max_examples=60)
def test_the_timer_counts_as_long_as_it_is_told(subject, hz: int, wait: int) -> None:
    subject.begin_local(0xFEE0_0000 | ENABLED, LOCAL, 0)
    assert subject.begin_timer(hz) == 10**9
    assert subject.local_register(0x320) == 0xFE
    subject.set_timer(wait)
    assert subject.local_register(0x380) == pytest.approx(
        max(wait * hz // 10**9, 1), rel=1e-3, abs=1
    )


def test_a_timer_that_does_not_count_is_refused(subject) -> None:
    subject.begin_local(0xFEE0_0000 | ENABLED, LOCAL, 0)
    with pytest.raises(Exception, match="NotUsable"):
        subject.begin_timer(0)


def test_a_fast_timer_is_set_again_before_it_is_full(subject) -> None:
    """A count has 32 bits, which are full after a fifth of a second at 20 GHz."""
    subject.begin_local(0xFEE0_0000 | ENABLED, LOCAL, 0)
    assert subject.begin_timer(20 * 10**9) == pytest.approx(2**32 / 20, rel=1e-3)


def test_a_timer_that_no_clock_measures_waits_for_one(subject) -> None:
    subject.begin_local(0xFEE0_0000 | ENABLED, LOCAL, 0)
    subject.stop_clock()
    subject.begin_timer(10**9)
    before = subject.local_register(0x380)
    subject.set_timer(1000)
    assert subject.local_register(0x380) == before
    subject.measure_timer()
    assert subject.local_register(0x320) == 0xFE
    subject.set_timer(1000)
    assert subject.local_register(0x380) == pytest.approx(1000, abs=1)


def test_the_hpet_counts_and_is_a_reference(subject) -> None:
    assert subject.attach_hpet(10_000_000) == 10_000_000
    assert subject.hpet_configuration() == 1
    assert subject.read_hpet(0x1_2345_6789) == 0x2345_6789
    with pytest.raises(Exception, match="NotUsable"):
        subject.attach_hpet(20_000_000)  # a second one
    assert subject.detach_hpet() == 0


@pytest.mark.parametrize("period", [0, 100_000_001, 0xFFFF_FFFF])
def test_an_hpet_that_counts_at_no_rate_is_refused(subject, period: int) -> None:
    with pytest.raises(Exception, match="NotUsable"):
        subject.attach_hpet(period)
