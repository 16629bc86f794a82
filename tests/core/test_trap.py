"""Failed checks are worded on the target as they are in native tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from compiler.testing import native
from compiler.trap import TrapKind


@pytest.fixture(scope="module")
def subject() -> Any:
    return native(Path(__file__).with_name("trap_subject.py"))


@pytest.mark.parametrize("kind", [kind for kind in TrapKind if kind is not TrapKind.EXPECTATION])
def test_both_have_the_same_words(subject: Any, kind: TrapKind) -> None:
    assert described(subject, kind) == f"{kind.exception}: {kind.message.format(a=7, b=3)}"


def test_the_message_of_an_assertion(subject: Any) -> None:
    storage = bytearray(128)
    length = subject.describe_expectation(storage)
    assert storage[:length].decode() == "AssertionError: four is even"


def test_a_kind_of_a_newer_image(subject: Any) -> None:
    assert described(subject, 1000) == "a check failed, of kind 1000"


def described(subject: Any, kind: int) -> str:
    storage = bytearray(128)
    return storage[: subject.describe(storage, int(kind), 7, 3)].decode()
