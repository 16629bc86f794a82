"""The passes one after the other over a source text, for tests: stop where you like, see the text.

    lowered(SOURCE)                      the IR of the unit, verified
    text_of(lowered(SOURCE), "f")        one function of it as text
    raised(SOURCE), llvm(SOURCE)         further on

What a source uses of lang, enum, abc and typing is imported for it. A source that the compiler refuses fails the test with its diagnostics; `diagnostics_of` expects them.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from compiler import declare, ir, tree
from compiler.backend.target import TARGETS
from compiler.check import check_unit
from compiler.effects.solve import Facts, solve
from compiler.effects.summary import summarise
from compiler.emit import emit_unit
from compiler.ir_text import function_text
from compiler.lower import Options, lower_unit
from compiler.raising import raise_unit
from compiler.read import read
from compiler.source import CompileFailed, Diagnostic
from compiler.types import Module
from compiler.verify import verify_unit
from compiler.words import VOCABULARY

NAME = "sample"
_WORDS = {word: module for module, words in VOCABULARY.items() for word in sorted(words)}


@dataclass
class Checked:
    """A source that went through the front end, with the modules that it imports."""

    modules: dict[str, Module]
    unit: tree.Unit
    facts: Facts
    diagnostics: list[Diagnostic]


def checked(source: str, target: str = "jit") -> Checked:
    """Read, declare and check a source; its diagnostics are in the result."""
    errors: list[Diagnostic] = []
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{NAME}.py"
        path.write_text(with_imports(textwrap.dedent(source)))
        modules = read(path, errors=errors)
    declare.declare(modules, errors)
    units = {}
    for name, module in modules.items():
        units[name], found = check_unit(module, modules, target)
        errors += found
    summaries = [summarise(unit) for unit in units.values()]
    facts, broken = solve(summaries)
    return Checked(modules, units[NAME], facts, errors + broken)


def with_imports(source: str) -> str:
    """Return a source with the imports of the words that it uses."""
    names = dict.fromkeys(re.findall(r"[A-Za-z_]\w*", source))
    lines = [f"from {_WORDS[name]} import {name}" for name in names if name in _WORDS]
    return "\n".join(["from __future__ import annotations", *lines, source])


def tree_of(source: str, target: str = "jit") -> Checked:
    """Return a source's typed tree; there must be no diagnostics."""
    result = checked(source, target)
    listed = [f"{each.span.line}: {each.message}" for each in result.diagnostics]
    assert not listed, "\n".join(listed)
    return result


def lowered(source: str, build: str = "checked", target: str = "jit") -> ir.Unit:
    """Return the lowered IR of a source."""
    return lower_tree(tree_of(source, target), build, target)


def lower_tree(front: Checked, build: str = "checked", target: str = "jit") -> ir.Unit:
    """Return the lowered and verified IR of a typed tree."""
    options = Options(checked=build == "checked", traps=TARGETS[target].traps)
    unit = lower_unit(front.unit, options)
    assert verify_unit(unit) == []
    return unit


def raised(source: str, build: str = "checked", target: str = "jit") -> ir.Unit:
    """Return the IR of a source after `raise`."""
    front = tree_of(source, target)
    unit = lower_tree(front, build, target)
    raise_unit(unit, front.facts, TARGETS[target], build)
    assert verify_unit(unit) == []
    return unit


def llvm(source: str, build: str = "checked", target: str = "jit") -> str:
    """Return the LLVM IR of a source."""
    unit = raised(source, build, target)
    return emit_unit(unit, TARGETS[target], build, {})


def function_of(unit: ir.Unit, name: str) -> ir.Function:
    """Return a function by its name in the source."""
    return next(each for each in unit.functions if each.symbol == f"{NAME}.{name}")


def text_of(unit: ir.Unit, name: str) -> str:
    return function_text(function_of(unit, name))


def instructions(unit: ir.Unit, name: str, kind: type[ir.Instruction]) -> list[ir.Instruction]:
    """Return the instructions of one kind in a function, in order."""
    found: list[ir.Instruction] = []
    for block in function_of(unit, name).blocks:
        found += [each for each in block.instructions if isinstance(each, kind)]
    return found


def diagnostics_of(source: str, further: Callable[[str], object] | None = None) -> list[str]:
    """Return the messages that a source gives rise to, in `check` or in what `further` does."""
    result = checked(source)
    messages = [each.message for each in result.diagnostics]
    if not messages and further is not None:
        try:
            further(source)
        except CompileFailed as error:
            messages += [each.message for each in error.diagnostics]
    return messages
