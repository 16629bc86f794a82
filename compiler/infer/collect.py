"""What flows where in a program's file: the rules between the cells of its places.

One walk over the syntax makes a cell for each place and each value, and a rule for whatever depends on
types that are not known yet, such as an attribute or a call. The rules are run until nothing changes.
Nothing here reports errors: what cannot be told stays unknown, and the checker has the last word.
"""

from __future__ import annotations

import ast

from compiler.infer.calls import Calls
from compiler.infer.cells import Cell, written
from compiler.infer.declarations import Declarations
from compiler.infer.program import Class
from compiler.infer.statements import Statements
from compiler.infer.values import Values


class Collector(Declarations, Statements, Values, Calls):
    """The walk over one module."""

    def run(self) -> None:
        for each in self.tree.body:
            if isinstance(each, ast.ClassDef):
                self.classes[each.name] = Class(each)
        for made in self.classes.values():
            self.enter_class(made)
        self.module = self.scope_of(self.tree, None, None)
        self.module.cells |= {name: Cell() for name in self.foreign}
        for made in self.classes.values():
            self.class_members(made)
        for made in self.classes.values():
            self.class_bodies(made)
        for made in self.classes.values():
            self.join_with_bases(made)
        self.outermost(self.tree, self.module)
        self.settle()
        self.changes.asks_all = True
        self.settle()
        for cell in self.annotations.numbers:
            if not cell.find().kinds:
                self.changes.add(cell, "float")
        self.settle()
        self.join_successive()
        for source, target in self.flowing:
            if not source.find().kinds and not target.find().is_fixed:
                for name, arguments in target.find().kinds.items():
                    self.changes.add(source, name, *arguments)
        self.settle()

    def join_successive(self) -> None:
        """Values of one name that are numbers, or of which nothing is known, are of one kind."""
        for before, after in self.successive:
            kinds = {*before.find().kinds, *after.find().kinds}
            is_unknown = None in (written(before, {}), written(after, {}))
            is_alike = {*before.find().kinds} == {*after.find().kinds} and is_unknown
            if kinds <= _NUMBERS or is_alike or not (before.find().kinds and after.find().kinds):
                self.changes.join(before, after)
        self.settle()


_NUMBERS = frozenset(["bool", "float", "int"])
