"""An interpreter of AML for each test, and the proof that it leaves nothing behind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from compiler.testing import Native, native
from tests.modules.acpi.aml import assembler as aml


class Interpreter:
    """The subject, with tables made of terms."""

    def __init__(self, subject: Native):
        self.subject = subject

    def load(self, *terms: bytes, revision: int = 2) -> int:
        """Load a first table of terms; return how many errors there were."""
        return self.subject.load(aml.table(*terms, revision=revision), True)

    def load_next(self, content: bytes) -> int:
        return self.subject.load(content, False)

    def load_all(self, *tables: bytes) -> int:
        """Hand in all tables, then load those that are programs; return how many errors there were."""
        for each in tables:
            self.subject.keep(each)
        return self.subject.load_kept()

    def paths(self) -> list[str]:
        """Return the lines of the names that tables made."""
        lines = bytes(self.subject.paths()).decode().splitlines()
        return [line for line in lines if not line.startswith(PREDEFINED)]

    def value(self, name: str, *arguments: int) -> str:
        return bytes(self.subject.evaluate(name.encode(), list(arguments))).decode()

    def result(self, *terms: bytes, revision: int = 2) -> str:
        """Return the value of a method of these terms."""
        self.subject.begin()
        assert self.load(aml.method("MAIN", *terms), revision=revision) == 0
        return self.value("\\MAIN")


PREDEFINED = (
    "\\_GPE ",
    "\\_PR ",
    "\\_SB ",
    "\\_SI ",
    "\\_TZ ",
    "\\_REV ",
    "\\_OS ",
    "\\_GL ",
    "\\_OSI ",
)


@pytest.fixture(scope="session")
def subject() -> Native:
    return native(Path(__file__).parent / "interpreter_subject.py")


@pytest.fixture(scope="session")
def hostile() -> Native:
    """What changes tables, and tries them."""
    return native(Path(__file__).parent / "hostile_subject.py")


@pytest.fixture
def interpreter(subject: Native) -> Iterator[Interpreter]:
    before = subject.live_objects
    subject.begin()
    yield Interpreter(subject)
    assert subject.end() == 0
    assert subject.live_objects == before
