"""Words of the vocabulary's modules that are written with the module's name.

    import dataclasses                  from dataclasses import dataclass
    @dataclasses.dataclass              @dataclass

The compiler knows these words by their names, so no module of that name is there to be asked. A word whose
name the module uses for something else stays as it is, and is reported.

Source: Python Language Reference, section 7.11.
"""

from __future__ import annotations

import ast

from compiler.phrases.places import placed
from compiler.words import VOCABULARY

_MODULES = frozenset({*VOCABULARY, "typing", "enum"} - {"lang", "__future__"})


def by_name(tree: ast.Module) -> ast.Module:
    """Return the module with such words imported by name."""
    modules: dict[str, str] = {}  # by the name that each is bound to
    for statement in tree.body:
        if isinstance(statement, ast.Import):
            for alias in statement.names:
                if alias.name in _MODULES and (alias.asname or "." not in alias.name):
                    modules[alias.asname or alias.name] = alias.name
                elif alias.name in _MODULES:
                    modules[alias.name] = alias.name
    if not modules:
        return tree
    words = _Words(modules, _bound(tree))
    words.visit(tree)
    tree.body = [made for statement in tree.body for made in _imports(statement, modules, words)]
    return tree


def _bound(tree: ast.Module) -> set[str]:
    """Return the names that the module binds itself."""
    found = {each.id for each in ast.walk(tree) if isinstance(each, ast.Name) and _stores(each)}
    for each in ast.walk(tree):
        if isinstance(each, ast.FunctionDef | ast.ClassDef):
            found.add(each.name)
        elif isinstance(each, ast.arg):
            found.add(each.arg)
    return found


def _stores(node: ast.Name) -> bool:
    return not isinstance(node.ctx, ast.Load)


class _Words(ast.NodeTransformer):
    """Rewrites `module.word` to `word`."""

    def __init__(self, modules: dict[str, str], bound: set[str]) -> None:
        self.modules = modules
        self.bound = bound
        self.found: dict[str, set[str]] = {}  # by module

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        module = self.modules.get(ast.unparse(node.value))
        if module is None or node.attr in self.bound:
            self.generic_visit(node)
            return node
        self.found.setdefault(module, set()).add(node.attr)
        return placed(node, ast.Name(node.attr, node.ctx))

    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        return node


def _imports(statement: ast.stmt, modules: dict[str, str], words: _Words) -> list[ast.stmt]:
    """Return what a statement comes to: an import of such a module, one of its words."""
    if not isinstance(statement, ast.Import):
        return [statement]
    made: list[ast.stmt] = []
    kept: list[ast.alias] = []
    for alias in statement.names:
        module = modules.get(alias.asname or alias.name)
        if module is None:
            kept.append(alias)
            continue
        names = [ast.alias(name, None) for name in sorted(words.found.pop(module, set()))]
        for each in names:
            ast.copy_location(each, statement)
        if names:
            made.append(placed(statement, ast.ImportFrom(module, names, 0)))
    if kept:
        made.append(ast.copy_location(ast.Import(kept), statement))
    return made or [ast.copy_location(ast.Pass(), statement)]
