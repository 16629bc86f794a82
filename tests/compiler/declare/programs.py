"""Programs of a few lines for the tests of declarations."""

from __future__ import annotations

from pathlib import Path

from compiler.declare import declare
from compiler.read import read
from compiler.source import Diagnostic
from compiler.types import ClassDeclaration, Module
from tests.compiler.declare.cases import imports_for


def declared(folder: Path, source: str, **others: str) -> Module:
    """Return the main module of a program without errors; `others` are its further modules."""
    module, errors = with_errors(folder, source, **others)
    assert errors == []
    return module


def with_errors(folder: Path, source: str, **others: str) -> tuple[Module, list[Diagnostic]]:
    """Return the main module of a program, and its diagnostics."""
    for name, text in {"main": source, **others}.items():
        (folder / f"{name}.py").write_text(imports_for(text) + text)
    errors: list[Diagnostic] = []
    modules = read(folder / "main.py", errors=errors)
    declare(modules, errors)
    return modules["main"], errors


def class_of(module: Module, name: str) -> ClassDeclaration:
    found = module.scope[name]
    assert isinstance(found, ClassDeclaration)
    return found
