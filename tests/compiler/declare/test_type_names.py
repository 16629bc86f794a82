"""Names under `if TYPE_CHECKING:` exist for annotations alone, as under CPython."""

from __future__ import annotations

from pathlib import Path

from compiler.check import check_unit
from compiler.source import Diagnostic
from tests.compiler.declare.programs import declared

MAIN = """
if TYPE_CHECKING:
    from other import Thing

def keep(thing: Thing) -> Thing | None:
    other: Thing = thing
    return other
"""
MAKE = "\ndef make() -> Thing:\n    return Thing()\n"


def errors_of(folder: Path, source: str) -> list[Diagnostic]:
    module = declared(folder, source, other="class Thing: ...\n")
    return check_unit(module, module.session.modules, "kernel")[1]


def test_annotations_may_use_them(tmp_path: Path) -> None:
    assert errors_of(tmp_path, MAIN) == []


def test_expressions_may_not(tmp_path: Path) -> None:
    (error,) = errors_of(tmp_path, MAIN + MAKE)
    assert error.message == "'Thing' is imported for annotations only"
