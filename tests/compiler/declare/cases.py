"""Cases of read, declare and compile-time Python: files of sources and what becomes of them.

    ## a sentence that the case proves
    source
    ----
    the interface of the module, or the diagnostics as they are printed

A blank line parts two cases. `@@ name.py` begins a further file of the program; the first is main.py.
The words of lang and of Python's vocabulary modules that a source uses are imported for it, in a line
of their own that is not counted, unless its first line is `# as it stands`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from compiler.declare import declare, interface_text
from compiler.read import read
from compiler.render import render
from compiler.source import Diagnostic, Note, Span
from compiler.words import VOCABULARY

AS_IT_STANDS = "# as it stands\n"


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
        cases.append(Case(file, name.strip(), source.rstrip() + "\n", expected.strip("\n")))
    return cases


def rewrite(file: Path, results: dict[str, str]) -> None:
    """Write what the cases of a file became where they expect something else."""
    intro = re.split(r"^## ", file.read_text(), flags=re.MULTILINE)[0]
    parts = [
        f"## {case.name}\n{case.source}----\n{results.get(case.name, case.expected)}\n"
        for case in cases_in(file)
    ]
    file.write_text(intro + "\n".join(parts))


def outcome(source: str, folder: Path) -> str:
    """Return the diagnostics of a program, or else the interface of its main module."""
    for name, text in files_of(source).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    errors: list[Diagnostic] = []
    modules = read(folder / "main.py", errors=errors)
    declare(modules, errors)
    if not errors:
        return interface_text(modules["main"])
    added = 0 if source.startswith(AS_IT_STANDS) else 1
    shown = [in_case(each, folder, added) for each in errors]
    sources = {name: text.split("\n", added)[-1] for name, text in files_of(source).items()}
    return render(shown, sources).strip("\n").replace(f"{folder}/", "")


def files_of(source: str) -> dict[str, str]:
    """Return the files of a case, with the imports that they need."""
    parts = re.split(r"^@@ (.*)\n", f"@@ main.py\n{source}", flags=re.MULTILINE)[1:]
    files = dict(zip(parts[::2], parts[1::2], strict=True))
    if source.startswith(AS_IT_STANDS):
        return {name: text.removeprefix(AS_IT_STANDS) for name, text in files.items()}
    return {name: imports_for(text) + text for name, text in files.items()}


def imports_for(source: str) -> str:
    """Return the line that imports the vocabulary of a source."""
    words = set(re.findall(r"\w+", source))
    lines = ["from __future__ import annotations"]
    bound = set(re.findall(r"^(?:def|class) (\w+)", source, flags=re.MULTILINE))
    bound |= set(re.findall(r"import (.*)", source))
    for module in ("lang", "typing", "abc", "enum", "dataclasses"):
        used = sorted((VOCABULARY[module] & words) - bound)
        if used:
            lines.append(f"from {module} import {', '.join(used)}")
    return "; ".join(lines) + "\n"


def in_case(diagnostic: Diagnostic, folder: Path, added: int) -> Diagnostic:
    """Return a diagnostic that counts lines as the case does, and names files without a folder."""

    def moved(span: Span) -> Span:
        name = span.path.removeprefix(f"{folder}/")
        return Span(name, span.line - added, span.column, span.end_line - added, span.end_column)

    notes = tuple(Note(moved(note.span), note.message) for note in diagnostic.notes)
    return replace(diagnostic, span=moved(diagnostic.span), notes=notes)
