"""What compile-time Python gave is remembered, as long as nothing has changed that it depends on."""

from __future__ import annotations

from pathlib import Path

import pytest

from compiler.comptime import process
from compiler.declare import declare
from compiler.read import read

HEAD = "from __future__ import annotations\n"
LOW = (
    HEAD
    + "from lang import comptime\n\n\n@comptime\ndef double(n: int) -> int:\n    return {factor} * n\n"
)
MAIN = HEAD + "from low import double\n\nFIRST = double(4)\nSECOND = double(FIRST)\n"


@pytest.fixture
def children(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The children that were started."""
    started: list[object] = []
    usual = process._Child

    def start() -> object:
        started.append(usual())
        return started[-1]

    monkeypatch.setenv("PATCHWORK_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(process, "_Child", start)
    return started


def values(folder: Path, factor: int, extra: str = "") -> list[int]:
    """Return the constants of the program."""
    folder.mkdir(exist_ok=True)
    (folder / "low.py").write_text(LOW.format(factor=factor))
    (folder / "main.py").write_text(MAIN + extra)
    modules = read(folder / "main.py")
    declare(modules)
    scope = modules["main"].scope
    return [int(scope[name].value) for name in ("FIRST", "SECOND", "THIRD") if name in scope]


def test_nothing_runs_that_ran_before(tmp_path: Path, children: list[object]) -> None:
    assert values(tmp_path / "source", 2) == [8, 16]
    assert len(children) == 1
    assert values(tmp_path / "source", 2) == [8, 16]
    assert len(children) == 1


def test_it_runs_again_when_what_it_imports_has_changed(
    tmp_path: Path, children: list[object]
) -> None:
    assert values(tmp_path / "source", 2) == [8, 16]
    assert values(tmp_path / "source", 3) == [12, 36]
    assert len(children) == 2


def test_a_new_question_after_remembered_ones_is_answered(
    tmp_path: Path, children: list[object]
) -> None:
    values(tmp_path / "source", 2)
    assert values(tmp_path / "source", 2, "THIRD = double(SECOND)\n") == [8, 16, 32]
