"""The chapter on the compiler shows what the compiler does: every stage, line for line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from compiler import lower
from compiler.check.unit import check_unit
from compiler.driver import compile_text
from compiler.image import program
from compiler.ir_text import function_text
from compiler.options import CompileOptions
from compiler.tree_text import unit_text

CHAPTER = Path(__file__).parents[2] / "docs" / "compiler.md"
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", CHAPTER.read_text(), re.MULTILINE | re.DOTALL)
SOURCE = next(text for kind, text in BLOCKS if kind == "python")
STAGES = ("tree", "lowered", "ir", "llvm", "asm")


@pytest.fixture
def example(tmp_path: Path) -> Path:
    path = tmp_path / "example.py"
    path.write_text(SOURCE)
    return path


def stage(example: Path, kind: str) -> str:
    """Return what the compiler makes of the example at one stage."""
    if kind in ("ir", "llvm", "asm"):
        return compile_text(CompileOptions(example, None, "kernel", "release", kind))
    image = program(example, "kernel", "release")
    tree, diagnostics = check_unit(image.modules[image.root], image.modules, "kernel")
    assert diagnostics == []
    if kind == "tree":
        return unit_text(tree)
    unit = lower.lower_unit(tree, lower.Options(checked=False))
    return "\n".join(map(function_text, unit.functions))


@pytest.mark.parametrize("kind", STAGES)
def test_the_chapter_shows_this_stage(example: Path, kind: str) -> None:
    shown = next(text for each, text in BLOCKS if each == kind)
    made = without_numbers(stage(example, kind))
    for line in without_numbers(shown).strip().splitlines():
        assert line in made


def without_numbers(text: str) -> str:
    """Leave out the numbers of debug nodes and labels, which say nothing to a reader."""
    return re.sub(r"LBB\d+_\d+", "LBB", re.sub(r", !dbg !\d+", "", text))
