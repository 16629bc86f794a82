"""The compiler's own speed: what is measured, with the compiler itself replaced."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

from tools.bench import build, toolchain
from tools.bench.generated_source import Source, generate
from tools.failure import Failure


@pytest.fixture
def compilations(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str, str]]:
    """What was compiled: for each time the build, the cache and the text of the bottom module."""
    made: list[tuple[str, str, str]] = []

    def compile_kernel(source: Path, output: Path, kind: str, cache: Path) -> None:
        bottom = next(source.parent.rglob("device_000.py"))
        made.append((kind, str(cache), bottom.read_text()))

    monkeypatch.setattr(toolchain, "compile_kernel", compile_kernel)
    return made


@pytest.fixture
def source(tmp_path: Path) -> Source:
    return generate(tmp_path, 1000)


def test_only_the_cold_builds_start_with_a_cache_of_their_own(
    source: Source, tmp_path: Path, compilations: list[tuple[str, str, str]]
) -> None:
    names = [each.name for each in build.measure(source, tmp_path)]
    assert names == [
        *("release, cold", "checked, cold"),
        *("checked, nothing changed", "checked, one file changed"),
    ]
    repetitions = 2 * build.SHORT_REPETITIONS
    assert [kind for kind, _, _ in compilations] == ["release"] + ["checked"] * (1 + repetitions)
    assert len({cache for _, cache, _ in compilations}) == 2


def test_each_altered_file_is_new_to_the_cache(
    source: Source, tmp_path: Path, compilations: list[tuple[str, str, str]]
) -> None:
    list(build.measure(source, tmp_path))
    texts = [text for _, _, text in compilations]
    assert len(set(texts[: -build.SHORT_REPETITIONS])) == 1
    assert len(set(texts)) == 1 + build.SHORT_REPETITIONS


def test_an_alteration_changes_a_body_and_no_interface(source: Source) -> None:
    def interface() -> list[str]:
        tree = ast.parse(source.bottom.read_text())
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                node.body = []
        return [ast.dump(node) for node in tree.body]

    before = interface()
    build.alter(source.bottom)
    assert interface() == before


def test_a_limit_that_is_missed_is_the_exit_status_and_in_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, compilations: list[tuple[str, str, str]]
) -> None:
    monkeypatch.setattr(build, "LINES", 1000)
    path = tmp_path / "out.json"
    assert build.run(path) == 0
    slow = build.Measurement("release, cold", seconds=31.0, processor_seconds=60.0, limit=30)
    monkeypatch.setattr(build, "measure", lambda source, directory: iter([slow]))
    assert build.run(path) == 1
    assert json.loads(path.read_text()) == [
        {"name": "release, cold", "seconds": 31.0, "processor_seconds": 60.0, "limit": 30}
    ]


def test_source_that_does_not_compile_ends_the_measurement(
    source: Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*arguments: object) -> None:
        raise toolchain.BuildError("main.py:3: no")

    monkeypatch.setattr(toolchain, "compile_kernel", refuse)
    with pytest.raises(Failure, match=r"does not compile:\nmain\.py:3: no"):
        list(build.measure(source, tmp_path))
