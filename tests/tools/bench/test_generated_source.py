"""The generated source: the same everywhere, as long as asked, and all of it in use."""

from __future__ import annotations

import ast
import importlib
import os
import sys
from pathlib import Path
from types import ModuleType

import pytest

from lang import u64, zeroed
from tools.bench import toolchain
from tools.bench.executable import Executable
from tools.bench.generated_source import PATTERNS, Source, generate


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Source:
    return generate(tmp_path_factory.mktemp("source"), 4000)


def imported_by(path: Path, source: Source) -> set[Path]:
    root = source.main.parent
    return {
        root.joinpath(*node.module.split("."), f"{name.name}.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("generated.")
        for name in node.names
    }


def test_the_text_depends_on_nothing_but_the_number_of_lines(
    source: Source, tmp_path: Path
) -> None:
    again = generate(tmp_path, 4000)
    assert [path.read_text() for path in source.files] == [p.read_text() for p in again.files]


def test_there_are_as_many_lines_as_asked_for_and_few_more(source: Source) -> None:
    assert 4000 <= source.lines() < 5500


def test_everything_is_reached_from_main(source: Source) -> None:
    reached: set[Path] = set()
    pending = {source.main}
    while pending:
        path = pending.pop()
        reached.add(path)
        pending |= imported_by(path, source) - reached
    assert reached == set(source.files)


def test_the_bottom_imports_nothing_and_is_imported(source: Source) -> None:
    assert not imported_by(source.bottom, source)
    importers = [path for path in source.files if source.bottom in imported_by(path, source)]
    assert len(importers) >= 2


def test_variants_of_a_pattern_differ(source: Source) -> None:
    texts = [path.read_text() for path in source.files if path.stem.startswith("packet")]
    assert len(texts) >= 2
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize(
    "name", sorted(path.stem for path in PATTERNS.glob("[a-z]*.py")), ids=lambda name: name
)
def test_patterns_compute_something_that_depends_on_the_seed(name: str) -> None:
    module = importlib.import_module(f"bench.build.{name}")
    give_storage(module)
    assert module.exercise(u64(1)) != module.exercise(u64(2))


def give_storage(module: ModuleType) -> None:
    """Give the bare variables of a module the zeroed storage that the compiler gives them."""
    for name, annotation in getattr(module, "__annotations__", {}).items():
        if not hasattr(module, name):
            setattr(module, name, zeroed(eval(annotation, vars(module))))


@pytest.fixture(scope="module")
def main_without_entry(source: Source) -> Path:
    """The main file without the entry of a kernel, which runs nowhere else."""
    path = source.main.with_name("main_without_entry.py")
    path.write_text(source.main.read_text().replace("from kernel.cpu import pvh", ""))
    return path


@pytest.fixture(scope="module")
def computed_by_cpython(main_without_entry: Path) -> int:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(main_without_entry.parent)
        main = importlib.import_module(main_without_entry.stem)
        for name, module in list(sys.modules.items()):
            if name.startswith("generated."):
                give_storage(module)
        return main.run(u64(2))


@pytest.mark.parametrize("build", ["checked", "release"])
def test_compiled_it_computes_what_it_means_to_cpython(
    build: str, main_without_entry: Path, computed_by_cpython: int, tmp_path: Path
) -> None:
    harness = toolchain.harnesses(tmp_path)[:1]
    [path] = toolchain.compile_and_link_python(
        main_without_entry, tmp_path / "image", harness, build
    )
    with Executable(path, min(os.sched_getaffinity(0))) as executable:
        assert executable.measure(2, 1).checksum == computed_by_cpython
