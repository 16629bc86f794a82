"""All tests are two runs, which leave nothing out; with arguments it is one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.commands import test as command


@pytest.fixture
def runs(monkeypatch) -> list[list[str]]:
    """What pytest would have been told."""
    told: list[list[str]] = []
    statuses = iter([0, 3])
    monkeypatch.setattr(command, "run", lambda words: told.append(words) or next(statuses))
    return told


def test_all_tests_are_run_once(root: Path, runs: list[list[str]]) -> None:
    assert command.main([]) == 3
    at_once, alone = ([Path(word) for word in words if word[0] != "-"] for words in runs)
    files = [path for path in (root / "tests").rglob("*_*.py") if path.parent != root / "tests"]
    for file in files:
        assert sum(file.is_relative_to(folder) for folder in [*at_once, *alone]) == 1, file
    assert root / "tests" / "system" in alone
    assert any(word.startswith("--numprocesses=") for word in runs[0])
    assert not any(word.startswith("-") for word in runs[1])


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["-x"], ["-x", "tests"]),
        (["tests/tools", "-k", "qemu"], ["tests/tools", "-k", "qemu"]),
        (["tests/core/test_sort.py::test_all"], ["tests/core/test_sort.py::test_all"]),
    ],
)
def test_with_arguments_it_is_one_run(
    root: Path, runs: list[list[str]], monkeypatch, words: list[str], told: list[str]
) -> None:
    monkeypatch.chdir(root)
    assert command.main(words) == 0
    assert runs == [[str(root / word) if word == "tests" else word for word in told]]
