"""The comparison from end to end, with C in the place of our own language."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tools.bench import compiler, toolchain


def compile_the_c_file(source: Path, output: Path, build: str) -> None:
    level = {"release": "-O2", "checked": "-O0"}[build]
    toolchain.compile_c(source.with_suffix(".c"), output, level)


def test_c_is_as_fast_as_c_and_slower_unoptimised(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(toolchain, "compile_workload", compile_the_c_file)
    path = tmp_path / "out.json"
    assert compiler.run(path, names=["matrix", "word_hash"]) == 1  # unoptimised is too slow
    rows = json.loads(path.read_text())
    assert [row["name"] for row in rows] == ["matrix", "word_hash"]
    for row in rows:
        assert row["ratio"] == pytest.approx(1.0, abs=0.15)
        assert row["ratio_checked"] > 1.6
        low, high = row["spread"]
        assert low <= row["ratio"] <= high


def test_what_does_not_compile_is_reported_and_the_rest_measured(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def compile_all_but_one(source: Path, output: Path, build: str) -> None:
        if source.stem == "sieve":
            raise toolchain.BuildError("sieve.py:3: no such word")
        compile_the_c_file(source, output, "release")

    monkeypatch.setattr(toolchain, "compile_workload", compile_all_but_one)
    path = tmp_path / "out.json"
    assert compiler.run(path, names=["sieve", "word_hash"]) == 1
    failed, measured = json.loads(path.read_text())
    assert failed == {"name": "sieve", "failure": "sieve.py:3: no such word"}
    assert measured["ratio"] == pytest.approx(1.0, abs=0.15)
    assert "sieve: sieve.py:3: no such word" in capsys.readouterr().out
