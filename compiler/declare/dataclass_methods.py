"""Methods that @dataclass writes for the classes of programs.

    @dataclass(order=True)
    class Version:                      def __repr__(self) -> str:
        major: int                          return f"Version(major={self.major!r}, ...)"
        tags: list[str] = field(        def __lt__(self, other: Version) -> bool:
            default_factory=list            return (self.major, self.tags) < (other.major, other.tags)
        )                               def __init__(self, major: int, tags: list[str] | None = None):
                                            self.major = major
                                            self.tags = list() if tags is None else tags

`__repr__` needs a text of each field, and is left out where one has none; asking for it is an error
there. `__init__` is written where fields and constants in their order are not all that the constructor
takes: for a default that is made anew, `__post_init__`, or a base that has either. What is written
stands, for errors and tracebacks, where the class does.

Source: Python Library Reference, "dataclasses".
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from compiler.declare.program import Program
from compiler.read import FLOATS, is_program
from compiler.source import CompileError, Span
from compiler.types import ClassDeclaration, ClassKind, Module

_TEXT = "core.containers.text"
_ORDER = {"__lt__": "<", "__le__": "<=", "__gt__": ">", "__ge__": ">="}
_FIELD_OPTIONS = ("default", "default_factory", "init", "repr", "compare", "kw_only")
_WITH_TEXT = frozenset(
    ["Dict", "List", "None", "Optional", "Set", "Tuple", "Union", "bool", "bytes", "deque", "dict"]
    + ["float", "frozenset", "int", "list", "set", "str", "tuple"]
)


@dataclass
class _Field:
    """A field as the constructor sees it; expressions are text."""

    name: str
    type: str
    default: str = ""
    factory: str = ""  # called for each object
    init: bool = True
    repr: bool = True
    compare: bool = True
    kw_only: bool = False


def are_written(program: Program, module: Module) -> bool:
    """True for a module of an ordinary program."""
    return is_program(module.name) and _TEXT in program.modules


def write_methods(
    program: Program, declaration: ClassDeclaration, options: dict[str, bool]
) -> None:
    """Add to the body of a dataclass what its decorator writes, before the body is declared."""
    is_object = declaration.kind is ClassKind.CLASS
    if not is_object or not are_written(program, declaration.module):
        return
    node = declaration.node
    own = {each.name for each in node.body if isinstance(each, ast.FunctionDef)}
    fields = _fields(declaration, options.get("kw_only", False))
    texts: list[str] = []
    if "__init__" not in own and options.get("init", True) and _needs_constructor(declaration):
        texts.append(_constructor(declaration, fields))
    shown = options.get("repr", True) and "__repr__" not in own
    if shown and all(_has_text(program, declaration, each) for each in _annotations(declaration)):
        is_derived = _is_derived(program, declaration)
        name = "{type(self).__name__}" if is_derived else declaration.name
        texts.append(_repr(name, fields))
    compared = [each.name for each in fields if each.compare]
    if len(compared) < len(fields) and declaration.compares_fields and "__eq__" not in own:
        texts.append(_comparison(declaration, "__eq__", "==", compared))
    if options.get("order"):
        texts += [
            _comparison(declaration, name, operator, compared)
            for name, operator in _ORDER.items()
            if name not in own
        ]
    for each in _own_fields(node):
        if _is_field_call(each.value):
            each.value = None
    for text in texts:
        method = ast.parse(text).body[0]
        method.sets_all_fields = method.name == "__init__"  # those of bases, too
        node.body.append(_placed(method, node))


def _placed(method: ast.stmt, node: ast.ClassDef) -> ast.stmt:
    for each in ast.walk(method):
        if hasattr(each, "lineno"):
            ast.copy_location(each, node)
    return method


# Fields --------------------------------------------------------------------------------------


def _own_fields(node: ast.ClassDef) -> list[ast.AnnAssign]:
    return [
        each
        for each in node.body
        if isinstance(each, ast.AnnAssign)
        and isinstance(each.target, ast.Name)
        and not ast.unparse(each.annotation).startswith(("ClassVar", "Final"))
    ]


def _chain(declaration: ClassDeclaration) -> Iterator[ClassDeclaration]:
    """Yield a dataclass and the dataclasses it derives from, the first of them first."""
    if declaration.base is not None and declaration.base.declaration.is_dataclass:
        yield from _chain(declaration.base.declaration)
    yield declaration


def _fields(declaration: ClassDeclaration, kw_only: bool) -> list[_Field]:
    """Return all fields, and keep those of the class for the classes that derive from it."""
    found: dict[str, _Field] = {}
    for each in _chain(declaration):
        if each is declaration:
            each.node.dataclass_fields = [
                _field(declaration, node, kw_only) for node in _own_fields(each.node)
            ]
        found |= {field.name: field for field in each.node.dataclass_fields}
    return [*found.values()]


def _field(declaration: ClassDeclaration, node: ast.AnnAssign, kw_only: bool) -> _Field:
    field = _Field(node.target.id, ast.unparse(node.annotation), kw_only=kw_only)
    if not _is_field_call(node.value):
        field.default = "" if node.value is None else ast.unparse(node.value)
        return field
    for keyword in node.value.keywords:
        match keyword.arg, keyword.value:
            case "default", value:
                field.default = ast.unparse(value)
            case "default_factory", ast.Lambda(body=body):
                field.factory = ast.unparse(body)
            case "default_factory", value:
                field.factory = f"{ast.unparse(value)}()"
            case ("init" | "repr" | "compare" | "kw_only") as name, ast.Constant(bool() as value):
                setattr(field, name, value)
            case _:
                raise CompileError(
                    Span.of(declaration.module.path, keyword.value),
                    f"a field takes {', '.join(_FIELD_OPTIONS)} here",
                )
    return field


def _is_field_call(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func) in ("field", "dataclasses.field")


def _annotations(declaration: ClassDeclaration) -> list[ast.expr]:
    return [node.annotation for each in _chain(declaration) for node in _own_fields(each.node)]


def _has_text(program: Program, owner: ClassDeclaration, annotation: ast.expr) -> bool:
    """True if the values of a type can be shown; what is being asked already is taken to be so."""
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        annotation = ast.parse(annotation.value, mode="eval").body
    names = [each.id for each in ast.walk(annotation) if isinstance(each, ast.Name)]
    return all(_name_has_text(program, owner, name, set()) for name in names)


def _name_has_text(
    program: Program, owner: ClassDeclaration, name: str, asked: set[ClassDeclaration]
) -> bool:
    if name == "float":
        return FLOATS in program.modules
    if name in _WITH_TEXT or any(name == str(each) for each in owner.parameters):
        return True
    found = program.lookup(owner.module, name) if name in owner.module.names else None
    if not isinstance(found, ClassDeclaration):
        return False
    if found in asked:
        return True
    asked.add(found)
    methods = {each.name for each in found.node.body if isinstance(each, ast.FunctionDef)}
    if methods & {"__repr__", "__str__", "write_to"}:
        return True
    if not any("dataclass" in ast.unparse(each) for each in found.node.decorator_list):
        bases = [each.id for each in found.node.bases if isinstance(each, ast.Name)]
        return any(base != name and _name_has_text(program, found, base, asked) for base in bases)
    inside = [
        each.id
        for field in _own_fields(found.node)
        for each in ast.walk(field.annotation)
        if isinstance(each, ast.Name)
    ]
    return all(_name_has_text(program, found, each, asked) for each in inside)


# Methods -------------------------------------------------------------------------------------


def _needs_constructor(declaration: ClassDeclaration) -> bool:
    for each in _chain(declaration):
        names = {part.name for part in each.node.body if isinstance(part, ast.FunctionDef)}
        if names & {"__post_init__", "__init__"}:
            return True
        for field in each.node.dataclass_fields:
            if field.factory or field.kw_only or not (field.init and field.compare):
                return True
    return False


def _constructor(declaration: ClassDeclaration, fields: list[_Field]) -> str:
    parameters = [_parameter(each) for each in fields if each.init and not each.kw_only]
    named = [_parameter(each) for each in fields if each.init and each.kw_only]
    if named:
        parameters += ["*", *named]
    lines = [f"def __init__({', '.join(['self', *parameters])}) -> None:"]
    for each in fields:
        if each.factory and each.init:
            value = f"{each.factory} if {each.name} is None else {each.name}"
        else:
            value = each.name if each.init else each.factory or each.default
        if value:
            lines.append(f"    self.{each.name} = {value}")
    if any(
        isinstance(part, ast.FunctionDef) and part.name == "__post_init__"
        for each in _chain(declaration)
        for part in each.node.body
    ):
        lines.append("    self.__post_init__()")
    return "\n".join([*lines, "    pass"])


def _parameter(field: _Field) -> str:
    if field.factory:
        return f"{field.name}: {field.type} | None = None"
    default = f" = {field.default}" if field.default else ""
    return f"{field.name}: {field.type}{default}"


def _is_derived(program: Program, declaration: ClassDeclaration) -> bool:
    """True if a class of the program may derive from this one, and show its own name."""
    return any(
        isinstance(statement, ast.ClassDef)
        and any(ast.unparse(base).endswith(declaration.name) for base in statement.bases)
        for module in program.modules.values()
        if is_program(module.name)
        for statement in module.tree.body
    )


def _repr(name: str, fields: list[_Field]) -> str:
    shown = ", ".join(f"{each.name}={{self.{each.name}!r}}" for each in fields if each.repr)
    return f'def __repr__(self) -> str:\n    return f"{name}({shown})"'


def _comparison(
    declaration: ClassDeclaration, name: str, operator: str, compared: list[str]
) -> str:
    type = declaration.name
    if declaration.parameters:
        type += f"[{', '.join(map(str, declaration.parameters))}]"
    left, right = (
        "".join(f"{of}.{each}, " for each in compared) or "()" for of in ("self", "other")
    )
    return f"def {name}(self, other: {type}) -> bool:\n    return ({left}) {operator} ({right})"
