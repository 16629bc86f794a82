"""The rules between the cells of a module, and running them until nothing changes.

The cells of places and values are joined where one syntax stands for the other; whatever depends on types that are not known
yet is a rule. Declarations, statements, values and calls are classes on top of this one, whose objects are all of them
(collect.py), so each may ask for what another makes.
"""

from __future__ import annotations

import ast
from collections.abc import Callable

from compiler.infer.asked import Fact
from compiler.infer.cells import Cell, Changes
from compiler.infer.program import Annotations, Class, Function
from compiler.infer.scope import Scope
from compiler.infer.syntax import aliases, names_of_others, type_variables

_ROUNDS = 40


class Rules:
    """The cells and rules of one module."""

    def __init__(self, tree: ast.Module) -> None:
        self.tree = tree
        self.changes = Changes()
        self.rules: list[Callable[[], None]] = []
        self.flowing: list[tuple[Cell, Cell]] = []
        self.classes: dict[str, Class] = {}
        self.variables = type_variables(tree)
        self.foreign = names_of_others(tree)
        self.annotations = Annotations(self.classes, self.variables, aliases(tree), self.foreign)
        self.functions: list[Function] = []
        self.scopes: list[tuple[ast.AST, Scope]] = []
        self.written: list[tuple[ast.AST, str, Cell]] = []  # annotations that say too little
        self.nullable: list[tuple[ast.AnnAssign, Cell]] = []  # annotated places that begin as None
        self.of_node: dict[ast.expr, Cell] = {}
        self.facts: dict[ast.expr, list[Fact]] = {}  # what tests tell of places that are read
        self.module = Scope(None, None, set())
        self.successive: list[tuple[Cell, Cell]] = []  # of one name, one value after the other

    def settle(self) -> None:
        """Run the rules until nothing changes."""
        for _ in range(_ROUNDS):
            self.changes.happened = False
            for rule in self.rules:
                rule()
            if not self.changes.happened:
                break

    def rule(self, run: Callable[[], None]) -> None:
        self.rules.append(run)

    def flows(self, source: Cell, target: Cell) -> None:
        self.flowing.append((source, target))
        self.rules.append(lambda: self.changes.flow(source, target))


class Items:
    """What iterating over each of some values gives, looked for only where it is asked for: the items of
    a tuple need not have anything in common."""

    def __init__(self, rules: Rules, cells: list[Cell]) -> None:
        self.rules = rules
        self.cells = cells
        self.found: dict[int, Cell] = {}

    def __len__(self) -> int:
        return len(self.cells)

    def __getitem__(self, index: int | slice) -> Cell | list[Cell]:
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(len(self)))]
        cell = self.cells[index]
        if index not in self.found:
            self.found[index] = self.rules.item(cell)
            self.rules.changes.happened = True
        return self.found[index]


def void(_: object) -> None:
    """Drop a result, where a rule is written as a lambda."""
