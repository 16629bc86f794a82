"""`compiler/declare/interface.py`: what makes the users of a module compile again."""

from __future__ import annotations

from pathlib import Path

import pytest

from compiler.declare import interface_digest
from tests.compiler.declare.programs import declared

SOURCE = """
T = TypeVar("T")
LIMIT = 4
count: u64 = 3

@struct
class Point:
    x: u64
    y: u64

class Shape:
    def area(self) -> u64:
        return 1

def plain(a: u64) -> u64:
    return a

@inline
def inlined(a: u64) -> u64:
    return a

def generic(a: Ptr[T]) -> u64:
    return 1

@comptime
def table() -> int:
    return 1
"""

UNSEEN = [
    ("def plain(a: u64) -> u64:\n    return a", "def plain(a: u64) -> u64:\n    return a + 1"),
    ("area(self) -> u64:\n        return 1", "area(self) -> u64:\n        return 2"),
    ("count: u64 = 3", "count: u64 = 4"),
    ("LIMIT = 4", "LIMIT = 4  # comment"),
]
SEEN = [
    ("LIMIT = 4", "LIMIT = 5"),
    ("count: u64", "count: u32"),
    ("y: u64", "y: u32"),
    ("    x: u64\n    y: u64", "    y: u64\n    x: u64"),
    ("def plain(a: u64)", "def plain(b: u64)"),
    ("def plain(a: u64)", "def plain(a: u64 = 3)"),
    ("def plain", "@no_raise\ndef plain"),
    ("class Shape:", "class Round:\n    pass\n\nclass Shape(Round):"),
    ("inlined(a: u64) -> u64:\n    return a", "inlined(a: u64) -> u64:\n    return a + 1"),
    ("-> u64:\n    return 1\n\n@comptime", "-> u64:\n    return 2\n\n@comptime"),
    ("-> int:\n    return 1", "-> int:\n    return 2"),
]


@pytest.mark.parametrize(("old", "new"), UNSEEN)
def test_what_others_cannot_see_changes_nothing(tmp_path: Path, old: str, new: str) -> None:
    assert old in SOURCE
    assert digest_of(tmp_path, SOURCE) == digest_of(tmp_path, SOURCE.replace(old, new))


@pytest.mark.parametrize(("old", "new"), SEEN)
def test_what_others_can_see_changes_the_digest(tmp_path: Path, old: str, new: str) -> None:
    assert old in SOURCE
    assert digest_of(tmp_path, SOURCE) != digest_of(tmp_path, SOURCE.replace(old, new, 1))


def test_a_class_that_is_derived_from_elsewhere_changes(tmp_path: Path) -> None:
    """Calls of its methods are no longer direct."""
    main = "from shapes import Shape\n"
    shapes = "class Shape:\n    def area(self) -> u64:\n        return 1\n"
    before = declared(tmp_path, main, shapes=shapes).scope["Shape"].module
    derived = main + "class Square(Shape): ...\n"
    after = declared(tmp_path, derived, shapes=shapes).scope["Shape"].module
    assert interface_digest(before) != interface_digest(after)


def test_a_module_depends_on_what_its_values_are_computed_from(tmp_path: Path) -> None:
    main = "from tables import made\nTABLE: Final = made(1)\ncount: u64 = made(2)\n"
    tables = "@comptime\ndef made(x: int) -> int:\n    return x + {}\n"
    digests = {
        declared(tmp_path, main, tables=tables.format(number)).digest for number in (1, 1, 2)
    }
    assert len(digests) == 2


def test_a_module_depends_on_the_files_that_it_embeds(tmp_path: Path) -> None:
    digests = set()
    for content in (b"one", b"two", b"one"):
        (tmp_path / "data.bin").write_bytes(content)
        module = declared(tmp_path, 'SIZE = len(embed("data.bin"))\n')
        assert list(module.embedded) == [str(tmp_path / "data.bin")]
        digests.add(module.digest)
    assert len(digests) == 2


def digest_of(folder: Path, source: str) -> str:
    return interface_digest(declared(folder, source))
