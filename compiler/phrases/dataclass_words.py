"""`replace`, `asdict`, `astuple` and `fields` of the dataclasses of the program's own file: methods of theirs.

    @dataclass                          @dataclass
    class Point:                        class Point:
        x: int                              x: int
        y: int                  ->          y: int
                                            def asdict__(self) -> dict[str, int]: return {"x": self.x, "y": self.y}
                                            def replace__y(self, y: int) -> Point: return Point(x=self.x, y=y)

    asdict(p), replace(p, y=5)          p.asdict__(), p.replace__y(y=5)
    fields(Point), fields(p)            [_Field("x"), _Field("y")], p.fields__()

Dataclasses inside of fields, and in lists in fields, become dicts and tuples, too; other containers are
copied. Of classes that derive from each other all have dicts of one type.

Source: Python Library Reference, module dataclasses.
"""

from __future__ import annotations

import ast

from compiler.phrases.places import import_from, placed, statements

_WORDS = ("asdict", "astuple", "fields", "replace")


def with_methods(tree: ast.Module) -> ast.Module:
    """Return the module with methods for what it asks of its dataclasses."""
    words = _take_words(tree)
    if not words:
        return tree
    found = _Dataclasses(tree)
    calls = _Calls(words, found)
    calls.visit(tree)
    for node in found.nodes.values():
        for text in found.methods(node, calls.used, calls.replaced):
            node.body += statements(node, text)
    if "fields" in calls.used:
        import_from(tree, "_dataclasses", ("_Field", None))
    return tree


def _take_words(tree: ast.Module) -> dict[str, str]:
    """Take the words out of the module's imports; return them by what they are called here."""
    found: dict[str, str] = {}
    for statement in list(tree.body):
        match statement:
            case ast.ImportFrom(module="dataclasses", names=names):
                found |= {
                    each.asname or each.name: each.name for each in names if each.name in _WORDS
                }
                taken = (*_WORDS, "FrozenInstanceError")  # which every module sees here
                statement.names = [each for each in names if each.name not in taken]
                if not statement.names:
                    tree.body.remove(statement)
            case ast.Import(names=names) if any(each.name == "dataclasses" for each in names):
                bound = next(
                    each.asname or each.name for each in names if each.name == "dataclasses"
                )
                found |= {f"{bound}.{each}": each for each in _WORDS}
    return found


class _Dataclasses:
    """The dataclasses of a module and their fields."""

    def __init__(self, tree: ast.Module) -> None:
        self.nodes = {
            each.name: each
            for each in tree.body
            if isinstance(each, ast.ClassDef)
            and any("dataclass" in ast.unparse(part) for part in each.decorator_list)
        }
        bases = {
            name: next(
                (e.id for e in node.bases if isinstance(e, ast.Name) and e.id in self.nodes), None
            )
            for name, node in self.nodes.items()
        }
        self.bases = bases

    def line(self, name: str) -> list[str]:
        """Return the dataclasses that one derives from, the first of them first, and itself."""
        base = self.bases[name]
        return [*self.line(base), name] if base is not None else [name]

    def relatives(self, name: str) -> list[str]:
        first = self.line(name)[0]
        return [each for each in self.nodes if self.line(each)[0] == first]

    def fields(self, name: str) -> dict[str, ast.expr]:
        found: dict[str, ast.expr] = {}
        for each in self.line(name):
            for statement in self.nodes[each].body:
                match statement:
                    case ast.AnnAssign(target=ast.Name(id=field), annotation=annotation):
                        if not ast.unparse(annotation).startswith(("ClassVar", "InitVar")):
                            found[field] = _plain(annotation)
        return found

    def taken(self, name: str) -> list[str]:
        """Return the fields that the constructor takes."""
        hidden = {
            statement.target.id
            for each in self.line(name)
            for statement in self.nodes[each].body
            if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name)
            if statement.value is not None and "init=False" in ast.unparse(statement.value)
        }
        return [each for each in self.fields(name) if each not in hidden]

    # Types and values of what the methods give ------------------------------------------------

    def type(self, node: ast.expr, word: str) -> str:
        """Return the type of what a value of a type becomes."""
        match node:
            case ast.Name(id=name) if name in self.nodes:
                return self.dict_type(name) if word == "asdict" else self.tuple_type(name)
            case ast.Subscript(value=ast.Name(id="list" | "List"), slice=inside):
                return f"list[{self.type(inside, word)}]"
        return ast.unparse(node)

    def value(self, text: str, node: ast.expr, word: str) -> str:
        match node:
            case ast.Name(id=name) if name in self.nodes:
                return f"{text}.{word}__()"
            case ast.Subscript(value=ast.Name(id="list" | "List"), slice=inside):
                item = self.value("each", inside, word)
                return f"[{item} for each in {text}]"
            case ast.Subscript(value=ast.Name(id=("dict" | "Dict" | "set" | "Set") as kind)):
                return f"{kind.lower()}({text})"
        if "None" in _parts(node):
            return f"(None if {text} is None else {text})"
        return text

    def dict_type(self, name: str) -> str:
        types: dict[str, None] = {}
        inside: dict[str, None] = {}  # of the lists: there is one kind of them
        for each in self.relatives(name):
            for annotation in self.fields(each).values():
                for part in _parts(ast.parse(self.type(annotation, "asdict"), mode="eval").body):
                    if part.startswith("list["):
                        inside[part[5:-1]] = None
                    else:
                        types[part] = None
        if inside:
            types[f"list[{' | '.join(inside)}]"] = None
        if types.pop("None", 0) is None:
            types["None"] = None
        return f"dict[str, {' | '.join(types)}]"

    def tuple_type(self, name: str) -> str:
        types = [self.type(each, "astuple") for each in self.fields(name).values()]
        return f"tuple[{', '.join(types)}]"

    def methods(
        self, node: ast.ClassDef, used: set[str], replaced: dict[str, list[str]]
    ) -> list[str]:
        """Return the methods of a dataclass that the module calls."""
        name, fields = node.name, self.fields(node.name)
        made: list[str] = []
        if "asdict" in used:
            pairs = ", ".join(
                f"{each!r}: {self.value(f'self.{each}', type, 'asdict')}"
                for each, type in fields.items()
            )
            made.append(f"def asdict__(self) -> {self.dict_type(name)}:\n    return {{{pairs}}}")
        if "astuple" in used and len(self.relatives(name)) == 1:
            parts = "".join(
                f"{self.value(f'self.{each}', type, 'astuple')}, " for each, type in fields.items()
            )
            made.append(f"def astuple__(self) -> {self.tuple_type(name)}:\n    return ({parts})")
        if "fields" in used:
            listed = ", ".join(f"_Field({each!r})" for each in fields)
            made.append(f"def fields__(self) -> list[_Field]:\n    return [{listed}]")
        taken = self.taken(name)
        for method, names in replaced.items():
            if not set(names) <= set(taken):
                continue
            given = ", ".join(f"{each}: {ast.unparse(fields[each])}" for each in names)
            parts = ", ".join(
                f"{each}={each}" if each in names else f"{each}=self.{each}" for each in taken
            )
            made.append(f"def {method}(self, {given}) -> {name}:\n    return {name}({parts})")
        return made


def _parts(node: ast.expr) -> list[str]:
    """Return the types of a union."""
    match node:
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return [*_parts(left), *_parts(right)]
        case ast.Subscript(value=ast.Name(id="Optional"), slice=inside):
            return [*_parts(inside), "None"]
        case ast.Constant(value=None):
            return ["None"]
    return [ast.unparse(node)]


def _plain(annotation: ast.expr) -> ast.expr:
    """Return an annotation that is written as text as syntax."""
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        return ast.parse(annotation.value, mode="eval").body
    return annotation


class _Calls(ast.NodeTransformer):
    """Rewrites the calls of the words."""

    def __init__(self, words: dict[str, str], found: _Dataclasses) -> None:
        self.words = words
        self.found = found
        self.used: set[str] = set()
        self.replaced: dict[str, list[str]] = {}  # the fields that each method replaces

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        word = self.words.get(ast.unparse(node.func))
        if word is None or len(node.args) != 1:
            return node
        (object,) = node.args
        names = [each.arg for each in node.keywords]
        if word == "replace":
            if None in names or not names:
                return node
            method = f"replace__{'__'.join(names)}"
            self.replaced[method] = names
        elif names:
            return node
        else:
            method = f"{word}__"
        self.used.add(word)
        match object:
            case ast.Name(id=name) if word == "fields" and name in self.found.nodes:
                fields = [
                    ast.Call(ast.Name("_Field", ast.Load()), [ast.Constant(each)], [])
                    for each in self.found.fields(name)
                ]
                return placed(node, ast.List(fields, ast.Load()))
        function = ast.Attribute(object, method, ast.Load())
        return placed(node, ast.Call(function, [], node.keywords))
