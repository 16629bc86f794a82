"""Counts of waits for locks: added up by name, whatever there are of them."""

from __future__ import annotations

import pytest

from compiler.testing import native


@pytest.fixture
def subject():
    return native("kernel.sync.contention")


def counts(subject) -> dict[bytes, tuple[int, int]]:
    found = {}
    for index in range(subject.MOST):
        entry = subject.table[index]
        name = bytes(entry.name)[: entry.length]
        if name:
            found[name] = (entry.count, entry.ns)
    return found


def test_waits_are_added_up_by_name(subject) -> None:
    before = counts(subject)
    for name, ns in ((b"a.lock", 5), (b"b.lock", 7), (b"a.lock", 6), (b"", 1)):
        subject.add(bytearray(name), ns)
    assert not before
    assert counts(subject) == {
        b"a.lock": (2, 11),
        b"b.lock": (1, 7),
        b"a lock without a name": (1, 1),
    }


def test_a_long_name_is_shown_in_part_and_told_from_others(subject) -> None:
    long = b"n" * (subject.LONGEST_NAME + 1)
    subject.add(bytearray(long + b"1"), 1)
    subject.add(bytearray(long + b"2"), 1)
    shown = [bytes(subject.table[index].name) for index in range(subject.MOST)]
    assert shown.count(long[:-1]) == 2


def test_what_the_table_has_no_room_for_is_counted_as_one(subject) -> None:
    for number in range(subject.MOST + 50):
        subject.add(bytearray(f"lock {number}".encode()), 2)
    found = sum(subject.table[index].count for index in range(subject.MOST))
    assert found + subject.others.count >= subject.MOST + 50
    assert subject.others.count >= 50
    assert subject.others.ns == 2 * subject.others.count
