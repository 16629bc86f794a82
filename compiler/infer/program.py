"""The classes and functions of a program's file, with a cell for each of their places."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from compiler.infer.cells import MAPPINGS, SEQUENCES, Cell

_CAPITALS = {
    "List": "list",
    "Dict": "dict",
    "Set": "set",
    "FrozenSet": "frozenset",
    "Tuple": "tuple",
    "Deque": "deque",
    "DefaultDict": "defaultdict",
}
_WRAPPERS = ("Final", "ClassVar", "Annotated", "Type", "Required", "NotRequired")
_FREE = ("Any", "object", "Hashable", "Self")
_NUMBER_OF_ARGUMENTS = {
    **dict.fromkeys((*SEQUENCES, "Counter"), 1),
    **dict.fromkeys(MAPPINGS, 2),
}


@dataclass
class Function:
    """A function or method, and what is known of its parameters and its result."""

    node: ast.FunctionDef
    owner: Class | None
    parameters: dict[str, Cell] = field(default_factory=dict)  # `self` among them
    result: Cell = field(default_factory=Cell)
    yields: Cell = field(default_factory=Cell)
    sent: Cell = field(default_factory=Cell)  # to a generator, and what it returns
    returned: Cell = field(default_factory=Cell)
    is_generic: bool = False

    def decorated(self, *words: str) -> bool:
        return any(
            ast.unparse(each).rpartition(".")[2] in words for each in self.node.decorator_list
        )

    @property
    def is_generator(self) -> bool:
        return any(isinstance(each, ast.Yield | ast.YieldFrom) for each in own_nodes(self.node))

    @property
    def is_two_way(self) -> bool:
        """True for a generator that is sent values, or returns one."""
        own = own_nodes(self.node)
        unused = {each.value for each in own if isinstance(each, ast.Expr)}
        return self.is_generator and any(
            isinstance(each, ast.Return)
            and each.value is not None
            and not (isinstance(each.value, ast.Constant) and each.value.value is None)
            or isinstance(each, ast.Yield | ast.YieldFrom)
            and each not in unused
            for each in own
        )

    def positional(self) -> list[str]:
        """Return the names of the parameters that an argument by place may go to, without `self`."""
        given = self.node.args
        names = [each.arg for each in (*given.posonlyargs, *given.args)]
        is_bound = self.owner is not None and not self.decorated("staticmethod")
        return names[1:] if is_bound else names


@dataclass
class Class:
    """A class, and what is known of its fields and of the names in its body."""

    node: ast.ClassDef
    parameters: list[str] = field(default_factory=list)  # the names of its type variables
    fields: dict[str, Cell] = field(default_factory=dict)
    declared: set[str] = field(default_factory=set)  # fields that the class body has
    methods: dict[str, Function] = field(default_factory=dict)
    setters: dict[str, Function] = field(default_factory=dict)  # of properties
    accessors: list[Function] = field(
        default_factory=list
    )  # setters and deleters, which share names
    bases: list[Class] = field(default_factory=list)
    is_enum: bool = False
    is_record: bool = False  # its constructor takes its fields
    values: Cell = field(default_factory=Cell)  # of the members of an enum

    def line(self) -> list[Class]:
        """Return the class and those that it derives from, nearest first."""
        found = [self]
        for base in self.bases:
            found += [each for each in base.line() if each not in found]
        return found

    def method(self, name: str) -> Function | None:
        return next((each.methods[name] for each in self.line() if name in each.methods), None)

    def every_method(self) -> list[Function]:
        return [*self.methods.values(), *self.accessors]

    def setter(self, name: str) -> Function | None:
        return next((each.setters[name] for each in self.line() if name in each.setters), None)

    def field(self, name: str) -> Cell | None:
        return next((each.fields[name] for each in self.line() if name in each.fields), None)


def own_nodes(node: ast.AST) -> list[ast.AST]:
    """Return what stands inside a function, but not inside of functions and classes in it."""
    found: list[ast.AST] = []
    waiting = list(ast.iter_child_nodes(node))
    while waiting:
        each = waiting.pop(0)
        found.append(each)
        if not isinstance(each, ast.FunctionDef | ast.Lambda | ast.ClassDef):
            waiting += ast.iter_child_nodes(each)
    return found


def _is_none_or_float(node: ast.expr) -> bool:
    return ast.unparse(node) in ("None", "float")


class Annotations:
    """Reads annotations of one module as cells."""

    def __init__(
        self,
        classes: dict[str, Class],
        variables: set[str],
        aliases: dict[str, ast.expr],
        foreign: set[str],
    ):
        self.classes = classes
        self.variables = variables
        self.aliases = aliases
        self.foreign = foreign
        self.depth = 0
        self.numbers: list[Cell] = []  # of all annotations that say float

    def cell(self, node: ast.expr | None) -> Cell:
        """Return the cell of an annotation; one that holds nothing yet, if it says nothing."""
        if node is None:
            return Cell()
        self.depth += 1
        made = Cell() if self.depth > 30 else self._cell(node)
        self.depth -= 1
        return made

    def _cell(self, node: ast.expr) -> Cell:
        match node:
            case ast.Constant(value=None):
                made = Cell()
                made.is_null = made.is_fixed = True
                made.kinds["None"] = []
                return made
            case ast.Constant(value=str(text)):
                try:
                    return self.cell(ast.parse(text, mode="eval").body)
                except SyntaxError:
                    return Cell()
            case ast.Attribute(attr=name):
                return self.named(name)
            case ast.Name(id=name):
                return self.named(name)
            case ast.BinOp(op=ast.BitOr(), left=left, right=right):
                return self.union([left, right])
            case ast.Subscript(value=word, slice=inside):
                return self.subscripted(ast.unparse(word).rpartition(".")[2], inside)
        return Cell()

    def named(self, name: str) -> Cell:
        if name in _FREE:
            return Cell()
        if name in self.variables:
            return self.fixed(name)
        if name in self.aliases:
            return self.cell(self.aliases[name])
        if name in self.classes:
            return self.fixed(name, *[Cell() for _ in self.classes[name].parameters])
        if name == "float":
            made = Cell()
            made.is_number = True
            self.numbers.append(made)
            return made
        if name in self.foreign and (name in _NUMBER_OF_ARGUMENTS or name in _CAPITALS):
            return Cell()
        name = _CAPITALS.get(name, name)
        if name in _NUMBER_OF_ARGUMENTS:
            return self.fixed(name, *[Cell() for _ in range(_NUMBER_OF_ARGUMENTS[name])])
        if name == "tuple":
            return self.fixed("tuple*", Cell())
        if name == "Callable":
            return Cell()
        return self.fixed(name)

    def fixed(self, name: str, *arguments: Cell) -> Cell:
        made = Cell(name, *arguments)
        made.is_fixed = True
        return made

    def union(self, parts: list[ast.expr]) -> Cell:
        made = Cell()
        made.is_fixed = True
        for part in parts:
            cell = self.cell(part)
            if not cell.is_fixed:
                made.is_fixed = False
            if cell.is_number and all(_is_none_or_float(each) for each in parts):
                made.is_number = True
                self.numbers.append(made)
            elif cell.is_number:
                made.kinds["float"] = []
                made.is_fixed = True
            made.is_null = made.is_null or cell.is_null
            for name, arguments in cell.kinds.items():
                if name != "None":
                    made.kinds.setdefault(name, arguments)
        return made

    def subscripted(self, word: str, inside: ast.expr) -> Cell:
        word = _CAPITALS.get(word, word)
        parts = inside.elts if isinstance(inside, ast.Tuple) else [inside]
        if word == "Optional":
            made = self.union(parts)
            made.is_null = True
            return made
        if word == "Union":
            return self.union(parts)
        if word == "Literal":
            value = parts[0].value if isinstance(parts[0], ast.Constant) else ""
            return self.fixed(type(value).__name__)
        if word in _WRAPPERS:
            return self.cell(parts[0])
        if word == "tuple" and len(parts) == 2 and ast.unparse(parts[1]) == "...":
            return self.fixed("tuple*", self.cell(parts[0]))
        if word == "Callable":
            if len(parts) != 2 or not isinstance(parts[0], ast.List):
                return Cell()
            return self.fixed("Callable", *map(self.cell, [*parts[0].elts, parts[1]]))
        if word == "Generator":
            return self.fixed("Generator", *map(self.cell, parts))
        return self.fixed(word, *map(self.cell, parts))
