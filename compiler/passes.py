"""The passes after check, in order, over one unit: tree -> IR -> LLVM text."""

from __future__ import annotations

from compiler import count, lower, raising
from compiler.backend.target import Build, Target
from compiler.effects.solve import Facts
from compiler.emit import emit_unit
from compiler.ir import Unit
from compiler.ir_text import SourceLine, unit_text
from compiler.tree import Unit as TypedUnit
from compiler.types import Module


def finished_ir(tree: TypedUnit, facts: Facts, target: Target, build: str) -> Unit:
    """Lower a unit, raise and count."""
    options = lower.Options(
        checked=build == Build.CHECKED, traps=target.traps, thunks=target.name == "jit"
    )
    unit = lower.lower_unit(tree, options)
    raising.raise_unit(unit, facts, target, build)
    count.count_unit(unit, facts)
    return unit


def ir_of(
    tree: TypedUnit, modules: dict[str, Module], facts: Facts, target: Target, build: str
) -> str:
    """Return the finished IR as text, with the source's lines as comments."""
    return unit_text(finished_ir(tree, facts, target, build), _source_lines(modules))


def llvm_of(
    tree: TypedUnit,
    modules: dict[str, Module],
    facts: Facts,
    target: Target,
    build: str,
    *,
    commented: bool = False,
) -> str:
    """Return LLVM's text of a unit; `commented`: with the source's lines, for people."""
    paths = {module.path: module.display_path for module in modules.values()}
    unit = finished_ir(tree, facts, target, build)
    unit.path = modules[unit.name].path
    lines = _source_lines(modules) if commented else None
    return emit_unit(unit, target, build, paths, source_line=lines)


def _source_lines(modules: dict[str, Module]) -> SourceLine:
    lines = {module.path: module.text.splitlines() for module in modules.values()}
    return lambda path, line: lines[path][line - 1]
