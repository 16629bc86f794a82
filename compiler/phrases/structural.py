"""Protocols, in the program's own file: abstract classes, from which all classes derive that have what
they ask for.

    class Shape(Protocol):              class Shape(ABC):
        def area(self) -> float: ...        @abstractmethod
                                            def area(self) -> float: ...
    class Square:                  ->
        def area(self) -> float:        class Square(Shape):
            return self.side ** 2           def area(self) -> float: ...

A class is one by what it and its bases in the file define. A field that a class gives all of its objects
is set by its `__init__` then. The bound of a type variable that is a protocol goes: what is asked of a
type is checked where it is used.

Source: Python Library Reference, "typing.Protocol".
"""

from __future__ import annotations

import ast

from compiler.phrases.places import classes_of, import_abstract, placed

_WORDS = ("Protocol", "typing.Protocol")


def with_protocols(tree: ast.Module) -> ast.Module:
    """Return the module with its protocols as bases of the classes that implement them."""
    classes = classes_of(tree)
    protocols = {name: each for name, each in classes.items() if _is_protocol(each)}
    if not protocols:
        return tree
    bounds = _drop_bounds(tree, protocols)
    gone = bounds - _used_names(tree, protocols)
    for name, protocol in protocols.items():
        if name in gone:
            tree.body.remove(protocol)
            continue
        _implement(protocol, classes, protocols)
    tree.body = [each for each in map(_without_word, tree.body) if each is not None]
    import_abstract(tree)
    _move_up(tree, [each for name, each in protocols.items() if name not in gone])
    return tree


def _is_protocol(node: ast.ClassDef) -> bool:
    return any(ast.unparse(each) in _WORDS for each in node.bases)


def _without_word(statement: ast.stmt) -> ast.stmt | None:
    """Return an import without the word Protocol; None if nothing is left."""
    match statement:
        case ast.ImportFrom(module="typing", names=names):
            statement.names = [each for each in names if each.name != "Protocol"]
            return statement if statement.names else None
    return statement


def _drop_bounds(tree: ast.Module, protocols: dict[str, ast.ClassDef]) -> set[str]:
    """Take the bounds that are protocols from type variables; return which they were."""
    dropped: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("TypeVar", "typing.TypeVar"):
            for each in list(node.keywords):
                name = ast.unparse(each.value).strip("'\"")
                if each.arg == "bound" and name in protocols:
                    node.keywords.remove(each)
                    dropped.add(name)
    return dropped


def _used_names(tree: ast.Module, protocols: dict[str, ast.ClassDef]) -> set[str]:
    """Return the protocols that something other than themselves names."""
    used: set[str] = set()
    for statement in tree.body:
        for node in ast.walk(statement):
            match node:
                case ast.Name(id=name) | ast.Constant(value=str() as name):
                    owner = getattr(statement, "name", "")
                    used |= {each for each in protocols if each in name and each != owner}
    return used


def _implement(
    protocol: ast.ClassDef, classes: dict[str, ast.ClassDef], protocols: dict[str, ast.ClassDef]
) -> None:
    """Make an abstract class of a protocol, and let the classes that have what it asks for derive from it."""
    methods = {each.name for each in protocol.body if isinstance(each, ast.FunctionDef)}
    fields = {
        each.target.id
        for each in protocol.body
        if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name)
    }
    for node in classes.values():
        if node.name in protocols or node.decorator_list and _is_enum(node):
            continue
        names = _names_of(node, classes)
        if not (methods | fields) <= names:
            continue
        root = node
        while (base := _base_of(root, classes)) is not None and base.name not in protocols:
            root = base
        others = [each for each in root.bases if ast.unparse(each) not in ("object", "ABC")]
        is_free = all(isinstance(each, ast.Subscript) for each in others)
        if is_free and root.name not in protocols:
            root.bases = [*others, placed(root, ast.Name(protocol.name, ast.Load()))]
            for field in fields:
                _set_in_init(root, field)
    others = [each for each in protocol.bases if ast.unparse(each) not in _WORDS]
    protocol.bases = others or [placed(protocol, ast.Name("ABC", ast.Load()))]
    for method in protocol.body:
        if isinstance(method, ast.FunctionDef):
            words = [ast.unparse(each) for each in method.decorator_list]
            if "abstractmethod" not in words:
                word = ast.Name("abstractmethod", ast.Load())
                method.decorator_list.append(placed(method, word))


def _is_enum(node: ast.ClassDef) -> bool:
    return any("Enum" in ast.unparse(each) for each in node.bases)


def _base_of(node: ast.ClassDef, classes: dict[str, ast.ClassDef]) -> ast.ClassDef | None:
    for each in node.bases:
        if isinstance(each, ast.Name) and each.id in classes:
            return classes[each.id]
    return None


def _names_of(node: ast.ClassDef, classes: dict[str, ast.ClassDef]) -> set[str]:
    """Return what a class and its bases in the file define."""
    names: set[str] = set()
    step: ast.ClassDef | None = node
    while step is not None:
        for each in ast.walk(step):
            match each:
                case ast.FunctionDef(name=name):
                    names.add(name)
                case ast.Attribute(value=ast.Name(id="self"), attr=name, ctx=ast.Store()):
                    names.add(name)
        for each in step.body:
            match each:
                case ast.AnnAssign(target=ast.Name(id=name)):
                    names.add(name)
                case ast.Assign(targets=[ast.Name(id=name)]):
                    names.add(name)
        step = _base_of(step, classes)
    return names


def _set_in_init(node: ast.ClassDef, field: str) -> None:
    """Let `__init__` set a field that the body of a class gives a value."""
    for statement in list(node.body):
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if name == field:
                node.body.remove(statement)
                target = ast.Attribute(ast.Name("self", ast.Load()), field, ast.Store())
                stored = placed(statement, ast.Assign([target], value))
                init = next(
                    (each for each in node.body if getattr(each, "name", "") == "__init__"), None
                )
                if init is None:
                    plain = ast.arguments([], [ast.arg("self")], None, [], [], None, [])
                    ast.copy_location(plain.args[0], statement)
                    none = ast.Constant(None)
                    init = placed(statement, ast.FunctionDef("__init__", plain, [], [], none))
                    node.body.append(init)
                init.body.insert(0, stored)


def _move_up(tree: ast.Module, protocols: list[ast.ClassDef]) -> None:
    """Put protocols before the first class that derives from one."""
    names = {each.name for each in protocols}
    for number, statement in enumerate(tree.body):
        if isinstance(statement, ast.ClassDef) and statement not in protocols:
            bases = {each.id for each in statement.bases if isinstance(each, ast.Name)}
            if bases & names:
                later = [each for each in protocols if tree.body.index(each) > number]
                for each in later:
                    tree.body.remove(each)
                tree.body[number:number] = later
                return
