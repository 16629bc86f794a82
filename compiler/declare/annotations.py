"""From annotations to types.

An annotation is an expression that names a type; its text inside a string is the same annotation.
Which forms there are is fixed by the language: `language.md`, *Types*. Everything else is an error
that says what to write.

Where a type may stand is part of its meaning: a bit-field only in a struct, `PerCpu` only as a
module variable, `Format` only as a parameter. `Place` names these positions.
"""

from __future__ import annotations

import ast
import difflib
from enum import Enum
from typing import Any

from compiler.comptime import evaluate
from compiler.read import SEQUENCE_NAME
from compiler.source import CompileError, Span
from compiler.types import (
    BOOL,
    BROKEN,
    FORMAT,
    NAMED_TYPES,
    NEVER,
    NONE,
    ArrayType,
    BitsType,
    CallableType,
    CFunctionType,
    ClassDeclaration,
    ConstantDeclaration,
    Effect,
    FunctionDeclaration,
    GeneratorType,
    IntType,
    Module,
    NamedType,
    OptionalType,
    PointerType,
    SliceType,
    TupleType,
    Type,
    TypeVariable,
    VariableDeclaration,
    Word,
    WrappedType,
    is_enum,
    is_place,
    is_reference,
    substitute,
    variables_of,
)
from compiler.words import EFFECT_WORDS, VOCABULARY, is_python_builtin


class Place(Enum):
    """Where an annotation stands."""

    PARAMETER = "a parameter"
    RESULT = "a result"
    FIELD = "a field"
    VARIABLE = "a variable"
    LOCAL = "a local variable"
    INNER = "part of another type"


class Names:
    """How what an annotation names is found: once declare is done, in the scopes.

    While declare runs, `declare.program.Program` takes its place and completes on the way whatever
    is asked for.
    """

    def lookup(self, module: Module, name: str) -> Any:
        """Return what `name` means in a module; None if nothing."""
        return module.scope.get(name)

    def complete(self, declaration: ClassDeclaration) -> None:
        """See to it that a class has its kind, parameters, members and constants."""

    def lay_out(self, type: Type) -> None:
        """See to it that the size of a type is known."""

    def sign(self, function: FunctionDeclaration) -> None:
        """See to it that a function has its parameters and result."""

    def resolve(self, node: ast.expr, module: Module) -> Type:
        return resolve_type(node, module, place=Place.VARIABLE, names=self)


def resolve_type(
    node: ast.expr,
    module: Module,
    type_parameters: tuple[TypeVariable, ...] | None = (),
    *,
    place: Place = Place.LOCAL,
    owner: NamedType | None = None,
    names: Names | None = None,
) -> Type:
    """Return the type that an annotation names.

    `type_parameters` are the type variables that may be used; None allows all. `owner` is what
    `Self` means.

    Raises:
        CompileError: it names no type, or one that cannot stand here.
    """
    resolver = _Resolver(module, type_parameters, owner, names or Names())
    type = resolver.resolve(node)
    _check_place(type, place, Span.of(module.path, node))
    return type


def effects_of(nodes: list[ast.expr], module: Module, names: Names) -> frozenset[Effect]:
    """Return the promises that stand in Annotated after the type."""
    effects = set()
    for node in nodes:
        word = names.lookup(module, node.id) if isinstance(node, ast.Name) else None
        if not isinstance(word, Word) or word.name not in EFFECT_WORDS:
            raise CompileError(
                Span.of(module.path, node),
                f"'{ast.unparse(node)}' is no promise",
                f"Annotated takes {', '.join(sorted(EFFECT_WORDS))}",
            )
        effects.add(Effect(word.name))
    return frozenset(effects)


def word_of(node: ast.expr | None, module: Module, names: Names) -> str:
    """Return the word that a name or `word[...]` stands for; empty if none."""
    if isinstance(node, ast.Subscript):
        node = node.value
    meaning = names.lookup(module, node.id) if isinstance(node, ast.Name) else None
    return meaning.name if isinstance(meaning, Word) else ""


def unquoted(node: ast.expr, module: Module) -> ast.expr:
    """Return the annotation that a string holds, or the node itself if it is no string."""
    if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
        return node
    try:
        inner = ast.parse(node.value.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise CompileError(Span.of(module.path, node), "the string holds no type") from None
    for each in ast.walk(inner):
        ast.copy_location(each, node)
    return inner


class _Resolver:
    def __init__(
        self,
        module: Module,
        type_parameters: tuple[TypeVariable, ...] | None,
        owner: NamedType | None,
        names: Names,
    ):
        self.module = module
        self.type_parameters = type_parameters
        self.owner = owner
        self.names = names

    def resolve(self, node: ast.expr) -> Type:
        match node:
            case ast.Constant(value=None):
                return NONE
            case ast.Constant(value=str()):
                return self.resolve(unquoted(node, self.module))
            case ast.Name() | ast.Attribute():
                return self.named(node, self.meaning(node))
            case ast.Subscript(value=base, slice=inside):
                arguments = inside.elts if isinstance(inside, ast.Tuple) else [inside]
                return self.subscript(node, self.meaning(base), arguments)
            case ast.BinOp(op=ast.BitOr()):
                return self.union(node, [node.left, node.right])
        raise self.error(node, f"'{_text(node)}' is not a type")

    def inner(self, node: ast.expr) -> Type:
        """Resolve a type that stands inside another one."""
        type = self.resolve(node)
        _check_place(type, Place.INNER, Span.of(self.module.path, node))
        return type

    def error(self, node: ast.AST, message: str, hint: str = "") -> CompileError:
        return CompileError(Span.of(self.module.path, node), message, hint)

    # Names ----------------------------------------------------------------------------------------

    def meaning(self, node: ast.expr) -> Any:
        """Return what a name or dotted name stands for."""
        match node:
            case ast.Name(id=name):
                meaning = self.names.lookup(self.module, name)
                if meaning is None:
                    raise self.unknown(node, name)
                return meaning
            case ast.Attribute(value=base, attr=name):
                module = self.meaning(base)
                if module is BROKEN:
                    return BROKEN
                if isinstance(module, Module):
                    meaning = self.names.lookup(module, name)
                    if meaning is None:
                        raise self.error(node, f"module '{module.name}' has no '{name}'")
                    return meaning
        raise self.error(node, f"'{_text(node)}' is not a type")

    def unknown(self, node: ast.expr, name: str) -> CompileError:
        for module, words in VOCABULARY.items():
            if name in words:
                return self.error(
                    node, f"'{name}' is not imported", f"write 'from {module} import {name}'"
                )
        close = difflib.get_close_matches(name, self.type_names(), 1)
        hint = f"did you mean '{close[0]}'?" if close else ""
        if name == "object":
            hint = "values have static types; use a base class or a type variable"
        elif not close and is_python_builtin(name):
            hint = "the language does not have it"
        return self.error(node, f"unknown type '{name}'", hint)

    def type_names(self) -> list[str]:
        """Return the names that could have been meant for a type."""
        types = (Type, ClassDeclaration)
        return [
            *(name for name, each in self.module.scope.items() if isinstance(each, types)),
            *NAMED_TYPES,
            *FORMS,
        ]

    def named(self, node: ast.expr, meaning: Any) -> Type:
        match meaning:
            case TypeVariable():
                allowed = self.type_parameters
                if allowed is not None and meaning not in allowed:
                    raise self.error(
                        node,
                        f"type variable '{meaning}' is not bound here",
                        f"derive the class from Generic[{meaning}], or use it in a parameter",
                    )
                return meaning
            case Type():
                return meaning
            case ClassDeclaration():
                self.names.complete(meaning)
                if meaning.parameters:
                    wanted = ", ".join(map(str, meaning.parameters))
                    raise self.error(
                        node,
                        f"generic class '{meaning.name}' without its type arguments",
                        f"write {meaning.name}[{wanted}] with types in their place",
                    )
                return NamedType(meaning)
            case Word(name):
                return self.bare_word(node, name)
        raise self.error(node, f"'{_text(node)}' is not a type", _why_not(meaning))

    def bare_word(self, node: ast.expr, name: str) -> Type:
        if name in ("Never", "NoReturn"):
            return NEVER
        if name == "Self":
            if self.owner is None:
                raise self.error(node, "'Self' outside of a class")
            return self.owner
        if name in FORMS:
            raise self.error(node, f"'{name}' without its arguments", f"write {FORMS[name]}")
        if name == "Any":
            raise self.error(
                node, "'Any' is not a type", "only @comptime functions have values of any type"
            )
        if name in ("list", "dict", "set"):
            raise self.error(node, f"'{name}' without its types", f"write {name}[...]")
        raise self.error(node, f"'{name}' is not a type")

    # Forms with arguments -------------------------------------------------------------------------

    def subscript(self, node: ast.Subscript, meaning: Any, arguments: list[ast.expr]) -> Type:
        if meaning is BROKEN:
            return BROKEN
        if isinstance(meaning, ClassDeclaration):
            return self.instance(node, meaning, arguments)
        if isinstance(meaning, Type) and variables_of(meaning):
            return self.alias(node, meaning, arguments)
        if not isinstance(meaning, Word) or meaning.name not in FORMS:
            raise self.error(node, f"'{_text(node.value)}' takes no type arguments")
        word = meaning.name
        match word, arguments:
            case "Ptr", [target]:
                return PointerType(self.inner(target))
            case "Array", [element, length]:
                return ArrayType(self.storable(element), self.length(length))
            case "Slice", [element]:
                return SliceType(self.storable(element))
            case "tuple", _:
                return self.tuple(node, arguments)
            case "Callable", [parameters, result]:
                return self.callable(parameters, result)
            case "CFunction", [parameters, result]:
                plain = self.callable(parameters, result)
                return CFunctionType(plain.parameters, plain.result)
            case "Optional", [inner]:
                return self.optional(inner, self.inner(inner))
            case "Union", _:
                return self.union(node, arguments)
            case "Annotated", [inner, *promises] if promises:
                return self.annotated(node, inner, promises)
            case "Bits", [base, width]:
                return self.bits(node, base, width)
            case "Iterator", [item]:
                return GeneratorType(self.inner(item))
            case "Iterable", [item]:
                given = GeneratorType(self.inner(item))
                return CallableType((), given) if self.is_of_program() else given
            case "Generator", [item, *rest] if len(rest) in (0, 2):
                return GeneratorType(self.inner(item))
            case (("Atomic" | "Volatile" | "PerCpu" | "Rcu" | "Weak"), [inner]):
                return self.wrapped(word, inner)
            case (("UserPtr" | "UserSlice"), [inner]):
                return WrappedType(word, self.storable(inner))
            case (("Final" | "ClassVar"), _):
                raise self.error(node, f"'{word}' stands only around the type of a constant")
        raise self.error(node, f"'{word}' with {len(arguments)} arguments", f"write {FORMS[word]}")

    def instance(
        self, node: ast.expr, declaration: ClassDeclaration, arguments: list[ast.expr]
    ) -> Type:
        self.names.complete(declaration)
        wanted, given = len(declaration.parameters), len(arguments)
        if wanted == 0:
            raise self.error(node, f"class '{declaration.name}' is not generic")
        if wanted != given:
            form = f"{declaration.name}[{', '.join(map(str, declaration.parameters))}]"
            raise self.error(node, f"{form} takes {wanted} type arguments, not {given}")
        types = tuple(self.inner(each) for each in arguments)
        return BROKEN if BROKEN in types else NamedType(declaration, types)

    def alias(self, node: ast.Subscript, alias: Type, arguments: list[ast.expr]) -> Type:
        """An alias of a type with type variables takes types in their place."""
        variables = list(dict.fromkeys(variables_of(alias)))
        if len(variables) != len(arguments):
            raise self.error(
                node,
                f"'{_text(node.value)}' takes {len(variables)} type arguments, "
                f"not {len(arguments)}",
            )
        types = [self.inner(each) for each in arguments]
        return substitute(alias, dict(zip(variables, types, strict=True)))

    def storable(self, node: ast.expr) -> Type:
        """Resolve the type of something that lies in memory."""
        type = self.inner(node)
        if type in (NONE, NEVER) or isinstance(type, GeneratorType) and not self.is_of_program():
            raise self.error(node, f"'{type}' is no type of an element")
        return type

    def is_of_program(self) -> bool:
        """True in a module that uses Python's containers: there, generators are values, too."""
        return "core.containers.list" in self.module.type_imports

    def length(self, node: ast.expr) -> int:
        """Evaluate the length of an Array."""
        value = evaluate(node, self.module, self.names)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.error(node, "the length of an Array is an integer constant")
        if not 0 <= value < 1 << 47:
            raise self.error(node, f"an Array cannot have {value} elements")
        return int(value)

    def tuple(self, node: ast.expr, arguments: list[ast.expr]) -> Type:
        match arguments:
            case [ast.Tuple(elts=[])]:
                return TupleType(())
            case [*_, ast.Constant(value=value)] if value is Ellipsis:
                return self.sequence(node, arguments)
        return TupleType(tuple(self.storable(each) for each in arguments))

    def sequence(self, node: ast.expr, arguments: list[ast.expr]) -> Type:
        """Resolve `tuple[T, ...]`, which only programs have."""
        found = self.names.lookup(self.module, SEQUENCE_NAME)
        if found is None:
            raise self.error(node, "a tuple has a fixed number of items", "write Slice[T]")
        return NamedType(found, (self.storable(arguments[0]),))

    def callable(self, parameters: ast.expr, result: ast.expr) -> Type:
        if not isinstance(parameters, ast.List):
            raise self.error(parameters, "the parameters stand in a list", "write Callable[[A], R]")
        return CallableType(
            tuple(self.storable(each) for each in parameters.elts), self.inner(result)
        )

    def annotated(self, node: ast.expr, inner: ast.expr, promises: list[ast.expr]) -> Type:
        effects = effects_of(promises, self.module, self.names)
        match self.resolve(inner):
            case CallableType(parameters, result, more):
                return CallableType(parameters, result, effects | more)
            case OptionalType(CallableType(parameters, result, more)):
                return OptionalType(CallableType(parameters, result, effects | more))
            case CFunctionType(parameters, result, more):
                return CFunctionType(parameters, result, effects | more)
            case OptionalType(CFunctionType(parameters, result, more)):
                return OptionalType(CFunctionType(parameters, result, effects | more))
            case type if type is BROKEN:
                return BROKEN
        raise self.error(
            node,
            "promises belong to a Callable, or to the result of '__enter__'",
            "on a function, write them as decorators",
        )

    def union(self, node: ast.expr, parts: list[ast.expr]) -> Type:
        """`T | None`: the only union there is."""
        types = [(part, self.inner(part)) for part in _flat(parts)]
        some = [(part, type) for part, type in types if type is not NONE]
        if len(some) == len(types) or len(some) != 1:
            written = " | ".join(str(type) for _, type in types)
            raise self.error(
                node,
                f"'{written}' is no type: a value is of one type, or None",
                "use a base class, or a function for each type",
            )
        return self.optional(*some[0])

    def optional(self, node: ast.expr, inner: Type) -> Type:
        if inner is BROKEN or isinstance(inner, OptionalType):
            return inner
        if is_place(inner):
            raise self.error(
                node, f"'{inner}' lies in place and is never None", f"write Ptr[{inner}] | None"
            )
        if inner in (NONE, NEVER, FORMAT):
            raise self.error(node, f"'{inner} | None' is no type")
        return OptionalType(inner)

    def bits(self, node: ast.expr, base: ast.expr, width: ast.expr) -> Type:
        unit = self.inner(base)
        bits = evaluate(width, self.module, self.names)
        if not isinstance(unit, IntType) or unit.signed:
            raise self.error(base, "a bit-field lies in an unsigned integer", "write Bits[u32, 3]")
        if not isinstance(bits, int) or not 0 < bits <= unit.bits:
            raise self.error(width, f"a bit-field in a {unit} has 1 to {unit.bits} bits")
        return BitsType(unit, int(bits))

    def wrapped(self, word: str, node: ast.expr) -> Type:
        """`Atomic[T]` and its like: T must be what one instruction can move."""
        inner = self.inner(node)
        if inner is BROKEN or isinstance(inner, TypeVariable):
            return inner if inner is BROKEN else WrappedType(word, inner)
        pointee = inner.inner if isinstance(inner, OptionalType) else inner
        match word:
            case "Atomic" | "Volatile":
                if not (_is_number(inner) or isinstance(pointee, PointerType)):
                    raise self.error(
                        node,
                        f"{word}[{inner}] is no single machine value",
                        f"{word} takes an integer, bool, enum or Ptr",
                    )
            case "Weak" | "Rcu":
                wanted = inner if word == "Weak" else pointee
                if not isinstance(wanted, NamedType) or not is_reference(wanted):
                    raise self.error(node, f"{word}[{inner}] refers to no class instance")
        if word == "PerCpu" and inner in (NONE, NEVER):
            raise self.error(node, f"'{inner}' is no type of a variable")
        return WrappedType(word, inner)


# What to write for each form, where it is written wrongly.
FORMS = {
    "Ptr": "Ptr[T]",
    "Array": "Array[T, length]",
    "Slice": "Slice[T]",
    "tuple": "tuple[A, B]",
    "Callable": "Callable[[A, B], R]",
    "CFunction": "CFunction[[A, B], R]",
    "Optional": "T | None",
    "Union": "T | None",
    "Annotated": "Annotated[Callable[[A], R], no_raise]",
    "Bits": "Bits[u64, width]",
    "Iterator": "Iterator[T]",
    "Iterable": "Iterator[T]",
    "Generator": "Iterator[T]",
    "Atomic": "Atomic[T]",
    "Volatile": "Volatile[T]",
    "PerCpu": "PerCpu[T]",
    "Rcu": "Rcu[T]",
    "Weak": "Weak[T]",
    "UserPtr": "UserPtr[T]",
    "UserSlice": "UserSlice[T]",
    "Final": "Final[T]",
    "ClassVar": "Final[T]",
}


def _check_place(type: Type, place: Place, span: Span) -> None:
    """Raise CompileError if a type cannot stand where it does."""
    if isinstance(type, BitsType) and place is not Place.FIELD:
        raise CompileError(
            span, f"a bit-field cannot be {place.value}", f"only a field can; use {type.base}"
        )
    if isinstance(type, WrappedType) and type.word == "PerCpu" and place is not Place.VARIABLE:
        raise CompileError(span, f"PerCpu cannot be {place.value}", "only a module variable can")
    if type is FORMAT and place not in (Place.PARAMETER, Place.LOCAL):
        raise CompileError(
            span, f"a Format cannot be {place.value}", "only a parameter can; keep a buffer instead"
        )


def _is_number(type: Type) -> bool:
    return isinstance(type, IntType) or type is BOOL or is_enum(type)


def _flat(parts: list[ast.expr]) -> list[ast.expr]:
    """Return the operands of nested `|`, left to right."""
    result: list[ast.expr] = []
    waiting = parts[::-1]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
            waiting += [node.right, node.left]
        else:
            result.append(node)
    return result


def _text(node: ast.AST) -> str:
    text = ast.unparse(node)
    return text if len(text) <= 40 else f"{text[:37]}..."


def _why_not(meaning: Any) -> str:
    match meaning:
        case FunctionDeclaration():
            return "it is a function"
        case ConstantDeclaration():
            return "it is a constant"
        case VariableDeclaration():
            return "it is a variable"
        case Module():
            return "it is a module"
    return ""
