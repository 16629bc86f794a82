"""Classes: kind, parameters, base, members, constants, fields, and the shells of their methods.

    class Thread:                          a counted reference class
    class Disk(Device): ...                derived from one other class
    class Ring(Generic[T]): ...            generic
    class Shape(ABC): ...                  may have abstract methods
    @dataclass class Pair: ...             a reference class whose constructor takes its fields
    @struct, @packed, @union class         inline, with C layout
    class Mode(IntFlag): ...               an enum over `int`, or what `@over(u8)` says
    class Timeout(Exception): ...          an exception

A class body holds a docstring, fields (`name: T`, with or without a default), constants
(`NAME = value`, `NAME: Final = value`) and methods. Classes of programs need not declare the fields
that their `__init__` gives a value (`implied.py`).
"""

from __future__ import annotations

import ast
import difflib
from typing import Any

from compiler.comptime import evaluate
from compiler.comptime.fold import TypedInt
from compiler.declare import comparison_methods, dataclass_methods
from compiler.declare.annotations import Place, resolve_type, unquoted, word_of
from compiler.declare.implied import implied_annotation, implied_fields
from compiler.declare.program import Program, name_span
from compiler.declare.values import constant, final_type
from compiler.read import BUILTINS, is_program
from compiler.source import CompileError, Note, Span
from compiler.types import (
    BROKEN,
    NEVER,
    NONE,
    ArrayType,
    BitsType,
    ClassDeclaration,
    ClassKind,
    FieldDeclaration,
    FunctionDeclaration,
    GeneratorType,
    IntType,
    NamedType,
    OptionalType,
    TupleType,
    Type,
    TypeVariable,
    WrappedType,
    substitute,
)
from compiler.words import VOCABULARY

_DECORATORS = ("struct", "packed", "union", "over", "dataclass", "final")
_STRUCTS = (ClassKind.STRUCT, ClassKind.UNION)
_ENUMS = (ClassKind.INT_ENUM, ClassKind.INT_FLAG)


def complete(program: Program, declaration: ClassDeclaration) -> None:
    """Fill in all of a class but its fields and the signatures of its methods."""
    key = ("class", declaration)
    if key in program.in_progress or not program.once(key):
        return
    module, node = declaration.module, declaration.node
    circle = f"'{declaration.name}' is defined by itself"
    with program.working_on(key, circle, name_span(module, node)):
        for decorator in node.decorator_list:
            with program.collecting(module, decorator):
                _Decorated(program, declaration).apply(decorator)
        if declaration.is_dataclass and declaration.kind in _STRUCTS:
            program.report(
                module, node, "a struct has a constructor of its fields without @dataclass"
            )
        with program.collecting(module, node):
            _Bases(program, declaration).apply()
        if declaration.is_dataclass:
            with program.collecting(module, node):
                options = program.dataclass_options.get(declaration, {})
                dataclass_methods.write_methods(program, declaration, options)
        _Body(program, declaration).run()


class _Decorated:
    """What the decorators of a class say."""

    def __init__(self, program: Program, declaration: ClassDeclaration):
        self.program = program
        self.declaration = declaration
        self.module = declaration.module

    def apply(self, node: ast.expr) -> None:
        call = node if isinstance(node, ast.Call) else None
        word = word_of(call.func if call else node, self.module, self.program)
        arguments = call.args if call else []
        options = {each.arg: each.value for each in call.keywords} if call else {}
        match word:
            case "struct" | "packed" | "union":
                self.struct(node, word, arguments, options)
            case "over":
                self.over(node, arguments, options)
            case "dataclass":
                self.dataclass(node, arguments, options)
            case "final" if call is None:
                self.declaration.is_sealed = True
            case _:
                raise self.unknown(node)

    def error(self, node: ast.AST, message: str, hint: str = "") -> CompileError:
        return CompileError(Span.of(self.module.path, node), message, hint)

    def unknown(self, node: ast.expr) -> CompileError:
        text = ast.unparse(node.func if isinstance(node, ast.Call) else node)
        if text in _DECORATORS:
            module = next(m for m, words in VOCABULARY.items() if text in words)
            return self.error(
                node, f"'{text}' is not imported", f"write 'from {module} import {text}'"
            )
        close = difflib.get_close_matches(text, _DECORATORS, 1)
        hint = (
            f"did you mean '@{close[0]}'?" if close else f"a class takes @{', @'.join(_DECORATORS)}"
        )
        return self.error(node, f"unknown class decorator '@{text}'", hint)

    def struct(
        self, node: ast.expr, word: str, arguments: list[ast.expr], options: dict[Any, ast.expr]
    ) -> None:
        declaration = self.declaration
        declaration.kind = ClassKind.UNION if word == "union" else ClassKind.STRUCT
        declaration.packed |= word == "packed"
        if arguments:
            raise self.error(node, f"@{word} takes 'pinned' and 'align' by name")
        for name, value in options.items():
            given = evaluate(value, self.module, self.program)
            if name == "pinned" and isinstance(given, bool):
                declaration.pinned = given
            elif name == "align" and isinstance(given, int) and given.bit_count() == 1:
                declaration.align = int(given)
            elif name == "align":
                raise self.error(value, "an alignment is a power of two")
            else:
                raise self.error(value, f"@{word} takes 'pinned=True' and 'align=N', not '{name}'")

    def over(self, node: ast.expr, arguments: list[ast.expr], options: dict[Any, ast.expr]) -> None:
        if len(arguments) != 1 or options:
            raise self.error(node, "@over takes one integer type", "write @over(u32)")
        type = resolve_type(arguments[0], self.module, names=self.program)
        if not isinstance(type, IntType):
            raise self.error(arguments[0], f"{type} is no integer type", "write @over(u32)")
        self.declaration.representation = type
        self.program.done.add(("over", self.declaration))

    def dataclass(
        self, node: ast.expr, arguments: list[ast.expr], options: dict[Any, ast.expr]
    ) -> None:
        declaration = self.declaration
        declaration.is_dataclass = declaration.compares_fields = True
        given = {name: evaluate(each, self.module, self.program) for name, each in options.items()}
        known = self.options_of_dataclass()
        for name, value in given.items():
            if name not in known or not isinstance(value, bool):
                listed = ", ".join(f"'{each}'" for each in known[:-1])
                message = f"@dataclass takes {listed} and '{known[-1]}' here"
                raise self.error(options[name], message)
        declaration.is_frozen = given.get("frozen", False)
        declaration.compares_fields = given.get("eq", True)
        self.program.dataclass_options[declaration] = given

    def options_of_dataclass(self) -> tuple[str, ...]:
        """Return the options that can be given; those of the methods it writes only in programs."""
        names = ("frozen", "slots", "eq")
        if dataclass_methods.are_written(self.program, self.module):
            names += ("order", "repr", "init", "kw_only")
        return names


class _Bases:
    """What stands in the parentheses of a class statement."""

    def __init__(self, program: Program, declaration: ClassDeclaration):
        self.program = program
        self.declaration = declaration
        self.module = declaration.module
        self.bases: list[tuple[ast.expr, NamedType]] = []
        self.generic: tuple[TypeVariable, ...] | None = None
        self.is_abc = False

    def apply(self) -> None:
        declaration, node = self.declaration, self.declaration.node
        if getattr(node, "type_params", None):
            raise self.error(node.type_params[0], "type parameters", "derive from Generic[T]")
        for keyword in node.keywords:
            raise self.error(
                keyword, "a class takes no keyword", "for abstract methods, derive from ABC"
            )
        for each in node.bases:
            self.base(each)
        for extra, _ in self.bases[1:]:
            raise self.error(
                extra, "a class derives from one class", "keep a field of the second class instead"
            )
        if self.bases:
            self.derive(*self.bases[0])
        declaration.parameters = self.generic if self.generic is not None else self.implied()
        if declaration.module.name == BUILTINS and declaration.name == "BaseException":
            declaration.kind = ClassKind.EXCEPTION
        if ("over", declaration) in self.program.done and declaration.kind not in _ENUMS:
            raise self.error(node.decorator_list[0], "@over is for IntEnum and IntFlag")
        if self.is_abc:
            self.program.done.add(("abc", declaration))

    def error(self, node: ast.AST, message: str, hint: str = "") -> CompileError:
        return CompileError(Span.of(self.module.path, node), message, hint)

    def base(self, node: ast.expr) -> None:
        declaration = self.declaration
        word = word_of(node, self.module, self.program)
        match word:
            case "Generic":
                self.generic = self.type_variables(node)
            case "ABC":
                self.is_abc = True
            case "IntEnum" | "IntFlag":
                if declaration.kind in _STRUCTS:
                    raise self.error(node, f"an {word} is no struct", "write @over(u32)")
                declaration.kind = ClassKind.INT_ENUM if word == "IntEnum" else ClassKind.INT_FLAG
            case _:
                type = resolve_type(node, self.module, None, names=self.program)
                if isinstance(type, NamedType):
                    self.bases.append((node, type))
                elif type is not BROKEN:
                    raise self.error(node, f"a class cannot derive from '{type}'")

    def type_variables(self, node: ast.expr) -> tuple[TypeVariable, ...]:
        inside = node.slice if isinstance(node, ast.Subscript) else None
        items = inside.elts if isinstance(inside, ast.Tuple) else [inside] if inside else []
        types = [resolve_type(each, self.module, None, names=self.program) for each in items]
        if not types or not all(isinstance(each, TypeVariable) for each in types):
            raise self.error(node, "Generic takes type variables", "write Generic[T]")
        if len(set(types)) < len(types):
            raise self.error(node, "a type variable stands twice in Generic")
        return tuple(types)

    def derive(self, node: ast.expr, base: NamedType) -> None:
        declaration = self.declaration
        parent = base.declaration
        if declaration.kind in _STRUCTS or parent.kind in _STRUCTS:
            raise self.error(
                node, "structs do not inherit", f"embed it: a field of type {parent.name}"
            )
        if declaration.kind in _ENUMS or parent.kind in _ENUMS:
            raise self.error(node, "enums do not inherit", "write the members in one enum")
        self.refuse_cycle(node, parent)
        if any(
            word_of(each, parent.module, self.program) == "final"
            for each in parent.node.decorator_list
        ):
            raise self.error(node, f"'{parent.name}' is @final")
        if isinstance(node, ast.Name) and node.id in self.module.type_names:
            raise self.error(
                node,
                f"'{node.id}' is imported for annotations only",
                "import it above, at run time",
            )
        declaration.kind = parent.kind
        declaration.base = base

    def refuse_cycle(self, node: ast.expr, parent: ClassDeclaration) -> None:
        """Raise CompileError if the class derives from itself; the others of the chain then have
        a base, and this one has not."""
        chain = [parent]
        while chain[-1] is not self.declaration:
            above = chain[-1].base
            if above is None:
                return
            chain.append(above.declaration)
        names = " -> ".join(each.name for each in [self.declaration, *chain])
        raise self.error(node, f"a class derives from itself: {names}")

    def implied(self) -> tuple[TypeVariable, ...]:
        """Return the parameters of a class that only its base's arguments mention."""
        base = self.declaration.base
        found = dict.fromkeys(base.arguments) if base else {}
        return tuple(each for each in found if isinstance(each, TypeVariable))


class _Body:
    """The statements of a class body, in order."""

    def __init__(self, program: Program, declaration: ClassDeclaration):
        self.program = program
        self.declaration = declaration
        self.module = declaration.module
        self.where: dict[str, ast.AST] = {}
        self.values: dict[str, Any] = {}  # what expressions in the body see

    def run(self) -> None:
        for statement in self.declaration.node.body:
            with self.program.collecting(self.module, statement):
                self.statement(statement)
        for target in implied_fields(self.program, self.declaration):
            span = Span.of(self.module.path, target)
            field = FieldDeclaration(target.attr, BROKEN, span, is_implied=True)
            self.declaration.fields[target.attr] = field

    def error(self, node: ast.AST, message: str, hint: str = "") -> CompileError:
        return CompileError(Span.of(self.module.path, node), message, hint)

    def statement(self, node: ast.stmt) -> None:
        match node:
            case ast.AnnAssign(target=ast.Name(id=name)):
                self.annotated(node, name)
            case ast.Assign(targets=[ast.Name(id=name)]):
                self.assigned(node, name)
            case ast.FunctionDef():
                self.method(node)
            case ast.Expr(value=ast.Constant()) | ast.Pass():
                pass
            case ast.ClassDef():
                raise CompileError(
                    name_span(self.module, node),
                    "a class inside a class",
                    "move it to the module's level",
                )
            case _:
                span = Span.first_line(self.module.path, node, self.module.text)
                raise CompileError(span, "a class body holds fields, constants and methods only")

    def bind(self, name: str, node: ast.AST) -> None:
        if name in self.where:
            first = self.where[name]
            raise CompileError(
                Span.of(self.module.path, node)
                if not isinstance(node, ast.FunctionDef)
                else name_span(self.module, node),
                f"'{name}' is defined a second time in '{self.declaration.name}'",
                "",
                (
                    Note(
                        Span.of(self.module.path, first)
                        if not isinstance(first, ast.FunctionDef)
                        else name_span(self.module, first),
                        "the first time",
                    ),
                ),
            )
        self.where[name] = node

    def annotated(self, node: ast.AnnAssign, name: str) -> None:
        """A field, whose type is resolved later (`declare_fields`), or a constant."""
        annotation = unquoted(node.annotation, self.module)
        word = word_of(annotation, self.module, self.program)
        self.bind(name, node.target)
        if self.declaration.kind in _ENUMS:
            raise self.error(node, "an enum has members only", f"write {name} = value")
        if word not in ("Final", "ClassVar"):
            self.declaration.fields[name] = FieldDeclaration(
                name,
                BROKEN,
                Span.of(self.module.path, node.target),
                node.value,
                is_implied=getattr(node, "is_implied", False),
            )
            return
        if word == "ClassVar":
            raise self.error(
                node.annotation, "a class has no variables", "write Final, or a module variable"
            )
        if node.value is None:
            raise self.error(node.target, f"the constant '{name}' has no value")
        self.constant(
            name, node.target, final_type(self.program, self.module, annotation), node.value
        )

    def assigned(self, node: ast.Assign, name: str) -> None:
        """A constant, or a member of an enum."""
        self.bind(name, node.targets[0])
        if self.declaration.kind in _ENUMS:
            self.member(node, name)
        elif name == "__slots__":
            pass  # an instance has its fields and nothing else, always
        else:
            self.constant(name, node.targets[0], None, node.value)

    def constant(self, name: str, target: ast.AST, stated: Type | None, value: ast.expr) -> None:
        span = Span.of(self.module.path, target)
        self.values[name] = BROKEN
        found = constant(
            self.program,
            self.module,
            name,
            span,
            stated,
            value,
            owner=self.declaration.name,
            local=self.values,
        )
        self.declaration.constants[name] = self.values[name] = found

    def member(self, node: ast.Assign, name: str) -> None:
        declaration = self.declaration
        if word_of(_callee(node.value), self.module, self.program) == "auto":
            number = self.next_number(node.value)
        else:
            bound_to = f"{declaration.name}.{name}"
            number = evaluate(node.value, self.module, self.program, self.values, bound_to)
        if not isinstance(number, int):
            raise self.error(node.value, "a member of an enum is an integer")
        if not declaration.representation.holds(number):
            raise self.error(
                node.value,
                f"{int(number)} does not fit {declaration.representation}",
                "write @over with a wider type",
            )
        declaration.members[name] = int(number)
        self.values[name] = TypedInt(number, NamedType(declaration))

    def next_number(self, node: ast.expr) -> int:
        """`auto()`: one more than the last member, or the next bit of a flag."""
        numbers = list(self.declaration.members.values())
        if not numbers:
            return 1
        if self.declaration.kind is ClassKind.INT_FLAG:
            return 1 << max(numbers).bit_length()
        if numbers[-1] != max(numbers):
            raise self.error(
                node,
                "auto() after a member that is not the largest",
                "write the number; versions of Python disagree on it",
            )
        return numbers[-1] + 1

    def method(self, node: ast.FunctionDef) -> None:
        """Make the shell of a method; a property's setter belongs to the property."""
        declaration = self.declaration
        if is_program(self.module.name):
            comparison_methods.adapt(declaration, node)
        function = FunctionDeclaration(node.name, self.module, node, declaration)
        getter = declaration.methods.get(node.name)
        if getter is not None and _is_setter(node):
            function.name = f"{node.name}.setter"  # two functions, so two symbols
            getter.setter = function
        else:
            self.bind(node.name, node)
            declaration.methods[node.name] = function
        self.module.functions.append(function)


def declare_fields(program: Program, declaration: ClassDeclaration) -> None:
    """Resolve the types of a class's fields, and of those that lie inside them."""
    complete(program, declaration)
    if not program.once(("fields", declaration)):
        return
    module = declaration.module
    annotations = {
        node.target.id: node.annotation
        for node in declaration.node.body
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    }
    for field in declaration.fields.values():
        with program.collecting(module, declaration.node):
            if field.is_implied and field.name not in annotations:
                annotations[field.name] = implied_annotation(program, declaration, field)
            node = annotations[field.name]
            field.type = _field_type(program, declaration, node)
            field.volatile = isinstance(field.type, WrappedType) and field.type.word == "Volatile"
    for field in declaration.fields.values():
        with program.collecting(module, declaration.node):
            _refuse_itself(program, declaration, field)


def _field_type(program: Program, declaration: ClassDeclaration, node: ast.expr) -> Type:
    owner = NamedType(declaration, declaration.parameters)
    type = resolve_type(
        node,
        declaration.module,
        declaration.parameters,
        place=Place.FIELD,
        owner=owner,
        names=program,
    )
    span = Span.of(declaration.module.path, node)
    is_program = "core.containers.list" in declaration.module.type_imports
    if type in (NONE, NEVER) or isinstance(type, GeneratorType) and not is_program:
        raise CompileError(span, f"'{type}' is no type of a field")
    if isinstance(type, BitsType) and declaration.kind not in _STRUCTS:
        raise CompileError(span, "a bit-field outside of a struct", f"use {type.base}")
    return type


def _refuse_itself(
    program: Program, declaration: ClassDeclaration, field: FieldDeclaration
) -> None:
    """Raise CompileError if a struct would have to contain itself."""
    waiting, seen = _inline(field.type), set()
    while waiting:
        each = waiting.pop()
        if each.declaration is declaration and declaration.kind in _STRUCTS:
            field.type = BROKEN
            raise CompileError(
                field.span,
                f"struct '{declaration.name}' would contain itself",
                f"hold its address: Ptr[{declaration.name}] | None",
            )
        if each not in seen:
            seen.add(each)
            declare_fields(program, each.declaration)
            arguments = dict(zip(each.declaration.parameters, each.arguments, strict=True))
            for inner in each.declaration.fields.values():
                waiting += _inline(substitute(inner.type, arguments))


def _inline(type: Type) -> list[NamedType]:
    """Return the structs that lie inside a value of `type`."""
    match type:
        case ArrayType(element=inner) | OptionalType(inner=inner):
            return _inline(inner)
        case WrappedType("Atomic" | "Volatile" | "PerCpu", inner):
            return _inline(inner)
        case TupleType(items=items):
            return [each for item in items for each in _inline(item)]
        case NamedType() if type.kind in _STRUCTS:
            return [type]
    return []


def _callee(node: ast.expr) -> ast.expr | None:
    return node.func if isinstance(node, ast.Call) else None


def _is_setter(node: ast.FunctionDef) -> bool:
    return any(
        isinstance(each, ast.Attribute) and each.attr == "setter" for each in node.decorator_list
    )
