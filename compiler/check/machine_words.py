"""Words for the machine: hints, fences, symbols, asm."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler import tree
from compiler.check import assembly, methods
from compiler.check.conversions import described
from compiler.check.words import arguments, name_of, word
from compiler.tree import Expression, Intrinsic
from compiler.types import BOOL, NEVER, NONE, STR, U64, Module, PointerType, Type

if TYPE_CHECKING:
    from compiler.check.checker import Checker


@word("unreachable")
def unreachable(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`unreachable()`: nothing arrives here."""
    arguments(check, node, "unreachable()", 0)
    return Intrinsic(check.span(node), NEVER, "unreachable", [])


@word("spin_hint")
def spin_hint(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`spin_hint()`: tell the processor that this is a waiting loop."""
    arguments(check, node, "spin_hint()", 0)
    return Intrinsic(check.span(node), NONE, "spin_hint", [])


@word("is_checked")
def is_checked(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`is_checked()`: whether this is a checked build; a constant, so that a release has nothing of what it guards."""
    arguments(check, node, "is_checked()", 0)
    return Intrinsic(check.span(node), BOOL, "is_checked", [])


@word("release_variables")
def release_variables(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`release_variables()`: the variables of this module and of all that it reaches let go of what they hold.

    In the order of Python: modules as they are imported, each module's variables as they stand there,
    those of one underscore first.
    """
    arguments(check, node, "release_variables()", 0)
    span = check.span(node)
    variables = sorted(
        (
            each
            for module in _reached(check.module, check.unit.modules)
            for each in module.variables
        ),
        key=lambda each: not each.name.startswith("_"),
    )
    places = [tree.VariableRef(span, each.type, each) for each in variables]
    return Intrinsic(span, NONE, "release_variables", places)


def _reached(root: Module, modules: dict[str, Module]) -> list[Module]:
    """Return a module, and all that it imports, directly or not, nearest first."""
    found = {root.name: root}
    for module in (waiting := [root]):
        for name in module.imports:
            if name in modules and name not in found:
                found[name] = modules[name]
                waiting.append(modules[name])
    return list(found.values())


@word("prefetch")
def prefetch(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`prefetch(p)`: what p points at is needed soon."""
    (argument,) = arguments(check, node, "prefetch(p)", 1)
    pointer = check.expression(argument)
    if not isinstance(pointer.type, PointerType):
        raise check.error(argument, f"{described(pointer.type)} is no pointer")
    return Intrinsic(check.span(node), NONE, "prefetch", [pointer])


@word("fence", "compiler_fence")
def fence(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`fence(order)`, `compiler_fence()`."""
    name = name_of(node)
    given = arguments(check, node, f"{name}(Order.SEQ_CST)", 0, 1)
    allowed = ("ACQUIRE", "RELEASE", "ACQ_REL", "SEQ_CST")
    order = methods.memory_order(check, given[0], allowed) if given else "seq_cst"
    return Intrinsic(check.span(node), NONE, name, [], order)


@word("symbol_address")
def symbol_address(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`symbol_address("name")`: where the linker puts a symbol of the image."""
    (argument,) = arguments(check, node, 'symbol_address("name")', 1)
    name = check.operand(argument)
    if not isinstance(name, tree.StringLiteral) or name.type is not STR:
        raise check.error(argument, "a symbol is named by a literal", 'write "name"')
    return Intrinsic(check.span(node), U64, "symbol_address", [name])


@word("handled_class")
def handled_class(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`handled_class()`: the class at run time of the exception that is being handled."""
    arguments(check, node, "handled_class()", 0)
    if not check.handling:
        raise check.error(
            node, "no exception is being handled here", "call it in an 'except' block"
        )
    return Intrinsic(check.span(node), PointerType(NONE), "handled_class", [])


@word("asm")
def asm(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`asm(template, inputs=..., outputs=..., clobbers=...)`."""
    return assembly.call(check, node)
