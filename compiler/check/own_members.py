"""Members that only our containers have: Python's library is ours inside, and a program sees of it what Python shows.

    xs.reserve(5)           'list[int]' has no member 'reserve'

What a container shows is what CPython's class of its name does, which this asks. The library and what is written for a program
by the phrases may use all.
"""

from __future__ import annotations

import ast
import collections
from typing import TYPE_CHECKING

from compiler.check import members, value_unions
from compiler.declare import Member
from compiler.types import NamedType, Type

if TYPE_CHECKING:
    from compiler.check.checker import Checker

_SHOWN = (
    list,
    set,
    frozenset,
    bytearray,
    collections.ChainMap,
    collections.Counter,
    collections.deque,
)
_CLASSES = {each.__name__: each for each in _SHOWN}
_CLASSES["dict"] = collections.OrderedDict  # which dict is here
_MODULES = ("core.containers.", "library.collections")


def find(check: Checker, node: ast.Attribute, type: NamedType) -> Member | None:
    """Return the member that an attribute of a value names; None if there is none, or none that is shown here."""
    member = members.find(check, type, node.attr)
    return None if member is not None and _is_hidden(check, node, type) else member


def no_member(check: Checker, node: ast.Attribute, type: NamedType):
    """Return the error that a class has no such member, or shows none."""
    names = members.names_of(type)
    shown = _class_of(type)
    if shown is not None and value_unions.is_of_program(check):
        names = [name for name in names if hasattr(shown, name)]
    return members.no_member(check, node, type, names)


def _is_hidden(check: Checker, node: ast.Attribute, type: NamedType) -> bool:
    shown = _class_of(type)
    if shown is None or hasattr(shown, node.attr):
        return False
    return value_unions.is_of_program(check) and _is_written(check, node)


def _class_of(type: Type) -> type | None:
    """Return what a class of the library is in CPython, if it is a container."""
    declaration = type.declaration
    if not declaration.module.name.startswith(_MODULES):
        return None
    return _CLASSES.get(declaration.name)


def _is_written(check: Checker, node: ast.Attribute) -> bool:
    """True if the attribute stands in the source as it is; what the phrases write stands for something else."""
    line = check.unit.lines_of(check.module)[node.end_lineno - 1].encode()
    return line[: node.end_col_offset].endswith(node.attr.encode())
