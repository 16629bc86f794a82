"""Versions: a number for each declaration that changes when code built against it would have to.

A module is linked against a kernel that may be another than the one that it was compiled with. Of what it
uses it carries the versions, and the kernel has its own; where two differ, the module is refused.

The version of a declaration is a digest of its interface (declare/interface.py): types and values, the layout of
a class, what a function promises and whether it may raise, the source of what is compiled into others. Line
numbers are no part of it. What a unit uses is found from its names: declarations of others that it imports,
the types of those, and what is named in the bodies of theirs that are compiled into it.
"""

from __future__ import annotations

import ast
import dataclasses
import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from compiler.declare.interface import declaration_text, is_compiled_elsewhere
from compiler.types import (
    ClassDeclaration,
    ConstantDeclaration,
    Declaration,
    FunctionDeclaration,
    FunctionInstance,
    Module,
    NamedType,
    Type,
    VariableDeclaration,
)

OF_BUILD = 1
_DECLARATIONS = (
    ClassDeclaration,
    ConstantDeclaration,
    FunctionDeclaration,
    VariableDeclaration,
)


def versions(
    modules: Iterable[Module], raising: Collection[str], build: str | None
) -> dict[str, int]:
    """Return the versions of all declarations of some modules, by dotted name.

    raising: the symbols of the functions that may raise. build: what kind of build others must be, too, if they must.
    """
    known = {} if build is None else {build_name(build): OF_BUILD}
    return known | {
        name_of(each): version_of(each, raising)
        for module in modules
        for each in module.scope.values()
        if isinstance(each, _DECLARATIONS) and each.module is module
    }


def shown(modules: Iterable[Module]) -> set[str]:
    """Return the symbols of functions that have a private name and are yet called from elsewhere, by bodies that are
    compiled into others; perhaps of some more with the same names."""
    found: set[str] = set()
    for module in modules:
        compiled = [each.node for each in module.functions if is_compiled_elsewhere(each)]
        nodes = [node for tree in compiled for node in ast.walk(tree)]
        names = {each.attr for each in nodes if isinstance(each, ast.Attribute)}
        names |= {each.id for each in nodes if isinstance(each, ast.Name)}
        found |= {
            FunctionInstance(each).symbol
            for each in module.functions
            if each.name in names and each.name.startswith("_") and not each.all_type_parameters
        }
    return found


def build_name(build: str) -> str:
    """Return the name by which a kind of build stands among the declarations."""
    return f"a {build} build"


def uses(
    units: Iterable[Module], modules: Mapping[str, Module], own: Collection[str]
) -> list[Declaration]:
    """Return the declarations outside of `own` that units depend on, by name."""
    waiting = [each for unit in units for each in _named_in(unit.tree, unit)]
    found: dict[str, Declaration] = {}
    while waiting:
        each = waiting.pop()
        if isinstance(each, FunctionDeclaration) and each.owner is not None:
            each = each.owner
        name = name_of(each)
        if name in found or each.module.name not in modules:
            continue
        found[name] = each
        waiting += _behind(each)
    return [found[name] for name in sorted(found) if found[name].module.name not in own]


def version_of(declaration: Declaration, raising: Collection[str]) -> int:
    """Return the version of a declaration, which is never 0."""
    text = declaration_text(declaration)
    raised = sorted(
        each.name
        for each in _functions_of(declaration)
        if not each.all_type_parameters and FunctionInstance(each).symbol in raising
    )
    digest = hashlib.sha256("\n".join([text, *raised]).encode(errors="replace")).digest()
    return int.from_bytes(digest[:4], "little") or 1


def name_of(declaration: Declaration) -> str:
    return f"{declaration.module.name}.{declaration.name}"


def _functions_of(declaration: Declaration) -> Iterable[FunctionDeclaration]:
    if isinstance(declaration, ClassDeclaration):
        return declaration.methods.values()
    return [declaration] if isinstance(declaration, FunctionDeclaration) else []


# What depends on what ---------------------------------------------------------------------------------


def _behind(declaration: Declaration) -> Iterator[Declaration]:
    """Yield what a declaration's interface is made of."""
    match declaration:
        case ClassDeclaration():
            yield from _in_types([declaration.base, *declaration.fields.values()])
        case VariableDeclaration() | ConstantDeclaration():
            yield from _in_types([declaration.type])
    for function in _functions_of(declaration):
        yield from _in_types([*(each.type for each in function.parameters), function.result])
        if is_compiled_elsewhere(function):
            yield from _named_in(function.node, function.module)


def _in_types(values: Iterable[Any]) -> Iterator[Declaration]:
    """Yield the classes in types and in types of fields."""
    for value in values:
        if isinstance(value, NamedType):
            yield value.declaration
            yield from _in_types(value.arguments)
        elif isinstance(value, tuple):
            yield from _in_types(value)
        elif isinstance(value, Type):
            yield from _in_types(getattr(value, each.name) for each in dataclasses.fields(value))
        elif hasattr(value, "type"):
            yield from _in_types([value.type])


def _named_in(tree: ast.AST, module: Module) -> Iterator[Declaration]:
    """Yield the declarations that a piece of source names."""
    for node in ast.walk(tree):
        meaning: Any = None
        if isinstance(node, ast.Name):
            meaning = module.scope.get(node.id)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            through = module.scope.get(node.value.id)
            meaning = through.scope.get(node.attr) if isinstance(through, Module) else None
        if isinstance(meaning, _DECLARATIONS):
            yield meaning
        elif isinstance(meaning, Type):
            yield from _in_types([meaning])
