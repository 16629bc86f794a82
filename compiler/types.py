"""Types of the language, and the declarations that they stand for.

Types are immutable values, compared by value, so that they serve as keys. Inside a generic
function or class a type may hold a `TypeVariable`; check replaces it before anything reaches the
tree, so that the typed tree and all that follows see concrete types only.

How a value of each type is held (the IR's view is `compiler/lower/representation.py`):

    scalar      integers, bool, float, enums, Ptr, UserPtr: one machine value
    wide        Slice, bytes views, UserSlice, Callable, Format, tuple: a few machine values
    reference   classes, str, bytes, Weak, generators: the address of a counted object
    place       @struct, Array, Atomic, Volatile, Rcu: lives in memory, inline in its owner

A nullable Ptr or reference is the same machine value with 0 for None; any other nullable type
carries a flag beside the value.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from compiler.source import Span


class Type:
    """Base of all types. `str(type)` is what a programmer would write."""

    def __repr__(self) -> str:
        return str(self)


@dataclass(frozen=True, repr=False)
class IntType(Type):
    """An integer of a width. `int` is 64 bits, signed, and checked in every build."""

    name: str
    bits: int
    signed: bool

    @property
    def minimum(self) -> int:
        return -(1 << (self.bits - 1)) if self.signed else 0

    @property
    def maximum(self) -> int:
        return (1 << (self.bits - 1 if self.signed else self.bits)) - 1

    @property
    def always_checked(self) -> bool:
        return self.name == "int"

    def holds(self, value: int) -> bool:
        return self.minimum <= value <= self.maximum

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, repr=False)
class FloatType(Type):
    name: str
    bits: int

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, repr=False)
class SingleType(Type):
    """A type without parts: bool, None, str, bytes, Format, Never."""

    name: str

    def __str__(self) -> str:
        return self.name


INT = IntType("int", 64, True)
U8, U16, U32, U64, U128 = (IntType(f"u{n}", n, False) for n in (8, 16, 32, 64, 128))
I8, I16, I32, I64, I128 = (IntType(f"i{n}", n, True) for n in (8, 16, 32, 64, 128))
F32, F64 = FloatType("f32", 32), FloatType("float", 64)
BOOL = SingleType("bool")
NONE = SingleType("None")
STR = SingleType("str")
BYTES = SingleType("bytes")
FORMAT = SingleType("Format")
NEVER = SingleType("Never")
BROKEN = SingleType("?")  # of what has an error, reported already; nobody complains about it again

NAMED_TYPES: dict[str, Type] = {
    **{t.name: t for t in (U8, U16, U32, U64, U128, I8, I16, I32, I64, I128, INT, F32)},
    "usize": U64,
    "isize": I64,
    "f64": F64,
    "float": F64,
    **{t.name: t for t in (BOOL, STR, BYTES, FORMAT)},
}


@dataclass(frozen=True, repr=False)
class PointerType(Type):
    """`Ptr[T]`: a raw address, never 0. `Ptr[None]` points at nothing in particular."""

    target: Type

    def __str__(self) -> str:
        return f"Ptr[{self.target}]"


@dataclass(frozen=True, repr=False)
class ArrayType(Type):
    element: Type
    length: int

    def __str__(self) -> str:
        return f"Array[{self.element}, {self.length}]"


@dataclass(frozen=True, repr=False)
class SliceType(Type):
    element: Type

    def __str__(self) -> str:
        return f"Slice[{self.element}]"


@dataclass(frozen=True, repr=False)
class TupleType(Type):
    items: tuple[Type, ...]

    def __str__(self) -> str:
        return f"tuple[{', '.join(map(str, self.items))}]"


@dataclass(frozen=True, repr=False)
class OptionalType(Type):
    """`T | None`."""

    inner: Type

    def __str__(self) -> str:
        return f"{self.inner} | None"


@dataclass(frozen=True, repr=False)
class WrappedType(Type):
    """One word around one type: Atomic, Volatile, PerCpu, Rcu, Weak, UserPtr, UserSlice."""

    word: str
    inner: Type

    def __str__(self) -> str:
        return f"{self.word}[{self.inner}]"


@dataclass(frozen=True, repr=False)
class BitsType(Type):
    """A bit-field of `width` bits in an integer of type `base`."""

    base: IntType
    width: int

    def __str__(self) -> str:
        return f"Bits[{self.base}, {self.width}]"


class Effect(Enum):
    """What a function promises not to do (language.md, Effects)."""

    NO_ALLOC = "no_alloc"
    NO_SLEEP = "no_sleep"
    IRQ_SAFE = "irq_safe"
    NO_RAISE = "no_raise"
    NO_PREEMPT = "no_preempt"


@dataclass(frozen=True, repr=False)
class CallableType(Type):
    """`Callable[[A, B], R]`: code and what it captured, with its promises."""

    parameters: tuple[Type, ...]
    result: Type
    effects: frozenset[Effect] = frozenset()

    def __str__(self) -> str:
        text = f"Callable[[{', '.join(map(str, self.parameters))}], {self.result}]"
        if self.effects:
            text = f"Annotated[{text}, {', '.join(sorted(e.value for e in self.effects))}]"
        return text


@dataclass(frozen=True, repr=False)
class CFunctionType(Type):
    """`CFunction[[A, B], R]`: a code address called by the target's C conventions; raises nothing.

    Made from a function that is @no_raise and captures nothing, or from an address. Firmware
    tables, drop functions and entry points are these.
    """

    parameters: tuple[Type, ...]
    result: Type
    effects: frozenset[Effect] = frozenset()

    def __str__(self) -> str:
        return f"CFunction[[{', '.join(map(str, self.parameters))}], {self.result}]"


@dataclass(frozen=True, repr=False)
class GeneratorType(Type):
    """What a call of a generator function gives: consumed by the `for` in which it stands, or kept as a
    counted object, which programs have."""

    item: Type

    def __str__(self) -> str:
        return f"Iterator[{self.item}]"


@dataclass(frozen=True, repr=False)
class TypeVariable(Type):
    """A `TypeVar`, known by the module that makes it. Never in the typed tree."""

    name: str
    module: str
    bound: Type | None = None

    def __str__(self) -> str:
        return self.name


class ClassKind(Enum):
    """What a `class` statement declares."""

    STRUCT = auto()  # @struct: inline, C layout
    UNION = auto()  # @union: a struct whose fields overlap
    CLASS = auto()  # a counted reference type
    EXCEPTION = auto()  # a class derived from BaseException
    INT_ENUM = auto()
    INT_FLAG = auto()


class Declaration:
    """Base of what a module declares by name."""

    name: str
    module: Module

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.module.name}.{self.name}>"


@dataclass(eq=False, repr=False)
class ClassDeclaration(Declaration):
    """A class statement: its kind, its members, and what its decorators say. One per class, however
    many instances a generic one has. Compared by identity."""

    name: str
    module: Module
    node: ast.ClassDef
    kind: ClassKind
    parameters: tuple[TypeVariable, ...] = ()
    base: NamedType | None = None  # in terms of `parameters`
    fields: dict[str, FieldDeclaration] = field(default_factory=dict)  # its own, in order
    methods: dict[str, FunctionDeclaration] = field(default_factory=dict)  # its own
    constants: dict[str, ConstantDeclaration] = field(default_factory=dict)  # class-level
    members: dict[str, int] = field(default_factory=dict)  # of an enum
    representation: IntType = INT  # of an enum
    packed: bool = False
    pinned: bool = False
    align: int = 0  # 0: as its fields need
    is_dataclass: bool = False  # its constructor takes the fields
    is_frozen: bool = False  # of a dataclass: fields are set by the constructor only
    compares_fields: bool = False  # of a dataclass: `==` means that all fields are equal
    is_abstract: bool = False  # some abstract method has no body yet, so it makes no instances
    is_final: bool = False  # nothing in the image derives from it, so its calls are direct
    is_sealed: bool = False  # marked @final: nothing ever derives from it, so it has no vtable
    overridden: set[str] = field(default_factory=set)  # methods that a class below it redefines
    number: int = 0  # of an exception that crosses system calls; 0: does not

    @property
    def symbol(self) -> str:
        return f"{self.module.name}.{self.name}"


@dataclass(eq=False)
class FieldDeclaration:
    """A field, with its type in terms of its class's parameters."""

    name: str
    type: Type
    span: Span
    default: ast.expr | None = None
    volatile: bool = False
    is_implied: bool = False  # only the stores of `__init__` declare it


@dataclass(frozen=True, repr=False)
class NamedType(Type):
    """A class with its type arguments: a struct, reference class, exception or enum."""

    declaration: ClassDeclaration
    arguments: tuple[Type, ...] = ()

    @property
    def kind(self) -> ClassKind:
        return self.declaration.kind

    @property
    def symbol(self) -> str:
        if not self.arguments:
            return self.declaration.symbol
        return f"{self.declaration.symbol}[{', '.join(symbol_of(a) for a in self.arguments)}]"

    def __str__(self) -> str:
        if not self.arguments:
            return self.declaration.name
        return f"{self.declaration.name}[{', '.join(map(str, self.arguments))}]"


def symbol_of(type: Type) -> str:
    """Return the text by which `type` appears inside the symbol of a generic's instance: what a
    programmer would write, with the dotted names of classes."""

    def each(types: tuple[Type, ...]) -> str:
        return ", ".join(map(symbol_of, types))

    match type:
        case NamedType():
            return type.symbol
        case PointerType(target):
            return f"Ptr[{symbol_of(target)}]"
        case ArrayType(element, length):
            return f"Array[{symbol_of(element)}, {length}]"
        case SliceType(element):
            return f"Slice[{symbol_of(element)}]"
        case TupleType(items):
            return f"tuple[{each(items)}]"
        case OptionalType(inner):
            return f"{symbol_of(inner)} | None"
        case WrappedType(word, inner):
            return f"{word}[{symbol_of(inner)}]"
        case GeneratorType(item):
            return f"Iterator[{symbol_of(item)}]"
        case CallableType(parameters, result, effects):
            text = f"Callable[[{each(parameters)}], {symbol_of(result)}]"
            promises = "".join(f", {name}" for name in sorted(e.value for e in effects))
            return f"Annotated[{text}{promises}]" if promises else text
        case CFunctionType(parameters, result):
            return f"CFunction[[{each(parameters)}], {symbol_of(result)}]"
    return str(type)


class ParameterKind(Enum):
    POSITIONAL_ONLY = auto()
    POSITIONAL = auto()  # or by keyword
    KEYWORD_ONLY = auto()


@dataclass(eq=False)
class ParameterDeclaration:
    name: str
    type: Type
    span: Span
    kind: ParameterKind = ParameterKind.POSITIONAL
    default: ast.expr | None = None
    only_called: bool = False  # a Callable that nothing keeps beyond the call
    collects: str = ""  # "*" or "**": it gets all arguments for which there is no other parameter


@dataclass(eq=False, repr=False)
class FunctionDeclaration(Declaration):
    """A function or method: its signature and what its decorators say. Compared by identity."""

    name: str
    module: Module
    node: ast.FunctionDef
    owner: ClassDeclaration | None  # the class that it is a method of
    parameters: list[ParameterDeclaration] = field(default_factory=list)  # `self` included
    result: Type = NONE
    type_parameters: tuple[TypeVariable, ...] = ()  # its own; its class's come before them
    is_static: bool = False
    is_class_method: bool = False
    is_property: bool = False
    setter: FunctionDeclaration | None = None  # of a property
    is_abstract: bool = False
    is_final: bool = False  # nothing may override it
    is_virtual: bool = False  # classes of other images may override it
    is_override: bool = False  # says that it overrides something
    is_generator: bool = False
    takes_throws: bool = (
        False  # of a generator: exceptions may be raised at its `yield`s from outside
    )
    is_comptime: bool = False
    returns_view: bool = False  # structs or Arrays that it gives are places, not fresh values
    effects: frozenset[Effect] = frozenset()  # promised
    sleeps: bool = False  # the primitive: this function blocks
    takes_lock: str | None = None  # the primitive: "interrupt" or "sleeping"
    holds: tuple[str, ...] = ()
    block_effects: frozenset[Effect] = frozenset()  # of `__enter__`: binding on the with-block
    inline: bool = False
    noinline: bool = False
    cold: bool = False
    naked: bool = False
    interrupt: bool = False
    export: str | None = None  # its C name
    section: str | None = None
    syscall: int | None = None

    @property
    def qualified_name(self) -> str:
        """Its name inside its module, such as `Thread.run`."""
        return f"{self.owner.name}.{self.name}" if self.owner else self.name

    @property
    def all_type_parameters(self) -> tuple[TypeVariable, ...]:
        return (self.owner.parameters if self.owner else ()) + self.type_parameters


@dataclass(eq=False, repr=False)
class VariableDeclaration(Declaration):
    """A module-level variable: static storage.

    `value` is its start value as compile-time Python computed it (a plain Python value, or a
    `Static` for an instance made at module level); None with `zeroed` set: all bytes zero.
    """

    name: str
    module: Module
    type: Type
    span: Span
    value: Any = None
    zeroed: bool = False
    section: str | None = None
    align: int = 0

    @property
    def symbol(self) -> str:
        return f"{self.module.name}.{self.name}"


@dataclass(eq=False, repr=False)
class ConstantDeclaration(Declaration):
    """A module-level or class-level constant: its value, and its type if it states one.

    `type` None: an integer constant without a type of its own, which takes its context's.
    """

    name: str
    module: Module
    type: Type | None
    span: Span
    value: Any = None


@dataclass(eq=False, repr=False)
class Static:
    """A compile-time instance of a struct, class or Array: becomes a static object in the image.

    `fields` holds, in declaration order (inherited first) or as the elements of an Array: plain
    values; further `Static`s, which lie inside it where the field's type is a place, and are referred
    to where it is a reference; `StaticAddress` and `StaticSlice`; declarations of functions. Statics
    may refer to each other in circles.

    Compared by identity: one object, one static. `symbol` is unique in the program and the same in
    every unit that refers to the object. A static that only ever lies inside another has none.
    """

    type: Type
    fields: tuple[Any, ...] = ()
    symbol: str = ""

    def __repr__(self) -> str:
        return f"<Static {self.symbol or self.type}>"


@dataclass(frozen=True)
class StaticAddress:
    """A compile-time Ptr: `offset` bytes into a static object (its header counts) or variable."""

    type: PointerType
    target: Static | VariableDeclaration
    offset: int = 0


@dataclass(frozen=True)
class StaticSlice:
    """A compile-time Slice of what lies at an address."""

    type: SliceType
    start: StaticAddress
    length: int


@dataclass(eq=False, repr=False)
class Module:
    """One source file after read, filled by declare.

    `scope` maps each module-level name to what it means: a declaration of this or an imported
    module, a `Module` (for `from kernel.time import clock`), a `Type` alias, a `TypeVariable`, or a
    `Word` of lang.
    """

    name: str  # dotted
    path: str  # as given, for messages; never in outputs but as `display_path`
    display_path: str  # relative to the project or the program's folder: in tracebacks, in DWARF
    text: str
    tree: ast.Module
    imports: list[str] = field(default_factory=list)  # run-time imports, in order
    type_imports: list[str] = field(default_factory=list)  # under TYPE_CHECKING
    scope: dict[str, Any] = field(default_factory=dict)
    names: dict[str, Span] = field(default_factory=dict)  # its own, and where each is bound
    type_names: set[str] = field(default_factory=set)  # of the scope, unbound under CPython
    classes: list[ClassDeclaration] = field(default_factory=list)
    functions: list[FunctionDeclaration] = field(default_factory=list)  # methods included
    variables: list[VariableDeclaration] = field(default_factory=list)
    digest: str = ""  # of the text, and of what compile-time Python made of it
    embedded: dict[str, str] = field(default_factory=dict)  # files by `embed`: path -> SHA-256
    session: Any = None  # where its compile-time code runs (`compiler/comptime`)

    def __repr__(self) -> str:
        return f"<Module {self.name}>"


@dataclass(frozen=True)
class Word:
    """A name of `lang`, `typing` or the builtins that the compiler itself knows."""

    name: str


@dataclass(frozen=True)
class FunctionInstance:
    """A function with concrete type arguments (its class's first): what a call calls."""

    declaration: FunctionDeclaration
    arguments: tuple[Type, ...] = ()

    @property
    def symbol(self) -> str:
        """Its dotted name, such as `core.list.List[u64].append` or `kernel.mem.pmm.allocate`."""
        if self.declaration.export:
            return self.declaration.export
        owner = self.declaration.owner
        count = len(owner.parameters) if owner else 0
        prefix = (
            NamedType(owner, self.arguments[:count]).symbol
            if owner
            else self.declaration.module.name
        )
        own = self.arguments[count:]
        suffix = f"[{', '.join(symbol_of(a) for a in own)}]" if own else ""
        return f"{prefix}.{self.declaration.name}{suffix}"


@dataclass(frozen=True)
class Signature:
    """The concrete types of a call: parameters (`self` included), result, whether a struct result
    is a view, and whether it may raise when that is declared rather than inferred."""

    parameters: tuple[Type, ...]
    result: Type
    returns_view: bool = False
    effects: frozenset[Effect] = frozenset()


def is_place(type: Type) -> bool:
    """True for types that live in memory, inline in their owner, and are never copied unasked."""
    match type:
        case NamedType(declaration=declaration):
            return declaration.kind in (ClassKind.STRUCT, ClassKind.UNION)
        case ArrayType():
            return True
        case WrappedType(word=word):
            return word in ("Atomic", "Volatile", "Rcu")
    return False


def given_type(result: Type) -> Type:
    """Return what a function with this result gives: for a generator, the type of an item."""
    return result.item if isinstance(result, GeneratorType) else result


def is_reference(type: Type) -> bool:
    """True for counted references: classes, exceptions, str, bytes, Weak, generators; nullable ones
    too."""
    match type:
        case OptionalType(inner=inner):
            return is_reference(inner)
        case NamedType(declaration=declaration):
            return declaration.kind in (ClassKind.CLASS, ClassKind.EXCEPTION)
        case WrappedType(word="Weak") | GeneratorType():
            return True
    return type in (STR, BYTES)


def is_enum(type: Type) -> bool:
    return isinstance(type, NamedType) and type.kind in (ClassKind.INT_ENUM, ClassKind.INT_FLAG)


def substitute(type: Type, arguments: dict[TypeVariable, Type]) -> Type:
    """Return `type` with its type variables replaced; those not in `arguments` stay."""
    if not arguments:
        return type

    def each(items: tuple[Type, ...]) -> tuple[Type, ...]:
        return tuple(substitute(item, arguments) for item in items)

    match type:
        case TypeVariable():
            return arguments.get(type, type)
        case PointerType(target):
            return PointerType(substitute(target, arguments))
        case ArrayType(element, length):
            return ArrayType(substitute(element, arguments), length)
        case SliceType(element):
            return SliceType(substitute(element, arguments))
        case TupleType(items):
            return TupleType(each(items))
        case OptionalType(inner):
            replaced = substitute(inner, arguments)
            return replaced if isinstance(replaced, OptionalType) else OptionalType(replaced)
        case WrappedType(word, inner):
            return WrappedType(word, substitute(inner, arguments))
        case CallableType(parameters, result, effects):
            return CallableType(each(parameters), substitute(result, arguments), effects)
        case CFunctionType(parameters, result, effects):
            return CFunctionType(each(parameters), substitute(result, arguments), effects)
        case GeneratorType(item):
            return GeneratorType(substitute(item, arguments))
        case NamedType(declaration, own) if own:
            return NamedType(declaration, each(own))
    return type


def variables_of(type: Type) -> list[TypeVariable]:
    """Return the type variables that a type mentions, in order, perhaps repeatedly."""
    match type:
        case TypeVariable():
            return [type]
        case TupleType(items=items):
            parts = items
        case CallableType(parameters, result) | CFunctionType(parameters, result):
            parts = (*parameters, result)
        case NamedType(arguments=arguments):
            parts = arguments
        case _:
            names = ("target", "element", "inner", "item")
            parts = tuple(getattr(type, name) for name in names if hasattr(type, name))
    return [each for part in parts for each in variables_of(part)]
