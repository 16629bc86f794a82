"""Types that a program leaves unsaid, found from how its values flow.

    class Stack:                        class Stack:
        def __init__(self):                 items: list[int]
            self.items = []      ->         def __init__(self):
        def push(self, n: int):                 self.items = []
            self.items.append(n)            def push(self, n: int): ...

A person who reads the file sees what `items` holds, since somewhere an `int` is put in; so does this.

    cells.py      what is known of one place, and how it is written as an annotation
    program.py    classes, functions and annotations; scope.py: their names
    known.py      what Python's own functions and methods give
    syntax.py     what can be told without types
    rules.py      the rules between cells
    collect.py    what flows where: declarations.py, statements.py, values.py, calls.py

What is found becomes an annotation, as the author could have written it. It need not be complete: where
nothing can be told, the file stays as it is; and the checker checks it like any other.

An annotation that says float means what it means in Python, where an int is taken as well and stays one:
where ints come in, too, it becomes `int | float`, and where nothing else does, `int`.

Before: the tree of a program's file, as Python parses it. After: the same with more annotations.
"""

from __future__ import annotations

import ast
import re

from compiler.infer.asked import facts_of_name
from compiler.infer.cells import Cell, parsed, taken_as, written
from compiler.infer.collect import Collector
from compiler.infer.program import Class, Function, own_nodes
from compiler.infer.scope import Scope

_IMPORTED = {
    "Callable": "typing",
    "Iterator": "typing",
    "Iterable": "typing",
    "Sequence": "typing",
    "Generator": "typing",
}


def with_annotations(tree: ast.Module, is_main: bool = True) -> ast.Module:
    """Return the module with annotations where it has none, as far as they can be told.

    is_main: no other module names what is in this one.
    """
    collector = Collector(tree)
    collector.run()
    _Writing(collector).write()
    if is_main:
        _leave_out_unused(tree, collector)
    return tree


class _Writing:
    """Writes what was found into the tree."""

    def __init__(self, collector: Collector) -> None:
        self.found = collector
        self.tree = collector.tree
        self.bases = {
            name: [each.node.name for each in made.line()[1:]]
            for name, made in collector.classes.items()
            if not made.parameters
        }
        self.words: set[str] = set()
        self.of_protocols = {  # which the classes that have them come to derive from
            name
            for made in collector.classes.values()
            if any("Protocol" in ast.unparse(each) for each in made.node.bases)
            for name in made.declared
        }

    def text(self, cell: Cell) -> str | None:
        """Return the annotation for a cell, and note the words in it."""
        text = written(cell, self.bases)
        if text is not None:
            self.words |= {
                each.id for each in ast.walk(ast.parse(text)) if isinstance(each, ast.Name)
            }
        return text

    def write(self) -> None:
        for function in self.found.functions:
            self.function(function)
        for node, place, cell in self.found.written:
            text = self.text(cell)
            if text is not None and not _says_the_same(ast.unparse(getattr(node, place)), text):
                setattr(node, place, parsed(text, getattr(node, place)))
        for node, _ in self.found.nullable:
            self.allow_none(node, "annotation")
        for made in self.found.classes.values():
            self.fields(made)
        for node, scope in self.found.scopes:
            self.locals(node, scope)
        self.tree.mixes_numbers = any(
            sorted(cell.find().kinds) == ["float", "int"] and not cell.find().is_number
            for node, cell in self.found.of_node.items()
            if isinstance(node, ast.Call | ast.IfExp)
        )
        self.imports()

    def function(self, function: Function) -> None:
        node = function.node
        is_special = node.name.startswith("__") and node.name not in ("__init__", "__call__")
        given = node.args
        positional = [*given.posonlyargs, *given.args]
        is_bound = function.owner is not None and not function.decorated("staticmethod")
        own = positional[0] if is_bound and positional else None
        others = [each for each in (*positional, *given.kwonlyargs) if each is not own]
        for each in others:
            cell = function.parameters[each.arg]
            is_completed = is_special and node.name in _COMPLETED
            if is_completed and node.name not in ("__eq__", "__ne__", "__exit__"):
                kinds = [kind for kind in cell.find().kinds if kind != "None"]
                is_completed = kinds == [function.owner.node.name] if function.owner else True
                is_completed = is_completed or not kinds
            if each.annotation is None and node.name in ("__eq__", "__ne__"):
                self.compared(function, each)
            if each.annotation is None and not is_completed:
                text = self.text(cell) or taken_as(cell, self.bases)
                if text is not None:
                    self.words |= {"Iterable"} if text.startswith("Iterable") else set()
                    each.annotation = parsed(text, each)
            elif each.annotation is not None and cell.find().is_null:
                self.allow_none(each, "annotation")
        for each, word in ((given.vararg, "tuple*"), (given.kwarg, "dict")):
            if each is not None and each.annotation is None and node.name != "__exit__":
                text = self.text(function.parameters[each.arg].of(word)[-1])
                if text is not None:
                    each.annotation = parsed(text, each)
        if node.returns is not None and function.result.find().is_null:
            self.allow_none(node, "returns")
        if node.returns is None and not (is_special and node.name not in _FREE_RESULTS):
            text = self.text(function.result)
            if text is not None:
                node.returns = parsed(text, node)
                node.returns.end_lineno, node.returns.end_col_offset = node.lineno, node.col_offset

    def compared(self, function: Function, other: ast.arg) -> None:
        """Write the type of what `==` takes, where it asks for plain values, too."""
        asked = [
            name
            for fact in facts_of_name(function.node, other.arg)
            for name in fact.types
            if name in ("int", "float", "str", "bool")
        ]
        if asked and function.owner is not None and not function.owner.parameters:
            own = function.owner.node.name
            other.annotation = parsed(" | ".join(dict.fromkeys([own, *asked])), other)

    def allow_none(self, node: ast.AST, place: str) -> None:
        """`name: T = None` means T | None, and so does a result where None is returned."""
        annotation = getattr(node, place)
        text = ast.unparse(annotation)
        if "None" in text or "Optional" in text or text in ("Any", "object"):
            return
        if isinstance(annotation, ast.Constant):
            text = annotation.value
        if text not in self.found.annotations.aliases:
            setattr(node, place, parsed(f"{text} | None", annotation))

    def fields(self, made: Class) -> None:
        """Declare the fields that `__init__` gives a value, and say what containers of a class hold."""
        node = made.node
        for number, statement in enumerate(node.body):
            match statement:
                case ast.Assign(targets=[ast.Name(id=name) as target], value=value):
                    if made.is_enum or not (_says_little(value) or isinstance(value, _DISPLAYS)):
                        continue
                    text = self.text(made.fields[name])
                    if text is not None:
                        annotation = parsed(f"ClassVar[{text}]", value)
                        self.words.add("ClassVar")
                        node.body[number] = ast.copy_location(
                            ast.AnnAssign(target, annotation, value, 1), statement
                        )
        init = made.methods.get("__init__")
        if made.is_record or made.is_enum:
            return
        self.late_fields(made)
        if init is None:
            return
        declared: list[ast.stmt] = []
        for each in own_nodes(init.node):
            match each:
                case ast.Attribute(value=ast.Name(id="self"), attr=name, ctx=ast.Store()):
                    is_own = name in made.fields and name not in made.declared
                    if not is_own or any(name in other.fields for other in made.line()[1:]):
                        continue
                    if name in self.of_protocols:
                        continue
                    if self.is_annotated(init.node, name):
                        continue
                    made.declared.add(name)
                    text = self.text(made.fields[name])
                    if text is not None:
                        target = ast.copy_location(ast.Name(name, ast.Store()), each)
                        declaration = ast.AnnAssign(target, parsed(text, each), None, 1)
                        declaration.is_implied = True  # `__init__` has to give it a value
                        declared.append(ast.copy_location(declaration, each))
        place = 1 if ast.get_docstring(node, clean=False) is not None else 0
        node.body[place:place] = declared

    def late_fields(self, made: Class) -> None:
        """Declare the fields that only other methods than `__init__` give a value: as properties, since
        reading one that has none yet raises AttributeError."""
        stored = {
            each.attr: each
            for method in made.every_method()
            if not method.decorated("staticmethod", "classmethod")
            for each in own_nodes(method.node)
            if isinstance(each, ast.Attribute) and isinstance(each.ctx, ast.Store)
            if isinstance(each.value, ast.Name) and each.value.id == "self"
        }
        first = {
            each.attr
            for other in made.line()
            for each in ast.walk(other.node)
            if isinstance(each, ast.Attribute) and isinstance(each.ctx, ast.Store)
            for init in [other.methods.get("__init__")]
            if init is not None and each in own_nodes(init.node)
        }
        body: list[ast.stmt] = []
        for name, place in stored.items():
            is_known = name in first or name in made.declared or name in self.of_protocols
            is_inherited = any(name in other.fields for other in made.line()[1:])
            cell = made.fields.get(name)
            if is_known or is_inherited or cell is None or made.method(name) is not None:
                continue
            text = self.text(cell)
            if text is None:
                continue
            code = _LATE if cell.find().is_null or text == "None" else _LATE_OR_MISSING
            written = code.format(name=name, type=text, owner=made.node.name)
            for statement in ast.parse(written).body:
                for each in ast.walk(statement):
                    if hasattr(each, "lineno"):
                        ast.copy_location(each, place)
                        each.end_lineno, each.end_col_offset = (
                            place.end_lineno,
                            place.end_col_offset,
                        )
                body.append(statement)
            made.declared.add(name)
        start = 1 if ast.get_docstring(made.node, clean=False) is not None else 0
        made.node.body[start:start] = body

    def is_annotated(self, node: ast.FunctionDef, name: str) -> bool:
        return any(
            isinstance(each, ast.AnnAssign)
            and isinstance(each.target, ast.Attribute)
            and each.target.attr == name
            for each in own_nodes(node)
        )

    def locals(self, node: ast.AST, scope: Scope) -> None:
        """Annotate locals, and names of the module, whose first value does not say what they are."""
        stores: dict[str, list[ast.AST]] = {}
        for each in own_nodes(node):
            if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store):
                stores.setdefault(each.id, []).append(each)
        parameters = scope.function.parameters if scope.function is not None else {}
        is_module = scope is self.found.module
        shared = self.used_in_functions() if is_module else set()
        for block in _blocks(node):
            for number, statement in enumerate(block):
                match statement:
                    case ast.Assign(targets=[ast.Name(id=name) as target], value=value):
                        if name not in scope.cells:
                            continue
                        if name in parameters and target not in scope.values:
                            continue
                        is_first = stores.get(name, [None])[0] is target
                        if not is_first and target not in scope.values:
                            continue
                        annotation = self.annotation_of_local(
                            scope.cell_of(target), value, len(stores[name]) > 1, name in shared
                        )
                        if annotation is not None:
                            block[number] = ast.copy_location(
                                ast.AnnAssign(target, annotation, value, 1), statement
                            )

    def annotation_of_local(
        self, cell: Cell, value: ast.expr, is_rebound: bool, is_shared: bool
    ) -> ast.expr | None:
        cell = cell.find()
        kinds = [each for each in cell.kinds if each != "None"]
        first = self.found.of_node[value].find()
        is_mixed = is_rebound and sorted(kinds) == ["float", "int"] and [*first.kinds] == ["int"]
        is_wider = is_rebound and cell.is_null and not first.is_null and bool(kinds)
        text = self.text(cell)
        is_mixed = is_mixed or (text is not None and "int | float" in text)
        is_unclear = is_shared and not isinstance(value, _CLEAR)
        is_varied = is_rebound and len(kinds) > len(first.kinds) and set(kinds) <= _HELD
        if not (_says_little(value) or is_mixed or is_wider or is_unclear or is_varied):
            return None
        if len(kinds) > 1 and sorted(kinds) != ["float", "int"] and not is_varied:
            return None
        return parsed(text, value) if text is not None else None

    def used_in_functions(self) -> set[str]:
        return {
            each.id
            for function in (*self.found.functions,)
            for each in ast.walk(function.node)
            if isinstance(each, ast.Name)
        }

    def imports(self) -> None:
        """Import the words of `typing` that annotations need."""
        bound = {
            alias.asname or alias.name
            for each in ast.walk(self.tree)
            if isinstance(each, ast.ImportFrom | ast.Import)
            for alias in each.names
        }
        missing = sorted(
            each for each in self.words if each in (*_IMPORTED, "ClassVar") and each not in bound
        )
        if not missing:
            return
        place = 0
        for number, statement in enumerate(self.tree.body):
            is_text = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
            is_future = isinstance(statement, ast.ImportFrom) and statement.module == "__future__"
            if not (is_text or is_future):
                place = number
                break
        made = ast.ImportFrom("typing", [ast.alias(each, None) for each in missing], 0)
        at = self.tree.body[place]
        for each in ast.walk(made):
            ast.copy_location(each, at)
        made.end_lineno, made.end_col_offset = made.lineno, made.col_offset
        self.tree.body.insert(place, made)


_LATE = """
{name}__late: {type} = None
{name}__is_there: bool = False

@property
def {name}(self) -> {type}:
    if not self.{name}__is_there:
        raise AttributeError(f"'{{type(self).__name__}}' object has no attribute '{name}'")
    return self.{name}__late

@{name}.setter
def {name}(self, value: {type}) -> None:
    self.{name}__late = value
    self.{name}__is_there = True
"""
_LATE_OR_MISSING = """
{name}__late: {type} | None = None

@property
def {name}(self) -> {type}:
    value = self.{name}__late
    if value is None:
        raise AttributeError(f"'{{type(self).__name__}}' object has no attribute '{name}'")
    return value

@{name}.setter
def {name}(self, value: {type}) -> None:
    self.{name}__late = value
"""
_CLEAR = (  # values that may be constants of the module, and those that say what they are
    ast.Constant,
    ast.Tuple,
    ast.BinOp,
    ast.UnaryOp,
    ast.Name,
    ast.Call,
    ast.Lambda,
)
_OWN = ("self", "cls")
_HELD = frozenset(  # what a union of values can hold
    ["bool", "int", "float", "str", "bytes", "list", "dict", "set", "tuple"]
)
_DISPLAYS = (ast.List, ast.Set, ast.Dict, ast.ListComp, ast.SetComp, ast.DictComp)
_COMPLETED = frozenset(  # whose parameters plain_words.py completes
    [
        "__eq__",
        "__ne__",
        "__lt__",
        "__le__",
        "__gt__",
        "__ge__",
        "__exit__",
        "__add__",
        "__sub__",
        "__matmul__",
        "__and__",
        "__or__",
        "__xor__",
        "__radd__",
        "__rsub__",
        "__iadd__",
        "__isub__",
    ]
)
_FREE_RESULTS = frozenset(
    [
        "__call__",
        "__iter__",
        "__next__",
        "__getitem__",
        "__enter__",
        "__add__",
        "__sub__",
        "__mul__",
        "__rmul__",
        "__truediv__",
        "__floordiv__",
        "__mod__",
        "__pow__",
        "__neg__",
        "__abs__",
        "__matmul__",
        "__and__",
        "__or__",
        "__xor__",
        "__invert__",
        "__radd__",
        "__rsub__",
        "__iadd__",
        "__isub__",
        "__imul__",
        "__pos__",
    ]
)


def _leave_out_unused(tree: ast.Module, found: Collector) -> None:
    """Leave out functions that nothing names, where nothing says what they take."""
    named = {
        getattr(each, "attr", None) or getattr(each, "id", None)
        for each in ast.walk(tree)
        if isinstance(each, ast.Name | ast.Attribute)
    }
    for owner in (tree, *(made.node for made in found.classes.values())):
        kept = [each for each in owner.body if not _is_unused(each, named)]
        owner.body = kept or [ast.copy_location(ast.Pass(), owner.body[0])]


def _is_unused(node: ast.stmt, named: set[str | None]) -> bool:
    if not isinstance(node, ast.FunctionDef) or node.name in named or node.name.startswith("__"):
        return False
    words = {ast.unparse(each) for each in node.decorator_list}
    given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    is_open = any(each.annotation is None for each in given if each.arg not in _OWN)
    return is_open and words <= {"staticmethod", "classmethod"}


def _says_the_same(written: str, found: str) -> bool:
    """True if an annotation that only has `float` in it, of what says little, is of floats indeed."""
    words = set(re.findall(r"\w+", written))
    is_complete = "Any" not in words and not re.search(
        r"\b(list|dict|set|tuple)\b(?!\[)", written, re.IGNORECASE
    )
    return (
        is_complete
        and "float" in words
        and re.findall(r"\bint\b", written) == re.findall(r"\bint\b", found)
    )


def _says_little(node: ast.expr) -> bool:
    """True if a value does not say all of what it is: None, an empty container, or one in it."""
    match node:
        case ast.Constant(value=None) | ast.Lambda():
            return True
        case ast.List(elts=items) | ast.Set(elts=items) | ast.Tuple(elts=items):
            is_empty = not items and not isinstance(node, ast.Tuple)
            return is_empty or any(_says_little(each) for each in items)
        case ast.Dict(keys=keys, values=values):
            return not keys or any(_says_little(each) for each in (*values, *filter(None, keys)))
        case ast.ListComp(elt=item) | ast.SetComp(elt=item):
            return _says_little(item)
        case ast.DictComp(value=value):
            return _says_little(value)
        case ast.BinOp(left=left, op=ast.Mult()):
            return _says_little(left)
        case ast.IfExp(body=one, orelse=other):
            return _says_little(one) or _says_little(other)
        case ast.Call(func=ast.Name(id=("list" | "set" | "dict" | "deque")), args=[], keywords=[]):
            return True
        case ast.Call(func=ast.Name(id=("defaultdict" | "OrderedDict" | "Counter"))):
            return True
        case ast.Call(func=ast.Name(id="deque"), args=[ast.List(elts=[])]):
            return True
        case ast.Call(func=ast.Name(id="deque"), args=[]):
            return True
    return False


def _blocks(node: ast.AST) -> list[list[ast.stmt]]:
    """Return the blocks of a function or module, those of functions and classes in it left out."""
    found: list[list[ast.stmt]] = []
    for part in (node, *own_nodes(node)):
        if part is not node and isinstance(part, ast.FunctionDef | ast.ClassDef | ast.Lambda):
            continue
        for name in ("body", "orelse", "finalbody"):
            block = getattr(part, name, None)
            if isinstance(block, list) and block and isinstance(block[0], ast.stmt):
                found.append(block)
    return found
