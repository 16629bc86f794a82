"""Cases of the check pass: files of sources and what becomes of them.

    ## a sentence that the case proves
    source
    ----
    the typed tree, or the diagnostics

A blank line parts two cases. The words of lang and of Python's vocabulary modules that a source
uses are imported for it, in a line of their own that the line numbers of diagnostics do not count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from compiler.check import check_unit
from compiler.declare import declare
from compiler.read import PROJECT, read
from compiler.source import Diagnostic
from compiler.tree_text import unit_text
from compiler.words import VOCABULARY

HOST_WORLD = PROJECT / "core" / "world" / "hosted.py"


@dataclass(frozen=True)
class Case:
    file: Path
    name: str
    source: str
    expected: str


def cases_in(file: Path) -> list[Case]:
    """Return the cases of a file, in order."""
    cases = []
    for part in re.split(r"^## ", file.read_text(), flags=re.MULTILINE)[1:]:
        name, _, rest = part.partition("\n")
        source, _, expected = rest.partition("\n----\n")
        cases.append(Case(file, name.strip(), source.rstrip() + "\n", expected.strip()))
    return cases


def rewrite(file: Path, results: dict[str, str]) -> None:
    """Write what the cases of a file became where they expect something else."""
    intro = re.split(r"^## ", file.read_text(), flags=re.MULTILINE)[0]
    parts = [
        f"## {case.name}\n{case.source}----\n{results.get(case.name, case.expected)}\n"
        for case in cases_in(file)
    ]
    file.write_text(intro + "\n".join(parts))


def outcome(source: str, folder: Path, target: str = "host", has_containers: bool = False) -> str:
    """Return the diagnostics of a source, or else its typed tree."""
    path = folder / "case.py"
    path.write_text(imports_for(source) + source)
    errors: list[Diagnostic] = []
    roots = [path, HOST_WORLD] if has_containers else [path]
    modules = read(roots, errors=errors, has_containers=has_containers)
    declare(modules, errors)
    if "case" in modules:
        unit, found = check_unit(modules["case"], modules, target)
        errors += found
    if errors:
        return "\n".join(map(diagnostic_text, errors))
    return unit_text(unit).rstrip()


def imports_for(source: str) -> str:
    """Return the line that imports the vocabulary of a source."""
    words = set(re.findall(r"\w+", source))
    lines = ["from __future__ import annotations"]
    bound = set(re.findall(r"^(?:def|class) (\w+)", source, flags=re.MULTILINE))
    for module in ("lang", "typing", "abc", "enum", "collections.abc", "dataclasses"):
        used = sorted((VOCABULARY[module] & words) - bound - {"Any"})
        bound.update(used)
        if used:
            lines.append(f"from {module} import {', '.join(used)}")
    return "; ".join(lines) + "\n"


def diagnostic_text(diagnostic: Diagnostic) -> str:
    """Return a diagnostic as cases write it."""
    span = diagnostic.span
    lines = [f"{span.line - 1}:{span.column}: {diagnostic.message}"]
    if diagnostic.hint:
        lines.append(f"    {diagnostic.hint}")
    lines += [f"    {note.span.line - 1}: {note.message}" for note in diagnostic.notes]
    return "\n".join(lines)
