"""The numbers by which exceptions cross system calls: `NUMBERS` of `core/errors.py`.

It is a dictionary display from numbers to classes, read here from its syntax. An exception whose class
is not in it crosses as its nearest base class that is.
"""

from __future__ import annotations

import ast

from compiler.comptime import evaluate
from compiler.comptime.values import CompileTimeOnly, own_type
from compiler.declare.program import Assigned, Program
from compiler.source import CompileError, Span
from compiler.types import ClassDeclaration, ClassKind, ConstantDeclaration, Module

MODULE, TABLE = "core.errors", "NUMBERS"


def is_table(module: Module, binding: Assigned) -> bool:
    return (
        module.name == MODULE
        and binding.target.id == TABLE
        and isinstance(binding.statement.value, ast.Dict)
    )


def declare_table(program: Program, module: Module, binding: Assigned) -> ConstantDeclaration:
    """Give the classes their numbers; return the table as a constant for compile-time code."""
    table = binding.statement.value
    taken: dict[int, ClassDeclaration] = {}
    for key, value in zip(table.keys, table.values, strict=True):
        with program.collecting(module, value):
            _number(program, module, key or value, value, taken)
    constant = CompileTimeOnly("dict")
    span = Span.of(module.path, binding.target)
    return ConstantDeclaration(TABLE, module, own_type(constant), span, constant)


def _number(
    program: Program,
    module: Module,
    key: ast.expr,
    value: ast.expr,
    taken: dict[int, ClassDeclaration],
) -> None:
    number = evaluate(key, module, program)
    declaration = program.lookup(module, value.id) if isinstance(value, ast.Name) else None
    if not isinstance(declaration, ClassDeclaration):
        raise CompileError(Span.of(module.path, value), "only exception classes have numbers")
    program.complete(declaration)
    if declaration.kind is not ClassKind.EXCEPTION:
        raise CompileError(Span.of(module.path, value), f"'{declaration.name}' is no exception")
    if not isinstance(number, int) or number <= 0:
        raise CompileError(Span.of(module.path, key), "a number of an exception is above 0")
    if number in taken:
        raise CompileError(
            Span.of(module.path, key), f"{number} is the number of '{taken[number].name}'"
        )
    taken[number] = declaration
    declaration.number = number
