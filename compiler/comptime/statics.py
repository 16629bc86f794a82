"""What the child process wrote down, as values of the compiler.

Objects become `Static`s, one for each number that the child gave, with the fields in the order of the
layout and of the declared types. The ones that are bound to a name are called by it; those that they
refer to by that name and a number:

    kernel.fs.const.CONST              what the constant CONST is bound to
    kernel.fs.const.CONST.1            the first further object that it refers to
    kernel.fs.const.12.8.5f0c3a21      an expression inside a function has its line, column and the
                                       digest of its syntax for a name

Names depend on the sources alone, so that every unit and every run finds the same ones.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from compiler.comptime.fold import TypedInt
from compiler.comptime.values import CompileTimeOnly, adopt, zero, zero_is_valid
from compiler.layout import fields_of
from compiler.source import CompileError, Span
from compiler.types import (
    NAMED_TYPES,
    NONE,
    ArrayType,
    CallableType,
    ClassDeclaration,
    FunctionDeclaration,
    Module,
    NamedType,
    OptionalType,
    PointerType,
    SliceType,
    Static,
    StaticAddress,
    StaticSlice,
    TupleType,
    Type,
    VariableDeclaration,
    WrappedType,
    is_place,
)

if TYPE_CHECKING:
    from compiler.comptime.process import Answer
    from compiler.declare.annotations import Names


class Statics:
    """The objects of one session, by the child's numbers."""

    def __init__(self, modules: dict[str, Module]):
        self.modules = modules
        self.objects: dict[int, Static] = {}
        self.owners: dict[int, tuple] = {}
        self.counts: dict[str, int] = {}  # of the names given to further objects

    def decode(
        self, answer: Answer, module: Module, node: ast.expr, names: Names, name: str
    ) -> Any:
        """Return the value of an answer; `name` is what it is called in its module."""
        value, objects, owners, embedded = answer
        for (embedding, path), digest in embedded:
            self.modules[embedding].embedded[path] = digest
        decoder = _Decoder(self, Span.of(module.path, node), names, f"{module.name}.{name}")
        return decoder.decode(value, objects, owners)

    def new_symbol(self, root: str) -> str:
        number = self.counts[root] = self.counts.get(root, 0) + 1
        return f"{root}.{number}"


class _Decoder:
    """Decodes one answer."""

    def __init__(self, statics: Statics, span: Span, names: Names, root: str):
        self.statics = statics
        self.modules = statics.modules
        self.span = span
        self.names = names
        self.root = root

    def decode(self, value: Any, objects: list, owners: list) -> Any:
        contents = {}
        for number, kind, content in sorted(objects, key=lambda each: each[0]):
            self.statics.objects[number] = Static(self.type(kind))
            contents[number] = content
        self.statics.owners.update((memory, tuple(owner)) for memory, owner in owners)
        for number, content in contents.items():
            self.fill(self.statics.objects[number], content)
        result = self.value(value)
        self.name(result, contents)
        if isinstance(result, Static) and not result.symbol:
            raise self.error(
                "this is the inside of another object", "refer to it there, or write copy(...)"
            )
        return result

    def error(self, message: str, hint: str = "") -> CompileError:
        return CompileError(self.span, message, hint)

    def fill(self, static: Static, content: Any) -> None:
        """Give a static its fields or elements."""
        if isinstance(static.type, ArrayType):
            element = static.type.element
            static.fields = tuple(adopt(self.value(each), element, self.span) for each in content)
            return
        fields = []
        for name, field in fields_of(static.type).items():
            if name in content:
                fields.append(self.field(static, name, field.type, content[name]))
            elif zero_is_valid(field.type):
                fields.append(zero(field.type))
            else:
                raise self.error(f"field '{name}' of a static '{static.type}' has no value")
        static.fields = tuple(fields)

    def field(self, static: Static, name: str, type: Type, content: Any) -> Any:
        try:
            return adopt(self.value(content), type, self.span)
        except CompileError as error:
            message = error.diagnostic.message
            raise self.error(
                f"field '{name}' of a static '{static.type}': {message}", error.diagnostic.hint
            ) from None

    def name(self, result: Any, new: dict[int, Any]) -> None:
        """Name the new objects that do not lie inside another one."""
        statics = [self.statics.objects[number] for number in sorted(new)]
        embedded = {
            id(inner)
            for each in statics
            for inner in each.fields
            if isinstance(inner, Static) and is_place(inner.type)
        }
        for each in statics:
            if id(each) in embedded or each.symbol:
                continue
            if each is result:
                each.symbol = self.root
            else:
                each.symbol = self.statics.new_symbol(self.root)

    # Values ---------------------------------------------------------------------------------------

    def value(self, value: Any) -> Any:
        if not isinstance(value, tuple):
            return self.text(value) if isinstance(value, str) else value
        match value:
            case ("int", type, number):
                kind = NAMED_TYPES[type]
                return TypedInt(number, kind) if isinstance(number, int) else number
            case ("enum", module, name, number):
                return TypedInt(number, NamedType(self.declaration(module, name)))
            case ("tuple", items):
                return tuple(self.value(item) for item in items)
            case ("function", module, name):
                return self.function(module, name)
            case ("object", number):
                return self.statics.objects[number]
            case ("address", element, number):
                return TypedInt(number, PointerType(self.type(element)))
            case ("pointer", element, memory, offset):
                return self.address(PointerType(self.type(element)), memory, offset)
            case ("borrowed", element, inner):
                return StaticAddress(PointerType(self.type(element)), self.value(inner))
            case ("slice", element, memory, offset, length):
                type = self.type(element)
                start = self.address(PointerType(type), memory, offset)
                return StaticSlice(SliceType(type), start, length)
            case ("other", what):
                return CompileTimeOnly(what)
        raise AssertionError(value)

    def text(self, value: str) -> str:
        try:
            value.encode()
        except UnicodeEncodeError:
            raise self.error("a str with a lone surrogate is no text") from None
        return value

    def address(self, type: PointerType, memory: int, offset: int) -> StaticAddress:
        match self.statics.owners[memory]:
            case ("variable", module, name):
                variable = self.names.lookup(self.modules[module], name)
                if not isinstance(variable, VariableDeclaration):
                    raise self.error(f"a pointer to '{name}', which is no variable")
                return StaticAddress(type, variable, offset)
            case ("object", number, None):
                return StaticAddress(type, self.statics.objects[number], offset)
            case ("object", number, field):
                static = self.statics.objects[number]
                start = fields_of(static.type)[field].offset
                return StaticAddress(type, static, start + offset)
        raise AssertionError(memory)

    def function(self, module: str, name: str) -> FunctionDeclaration:
        owner, _, last = name.rpartition(".")
        if owner:
            found: Any = self.declaration(module, owner).methods.get(last)
        elif module in self.modules:
            found = self.names.lookup(self.modules[module], last)
        else:
            found = None
        if not isinstance(found, FunctionDeclaration):
            raise self.error(f"'{name}' is no function of the program")
        self.names.sign(found)
        return found

    # Types ----------------------------------------------------------------------------------------

    def declaration(self, module: str, name: str) -> ClassDeclaration:
        found = self.modules.get(module)
        declaration = self.names.lookup(found, name) if found else None
        if not isinstance(declaration, ClassDeclaration):
            raise self.error(f"'{name}' is no class of the program")
        self.names.complete(declaration)
        return declaration

    def type(self, described: tuple) -> Type:
        match described:
            case ("None",):
                return NONE
            case ("Ptr", target):
                return PointerType(self.type(target))
            case ("Array", element, length):
                return self.laid_out(ArrayType(self.type(element), length))
            case ("Slice", element):
                return SliceType(self.type(element))
            case ("optional", inner):
                return OptionalType(self.type(inner))
            case ("tuple", items):
                return TupleType(tuple(self.type(item) for item in items))
            case ("Callable", parameters, result):
                return CallableType(tuple(map(self.type, parameters)), self.type(result))
            case ("class", module, name, arguments):
                declaration = self.declaration(module, name)
                if len(arguments) != len(declaration.parameters):
                    raise self.error(
                        f"a static '{name}' without its type arguments",
                        f"write {name}[...](...) with the types",
                    )
                types = tuple(self.type(each) for each in arguments)
                return self.laid_out(NamedType(declaration, types))
            case (word, inner):
                return WrappedType(word, self.type(inner))
            case (name,) if name in NAMED_TYPES:
                return NAMED_TYPES[name]
        raise self.error(f"'{described[-1]}' is no type of a static object", "state its type")

    def laid_out(self, type: Type) -> Type:
        self.names.lay_out(type)
        return type
