"""Scopes: the names of a function, a comprehension or the module, and the cells of what they stand for."""

from __future__ import annotations

import ast

from compiler.infer.cells import Cell
from compiler.infer.program import Function


class Scope:
    """The names of a function, a comprehension or the module."""

    def __init__(self, outer: Scope | None, function: Function | None, names: set[str]) -> None:
        self.outer = outer
        self.function = function
        self.cells = {name: Cell() for name in names}
        self.functions: dict[str, Function] = {}
        self.tested: set[str] = set() if outer is None else outer.tested
        self.locals: dict[str, list[ast.stmt]] = {}
        self.first: dict[str, Cell] = {}  # of names that are bound anew
        self.values: dict[ast.Name, Cell] = {}  # of names that are bound anew, by what binds them

    def bind_anew(self, target: ast.Name) -> tuple[Cell, Cell]:
        """Let a name stand for a value of another kind from here on; return the cells of both."""
        before = self.cells[target.id]
        self.first.setdefault(target.id, before)
        self.cells[target.id] = self.values[target] = Cell()
        return before, self.values[target]

    def cell_of(self, target: ast.Name) -> Cell:
        """Return the cell of a local where it is bound: by `target`, or before all that bind it anew."""
        if target in self.values:
            return self.values[target]
        return self.first.get(target.id, self.cells[target.id])

    def find(self, name: str) -> Cell | Function | None:
        scope: Scope | None = self
        while scope is not None:
            if name in scope.functions:
                return scope.functions[name]
            if name in scope.cells:
                return scope.cells[name]
            scope = scope.outer
        return None
