"""Classes as values: an object for each, which makes what the class makes.

    KINDS = {"checking": Checking, "savings": Savings}
    KINDS[kind](owner, balance=10)

                            ->      class Account__class:           # a number says which class it stands for
                                        def __call__(self, owner, balance=0):
                                            if self.number__ == 0:
                                                return Checking(owner, balance)
                                            return Savings(owner, balance)
    KINDS = {"checking": Account__class(0), "savings": Account__class(1)}

Classes belong together that have a base of the file in common, or stand together in a display or a choice.
The object has the name of its class, its class methods and its constants, and says what it is derived from.
What one of them takes by defaults of its own cannot be given to such an object. Classes of which one needs more
than another takes stay as they are; so does what a Callable is wanted for, which a class is without all this.

Source: Python Language Reference, section 3.2.8.2.
"""

from __future__ import annotations

import ast
import builtins
import copy
from collections.abc import Callable, Iterable

from compiler.phrases.places import classes_of, placed, statements

_NO_VALUES = (
    "Enum",
    "Flag",
    "Exception",
    "Error",
    "Warning",
    "Protocol",
    "NamedTuple",
    "TypedDict",
)
_GENERIC = ("list", "dict", "set", "frozenset", "tuple", "type", "defaultdict", "deque")
_MADE_OF_CLASSES = ("isinstance", "issubclass", "cast", "suppress", "Union", "Optional", "TypeVar")


def with_objects(tree: ast.Module) -> ast.Module:
    """Return the module with objects in the place of its classes where these are values."""
    file = _File(tree)
    finder = _Finder(file)
    finder.visit(tree)
    families = file.families(finder)
    _Replacing(file, families).visit(tree)
    for each in {id(each): each for each in families.values()}.values():
        last = max(tree.body.index(file.classes[name]) for name in each.names)
        tree.body[last + 1 : last + 1] = each.source(file)
    return tree


class _Family:
    """Classes that one kind of object stands for."""

    def __init__(self, names: list[str]) -> None:
        self.names = names
        self.signature: ast.arguments | None = None  # what all of them take
        self.word = f"{names[0]}__class"

    def source(self, file: _File) -> list[ast.stmt]:
        given = self.signature
        at = file.classes[self.names[0]]
        code = [
            f"class {self.word}:",
            "    def __init__(self, number__: int) -> None:",
            "        self.number__ = number__",
            f"    def __call__(self, {ast.unparse(given)}):",
            *self.choice(lambda name: f"{name}({_passed(given)})"),
            "    @property",
            "    def __name__(self) -> str:",
            *self.choice(repr),
            "    def __repr__(self) -> str:",
            *self.choice(lambda name: repr(f"<class '__main__.{name}'>")),
            "    def __hash__(self) -> int:",
            "        return self.number__",
            f'    def __eq__(self, other: "{self.word}") -> bool:',
            "        return self.number__ == other.number__",
            "    def derives__(self, name: str) -> bool:",
            *self.choice(lambda name: f"name in {(*file.line(name), 'object')!r}"),
        ]
        for name in sorted(file.asked):
            code += self.constant(file, name) + self.method(file, name)
        made = statements(at, "\n".join(code))
        made[0].is_of_classes = True
        return made

    def constant(self, file: _File, name: str) -> list[str]:
        """Return a property for a constant that all of the classes have."""
        values = {each: file.constant(each, name) for each in self.names}
        if None in values.values():
            return []
        body = self.choice(lambda each: ast.unparse(values[each]))
        return ["    @property", f"    def {name}(self):", *body]

    def method(self, file: _File, name: str) -> list[str]:
        """Return a method for a class method that all of the classes have."""
        methods = [file.method_of_class(each, name) for each in self.names]
        if None in methods:
            return []
        taken = _without_self(methods[0])
        body = self.choice(lambda each: f"{each}.{name}({_passed(taken)})")
        return [f"    def {name}(self, {ast.unparse(taken)}):", *body]

    def choice(self, of: Callable[[str], str]) -> list[str]:
        """Return the lines of a body that returns something else for each class."""
        lines = []
        for number, name in enumerate(self.names[:-1]):
            lines += [f"        if self.number__ == {number}:", f"            return {of(name)}"]
        return [*lines, f"        return {of(self.names[-1])}"]


class _File:
    """The classes of the program's file."""

    def __init__(self, tree: ast.Module) -> None:
        self.tree = tree
        self.classes = classes_of(tree)
        self.functions: dict[str, list[ast.FunctionDef]] = {}
        self.asked: set[str] = set()  # attributes that something is asked for
        for each in ast.walk(tree):
            if isinstance(each, ast.FunctionDef):
                self.functions.setdefault(each.name, []).append(each)
            elif isinstance(each, ast.Attribute):
                self.asked.add(each.attr)

    def is_value(self, name: str) -> bool:
        """True for a class that can be a value here."""
        if name not in self.classes:
            return False
        bases = [ast.unparse(each) for own in self.line(name) for each in self.bases(own)]
        return not any(each.endswith(_NO_VALUES) or "[" in each for each in bases)

    def bases(self, name: str) -> list[ast.expr]:
        return self.classes[name].bases if name in self.classes else []

    def line(self, name: str) -> list[str]:
        """Return a class and those it derives from, the nearest first."""
        found = [name]
        for base in self.bases(name):
            found += [each for each in self.line(ast.unparse(base)) if each not in found]
        return found

    def root(self, name: str) -> str:
        return [each for each in self.line(name) if each in self.classes][-1]

    def families(self, finder: _Finder) -> dict[str, _Family]:
        """Return the family of each class that is used as a value."""
        groups: list[set[str]] = []
        several = [each for each in finder.passed.values() if each]
        for names in [*finder.together, *several, *({each} for each in finder.found)]:
            roots = {self.root(each) for each in names}
            touched = [each for each in groups if roots & {self.root(name) for name in each}]
            groups = [each for each in groups if each not in touched]
            groups.append(set(names).union(*touched))
        order = [*self.classes]
        made: dict[str, _Family] = {}
        for group in groups:
            family = _Family(sorted(group, key=order.index))
            family.signature = _common([self.signature(name) for name in family.names])
            if family.signature is not None:
                made |= dict.fromkeys(group, family)
        return made

    def signature(self, name: str) -> ast.arguments | None:
        """Return what a class takes; None if that cannot be passed on."""
        for own in self.line(name):
            node = self.classes.get(own)
            if node is None:
                continue
            if any("dataclass" in ast.unparse(each) for each in node.decorator_list):
                return self.fields(name)
            init = _method(node, "__init__")
            if init is not None:
                given = _without_self(init)
                is_plain = not (
                    given.vararg or given.kwarg or given.kwonlyargs or given.posonlyargs
                )
                return given if is_plain else None
        return ast.arguments([], [], None, [], [], None, [])

    def fields(self, name: str) -> ast.arguments | None:
        """Return what the `__init__` of a dataclass takes."""
        found: dict[str, ast.AnnAssign] = {}
        for own in reversed(self.line(name)):
            for each in self.classes[own].body if own in self.classes else ():
                if isinstance(each, ast.AnnAssign) and "ClassVar" not in ast.unparse(
                    each.annotation
                ):
                    found[each.target.id] = each
        defaults = [each.value for each in found.values() if each.value is not None]
        taken = [ast.arg(each, copy.deepcopy(node.annotation)) for each, node in found.items()]
        return ast.arguments([], taken, None, [], [], None, copy.deepcopy(defaults))

    def constant(self, name: str, attribute: str) -> ast.expr | None:
        """Return the constant that a class has by this name."""
        for own in self.line(name):
            for each in self.classes[own].body if own in self.classes else ():
                match each:
                    case ast.Assign(targets=[ast.Name(id=word)], value=ast.Constant() as value):
                        if word == attribute:
                            return value
        return None

    def method_of_class(self, name: str, method: str) -> ast.FunctionDef | None:
        for own in self.line(name):
            found = _method(self.classes[own], method) if own in self.classes else None
            if found is not None:
                words = [ast.unparse(each) for each in found.decorator_list]
                return found if words in (["classmethod"], ["staticmethod"]) else None
        return None


def _common(signatures: list[ast.arguments | None]) -> ast.arguments | None:
    """Return what classes take in common; None if one needs more than another takes.

    It ends before the first default that only the class itself can give: another one than
    another class has, or one that a call makes anew.
    """
    if None in signatures:
        return None
    columns = [*zip(*map(_defaults, signatures), strict=False)]
    own = (n for n, each in enumerate(columns) if None not in each and _is_own(each))
    end = next(own, len(columns))
    if any(None in _defaults(each)[end:] for each in signatures):
        return None
    needed = max((n + 1 for n, each in enumerate(columns[:end]) if None in each), default=0)
    taken = copy.deepcopy(signatures[0].args[:end])
    defaults = [ast.parse(each[0], mode="eval").body for each in columns[needed:end]]
    return ast.arguments([], taken, None, [], [], None, defaults)


def _defaults(given: ast.arguments) -> list[str | None]:
    """Return the default of each parameter as it is written; None for those that have none."""
    needed = len(given.args) - len(given.defaults)
    return [None] * needed + [ast.unparse(each) for each in given.defaults]


def _is_own(defaults: tuple[str | None, ...]) -> bool:
    return len(set(defaults)) > 1 or "(" in (defaults[0] or "")


def _method(node: ast.ClassDef, name: str) -> ast.FunctionDef | None:
    return next((e for e in node.body if isinstance(e, ast.FunctionDef) and e.name == name), None)


def _without_self(node: ast.FunctionDef) -> ast.arguments:
    """Return what a method takes besides its object or class."""
    given = copy.deepcopy(node.args)
    if "staticmethod" not in [ast.unparse(each) for each in node.decorator_list]:
        given.args = given.args[1:]
    return given


def _passed(given: ast.arguments) -> str:
    return ", ".join(each.arg for each in given.args)


class _Finder(ast.NodeVisitor):
    """Finds the classes that are values, and which of them stand together."""

    def __init__(self, file: _File) -> None:
        self.file = file
        self.found: dict[str, None] = {}
        self.together: list[set[str]] = []
        self.passed: dict[str, set[str]] = {}  # to each function

    def note(self, values: Iterable[ast.expr | None]) -> None:
        names = _values(self.file, values)
        self.found |= dict.fromkeys(names)
        if names:
            self.together.append(set(names))

    def generic_visit(self, node: ast.AST) -> None:
        if not _is_no_place(node):
            places = [each for _, _, each in _places(self.file, node)]
            self.note(places)
            if isinstance(node, ast.Call):
                passed = self.passed.setdefault(ast.unparse(_function(node)), set())
                passed.update(_values(self.file, places))
            super().generic_visit(node)


def _values(file: _File, values: Iterable[ast.expr | None]) -> list[str]:
    return [each.id for each in values if isinstance(each, ast.Name) and file.is_value(each.id)]


def _is_no_place(node: ast.AST) -> bool:
    """True for syntax whose classes are types, or Callables."""
    match node:
        case ast.AnnAssign(annotation=annotation):
            return "Callable" in ast.unparse(annotation)
        case ast.Call(func=word):
            return ast.unparse(word).rpartition(".")[2] in _MADE_OF_CLASSES
        case ast.Subscript(value=word):
            name = ast.unparse(word).rpartition(".")[2]
            is_class = name[:1].isupper() and not name.isupper()  # `Array[Point, 2]`, `Pair[A, B]`
            return is_class or name in _GENERIC
        case ast.Compare(left=ast.Call(func=ast.Name(id="type"))):
            return True
    return False


def _places(file: _File, node: ast.AST) -> list[tuple[ast.AST | list, str | int, ast.expr]]:
    """Return where in a node classes may be values: what holds the value, its key there, and the value."""
    match node:
        case ast.Dict(values=items):
            return [(items, number, each) for number, each in enumerate(items)]
        case ast.List(elts=items) | ast.Tuple(elts=items) | ast.Set(elts=items):
            if isinstance(node.ctx if not isinstance(node, ast.Set) else ast.Load(), ast.Load):
                return [(items, number, each) for number, each in enumerate(items)]
        case ast.IfExp(body=one, orelse=other):
            return [(node, "body", one), (node, "orelse", other)]
        case ast.Assign(targets=[ast.Name() | ast.Attribute() | ast.Subscript()], value=value):
            return [(node, "value", value)]
        case ast.AnnAssign(value=ast.expr() as value) | ast.Return(value=ast.expr() as value):
            return [(node, "value", value)]
        case ast.Call(args=items):
            function = _function(node)
            name = function.attr if isinstance(function, ast.Attribute) else ast.unparse(function)
            called = file.functions.get("__init__" if name in file.classes else name, [])
            takes_callables = any("Callable" in ast.unparse(each.args) for each in called)
            if called and not takes_callables:
                found = [(items, number, each) for number, each in enumerate(items)]
                return found + [(each, "value", each.value) for each in node.keywords]
        case ast.Compare(
            left=left,
            ops=[ast.Is() | ast.IsNot() | ast.Eq() | ast.NotEq()],
            comparators=[ast.Name() as other],
        ):
            if isinstance(left, ast.Name | ast.Attribute | ast.Subscript):
                return [(node.comparators, 0, other)]
    return []


def _function(node: ast.Call) -> ast.expr:
    """Return what a call calls; that of `register("name")(Shape)` is `register`."""
    while isinstance(node, ast.Call):
        node = node.func
    return node


class _Replacing(ast.NodeTransformer):
    """Puts the objects where the classes were."""

    def __init__(self, file: _File, families: dict[str, _Family]) -> None:
        self.file = file
        self.families = families
        self.inside_types = 0

    def generic_visit(self, node: ast.AST) -> ast.AST:
        is_of_types = _is_no_place(node)
        self.inside_types += is_of_types
        for holder, key, value in _places(self.file, node) if not self.inside_types else ():
            if isinstance(value, ast.Name) and value.id in self.families:
                family = self.families[value.id]
                number = ast.Constant(family.names.index(value.id))
                made = ast.Call(ast.Name(family.word, ast.Load()), [number], [])
                made = placed(value, made)
                if isinstance(holder, list):
                    holder[key] = made
                else:
                    setattr(holder, key, made)
                if isinstance(node, ast.Compare):
                    same = isinstance(node.ops[0], ast.Is | ast.Eq)
                    node.ops = [ast.Eq() if same else ast.NotEq()]
        super().generic_visit(node)
        self.inside_types -= is_of_types
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        match node:
            case ast.Call(func=ast.Name(id="issubclass"), args=[own, asked]):
                return placed(node, self.derives(own, asked))
        return self.generic_visit(node)

    def derives(self, own: ast.expr, asked: ast.expr) -> ast.expr:
        """Return what says whether one class derives from another."""
        if isinstance(asked, ast.Tuple):
            return ast.BoolOp(ast.Or(), [self.derives(own, each) for each in asked.elts])
        name = ast.unparse(asked)
        if isinstance(own, ast.Name) and own.id in self.file.classes:
            return ast.Constant(_derives([*self.file.line(own.id), "object"], name))
        if not self.families:
            return ast.Call(ast.Name("issubclass", ast.Load()), [own, asked], [])
        method = ast.Attribute(self.generic_visit(own), "derives__", ast.Load())
        return ast.Call(method, [ast.Constant(name)], [])

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        node.annotation = self.annotation(node.annotation)
        return self.generic_visit(node)

    def visit_arg(self, node: ast.arg) -> ast.AST:
        if node.annotation is not None:
            node.annotation = self.annotation(node.annotation)
        return self.generic_visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        if node.returns is not None:
            node.returns = self.annotation(node.returns)
        return self.generic_visit(node)

    def annotation(self, node: ast.expr) -> ast.expr:
        return _AnyClass().visit(node) if self.families else node

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        """`type[Shape]`, which objects of the family of Shape are."""
        match node:
            case ast.Subscript(value=ast.Name(id="type" | "Type"), slice=ast.Name(id=name)):
                for own, family in self.families.items():
                    if name in self.file.line(own):
                        made = placed(node, ast.Name(family.word, ast.Load()))
                        made.is_told = True
                        return made
        return self.generic_visit(node)


class _AnyClass(ast.NodeTransformer):
    """Leaves it to the values which family `type`, `type[Any]` and `type[object]` stand for."""

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        if ast.unparse(node.value) in ("type", "Type"):
            return self.any(node) if ast.unparse(node.slice) in ("Any", "object") else node
        self.generic_visit(node)
        return node

    def visit_Name(self, node: ast.Name) -> ast.Name:
        return self.any(node) if node.id == "type" else node

    def any(self, node: ast.expr) -> ast.Name:
        return placed(node, ast.Name("Any", ast.Load()))


def _derives(line: list[str], name: str) -> bool:
    """True if a class with these bases derives from another, which may be one of Python's."""
    asked = getattr(builtins, name, None)
    known = [getattr(builtins, each, None) for each in line]
    return name in line or any(
        isinstance(each, type) and isinstance(asked, type) and issubclass(each, asked)
        for each in known
    )
