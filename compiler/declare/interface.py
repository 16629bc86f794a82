"""The interface of a module: all that another module's code can depend on, as text.

The text has a line for each declaration, with types and values, and the source of what is compiled
into other units (bodies of generic and inline functions, with their line numbers) or run while they
are compiled (`@comptime`). It does not change when the body of an ordinary function does, or a
comment, so its digest decides what must be compiled again. It is also what tests of this pass compare.

What a module itself is compiled from is more than its text: compile-time Python runs code of other
modules, and reads files. `complete_digest` adds what it made of them.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterator
from typing import Any

from compiler.types import (
    ClassDeclaration,
    ClassKind,
    ConstantDeclaration,
    Declaration,
    FieldDeclaration,
    FunctionDeclaration,
    Module,
    ParameterDeclaration,
    ParameterKind,
    Static,
    StaticAddress,
    StaticSlice,
    Type,
    TypeVariable,
    VariableDeclaration,
    Word,
    symbol_of,
)
from compiler.words import VOCABULARY

_LINE = "at "  # before the number of a line


def interface_digest(module: Module) -> str:
    """Return the SHA-256 of a module's interface."""
    return hashlib.sha256(interface_text(module, bodies=True).encode(errors="replace")).hexdigest()


def interface_text(module: Module, bodies: bool = False) -> str:
    """Return the interface with all compile-time values; or, with `bodies`, with the source that is
    compiled elsewhere and without the values that are loaded."""
    lines = list(_Interface(module, bodies).lines())
    if not bodies:
        lines += _statics(module)
    return "\n".join(lines)


def declaration_text(declaration: Declaration) -> str:
    """Return what others can depend on in one declaration, without line numbers and with the source that is
    compiled elsewhere."""
    interface = _Interface(declaration.module, bodies=True)
    match declaration:
        case ClassDeclaration():
            lines = interface.class_lines(declaration)
        case FunctionDeclaration():
            lines = interface.function_lines(declaration)
        case VariableDeclaration():
            lines = iter([interface.variable(declaration)])
        case _:
            lines = iter([interface.constant(declaration)])
    return "\n".join(line for line in lines if not line.lstrip().startswith(_LINE))


def complete_digest(module: Module, modules: dict[str, Module]) -> None:
    """Make `module.digest` one of all that the module alone does not say: its values, and, where it
    can call `@comptime` functions, the text of all modules that these may run."""
    parts = [module.digest]
    for meaning in module.scope.values():
        match meaning:
            case VariableDeclaration(module=owner) | ConstantDeclaration(module=owner):
                parts += [_value_in_full(meaning.value)] if owner is module else []
    parts += [f"{path} {digest}" for path, digest in sorted(module.embedded.items())]
    runs = {other.name for other in _comptime_modules(module)}
    parts += [f"{name} {_text_digest(modules[name])}" for name in sorted(_reach(runs, modules))]
    module.digest = hashlib.sha256("\n".join(parts).encode(errors="replace")).hexdigest()


def _comptime_modules(module: Module) -> Iterator[Module]:
    """Yield the modules whose `@comptime` functions a module can name."""
    for meaning in module.scope.values():
        if isinstance(meaning, FunctionDeclaration) and meaning.is_comptime:
            yield meaning.module
        elif isinstance(meaning, Module) and any(each.is_comptime for each in meaning.functions):
            yield meaning


def _reach(names: set[str], modules: dict[str, Module]) -> set[str]:
    """Return the modules that some import at run time, directly or not, themselves included."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in modules and name not in found:
            found.add(name)
            waiting += modules[name].imports
    return found


def _text_digest(module: Module) -> str:
    return hashlib.sha256(module.text.encode(errors="replace")).hexdigest()


def _statics(module: Module) -> Iterator[str]:
    """Yield the contents of the named objects that a module's values reach."""
    values = [
        meaning.value
        for meaning in module.scope.values()
        if isinstance(meaning, ConstantDeclaration | VariableDeclaration)
        and meaning.module is module
    ]
    for each in _reached(values):
        if isinstance(each, Static) and each.symbol:
            fields = ", ".join(map(_value, each.fields))
            yield f"static {each.symbol} = {symbol_of(each.type)}({fields})"


class _Interface:
    def __init__(self, module: Module, bodies: bool):
        self.module = module
        self.bodies = bodies
        self.source = module.text.split("\n")

    def lines(self) -> Iterator[str]:
        for name, meaning in self.module.scope.items():
            match meaning:
                case Declaration(module=owner) if owner is not self.module:
                    yield from self.imported(name, f"{owner.name}.{meaning.name}")
                case ConstantDeclaration():
                    yield self.constant(meaning)
                case VariableDeclaration():
                    yield self.variable(meaning)
                case ClassDeclaration():
                    yield from self.class_lines(meaning)
                case FunctionDeclaration():
                    yield from self.function_lines(meaning)
                case Module():
                    yield from self.imported(name, meaning.name)
                case TypeVariable(bound=bound):
                    yield f"{name} = TypeVar({meaning.module}.{meaning}, {bound})"
                case Type() if name in self.module.names and name not in VOCABULARY["lang"]:
                    yield f"{name} = {symbol_of(meaning)}"

    def imported(self, name: str, symbol: str) -> Iterator[str]:
        """What a module imports matters where bodies are compiled elsewhere, or it is passed on."""
        if self.bodies:
            yield f"import {name} = {symbol}"

    def constant(self, constant: ConstantDeclaration) -> str:
        stated = f": {symbol_of(constant.type)}" if constant.type is not None else ""
        return f"{constant.name}{stated} = {_value(constant.value)}"

    def variable(self, variable: VariableDeclaration) -> str:
        """The start value is no part of it: code that names a variable loads it."""
        value = "" if self.bodies or variable.zeroed else f" = {_value(variable.value)}"
        section = f" in {variable.section}" if variable.section else ""
        return f"var {variable.name}: {symbol_of(variable.type)}{value}{section}"

    # Classes --------------------------------------------------------------------------------------

    def class_lines(self, declaration: ClassDeclaration) -> Iterator[str]:
        yield self.class_line(declaration)
        for name, number in declaration.members.items():
            yield f"    {name} = {number}"
        for field in declaration.fields.values():
            yield f"    {self.field(field)}"
        for constant in declaration.constants.values():
            yield f"    {self.constant(constant)}"
        for method in declaration.methods.values():
            for line in self.function_lines(method):
                yield f"    {line}"

    def class_line(self, declaration: ClassDeclaration) -> str:
        facts = [
            name
            for name in (
                "packed",
                "pinned",
                "is_dataclass",
                "is_frozen",
                "is_abstract",
                "is_final",
                "is_sealed",
            )
            if getattr(declaration, name)
        ]
        if declaration.overridden:
            facts.append(f"overridden={','.join(sorted(declaration.overridden))}")
        if declaration.align:
            facts.append(f"align={declaration.align}")
        if declaration.number:
            facts.append(f"number={declaration.number}")
        if declaration.kind in (ClassKind.INT_ENUM, ClassKind.INT_FLAG):
            facts.append(f"over {declaration.representation}")
        parameters = ", ".join(map(_bounded, declaration.parameters))
        base = f"({symbol_of(declaration.base)})" if declaration.base else ""
        kind = declaration.kind.name.lower()
        text = f"{kind} {declaration.name}{f'[{parameters}]' if parameters else ''}{base}"
        return f"{text}: {' '.join(facts)}".rstrip(" :")

    def field(self, field: FieldDeclaration) -> str:
        default = f" = {ast.unparse(field.default)}" if field.default is not None else ""
        return f"{field.name}: {symbol_of(field.type)}{default}"

    # Functions ------------------------------------------------------------------------------------

    def function_lines(self, function: FunctionDeclaration) -> Iterator[str]:
        facts = " ".join(_facts(function))
        own = ", ".join(map(_bounded, function.type_parameters))
        text = f"def {function.name}{f'[{own}]' if own else ''}({_parameters(function.parameters)})"
        yield f"{text} -> {symbol_of(function.result)}{f': {facts}' if facts else ''}"
        if function.setter is not None:
            yield from self.function_lines(function.setter)
        if self.bodies and is_compiled_elsewhere(function):
            node = function.node
            yield f"{_LINE}{node.lineno}"
            yield from self.source[node.lineno - 1 : node.end_lineno]


def is_compiled_elsewhere(function: FunctionDeclaration) -> bool:
    """True if units that call a function compile it, or run it while they are compiled."""
    return bool(
        function.inline
        or function.is_comptime
        or function.is_generator
        or function.all_type_parameters
    )


def _parameters(parameters: list[ParameterDeclaration]) -> str:
    parts, kind = [], ParameterKind.POSITIONAL_ONLY
    for index, each in enumerate(parameters):
        if kind is ParameterKind.POSITIONAL_ONLY and each.kind is not kind and index:
            parts.append("/")
        if each.kind is ParameterKind.KEYWORD_ONLY and kind is not each.kind:
            parts.append("*")
        kind = each.kind
        default = f" = {ast.unparse(each.default)}" if each.default is not None else ""
        called = " only called" if each.only_called else ""
        parts.append(f"{each.collects}{each.name}: {symbol_of(each.type)}{called}{default}")
    return ", ".join(parts)


def _bounded(variable: TypeVariable) -> str:
    return f"{variable}: {symbol_of(variable.bound)}" if variable.bound else str(variable)


def _facts(function: FunctionDeclaration) -> Iterator[str]:
    """Yield what the decorators and the body of a function say, in a fixed order."""
    for name in (
        "is_static",
        "is_class_method",
        "is_property",
        "is_abstract",
        "is_generator",
        "is_comptime",
        "returns_view",
        "sleeps",
        "inline",
        "noinline",
        "cold",
        "naked",
        "interrupt",
    ):
        if getattr(function, name):
            yield name
    yield from sorted(effect.value for effect in function.effects)
    yield from (f"block:{name}" for name in sorted(e.value for e in function.block_effects))
    if function.takes_lock:
        yield f"takes_lock={function.takes_lock}"
    yield from (f"holds={lock}" for lock in function.holds)
    for name in ("export", "section", "syscall"):
        if getattr(function, name) is not None:
            yield f"{name}={getattr(function, name)}"


def _value(value: Any) -> str:
    """Return a value as text that does not depend on the run."""
    match value:
        case Static(symbol=symbol) if symbol:
            return f"<{symbol_of(value.type)} {symbol}>"
        case Static():
            return f"{symbol_of(value.type)}({', '.join(map(_value, value.fields))})"
        case StaticAddress(target=target, offset=offset):
            return f"<address of {_value(target)} + {offset}>"
        case StaticSlice(start=start, length=length):
            return f"<{length} at {_value(start)}>"
        case FunctionDeclaration():
            return f"<{value.module.name}.{value.qualified_name}>"
        case Declaration():
            return f"<{value.module.name}.{value.name}>"
        case tuple():
            return f"({', '.join(map(_value, value))})"
        case Word(name):
            return name
    return repr(value)


def _value_in_full(value: Any) -> str:
    """Return a value as text, with the contents of every static object that it reaches."""
    return " ".join(
        f"{_value(each)}({', '.join(map(_value, each.fields))})"
        if isinstance(each, Static)
        else _value(each)
        for each in _reached([value])
    )


def _reached(values: list[Any]) -> Iterator[Any]:
    """Yield values and those inside them and behind them, each static object once."""
    waiting, seen = values[::-1], set()
    while waiting:
        each = waiting.pop()
        if isinstance(each, Static):
            if id(each) in seen:
                continue
            seen.add(id(each))
        yield each
        match each:
            case Static(fields=inner) | tuple(inner):
                waiting += inner[::-1]
            case StaticAddress(target=Static() as target):
                waiting.append(target)
            case StaticSlice(start=start):
                waiting.append(start)
