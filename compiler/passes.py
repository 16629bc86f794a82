"""The passes after check, in order, over one unit: tree -> IR -> LLVM text.

What a unit lowers to depends on the unit alone, and says something about the image (which functions
are quiet); the passes after that need the facts of the whole image.
"""

from __future__ import annotations

from compiler import count, lower, raising
from compiler.backend.target import Build, Target
from compiler.effects.solve import Facts
from compiler.emit import Counting, emit_unit
from compiler.ir import Unit
from compiler.ir_text import SourceLine, unit_text
from compiler.tree import Unit as TypedUnit
from compiler.types import Module


def lowered_ir(tree: TypedUnit, target: Target, build: str) -> Unit:
    options = lower.Options(
        checked=build == Build.CHECKED, traps=target.traps, thunks=target.name == "jit"
    )
    return lower.lower_unit(tree, options)


def finish(unit: Unit, facts: Facts, target: Target, build: str) -> None:
    """Raise and count a lowered unit."""
    raising.raise_unit(unit, facts, target, build)
    count.count_unit(unit, facts)


def ir_of(unit: Unit, modules: dict[str, Module], facts: Facts, target: Target, build: str) -> str:
    """Return a lowered unit's finished IR as text, with the source's lines as comments."""
    finish(unit, facts, target, build)
    return unit_text(unit, _source_lines(modules))


def llvm_of(
    unit: Unit,
    modules: dict[str, Module],
    facts: Facts,
    target: Target,
    build: str,
    *,
    commented: bool = False,
) -> str:
    """Return LLVM's text of a lowered unit; `commented`: with the source's lines, for people."""
    finish(unit, facts, target, build)
    paths = {module.path: module.display_path for module in modules.values()}
    unit.path = modules[unit.name].path
    lines = _source_lines(modules) if commented else None
    shown = None if target.traps or build != Build.CHECKED else _source_lines(modules)
    counting = Counting.AS_NEEDED if facts.has_threads else None
    return emit_unit(
        unit, target, build, paths, counting=counting, source_line=lines, shown_line=shown
    )


def _source_lines(modules: dict[str, Module]) -> SourceLine:
    lines = {module.path: module.text.splitlines() for module in modules.values()}
    return lambda path, line: lines[path][line - 1]
