"""Classes derived from `Enum`, in the program's own file: ordinary classes, and one object for each member.

    class Color(Enum):                  class Color:
        RED = 1                             name: str; value: int; __init__, __str__, __format__, __repr__
        GREEN = 2               ->
                                        Color__RED: Color = Color("RED", 1)
                                        Color__members: list[Color] = [Color__RED, Color__GREEN]
                                        def Color__of(value: int) -> Color: ...
                                        def Color__named(name: str) -> Color: ...

    Color.RED, Color(1), Color["RED"]   Color__RED, Color__of(1), Color__named("RED")
    Color.__members__                   {"RED": Color__RED, "GREEN": Color__GREEN}
    for color in Color                  for color in Color__members
    case Color.RED:                     case it if it is Color__RED:

The values of the members are constants of one type. An enum that is something else stays as it is, and is
reported by the checker.

Source: Python Library Reference, module enum.
"""

from __future__ import annotations

import ast

from compiler.phrases import flags
from compiler.phrases.enum_members import WholeEnums
from compiler.phrases.places import import_from, placed

_CODE = """
class {name}:
    name: str
    value: {type}

    def __init__(self, name: str, value: {type}) -> None:
        self.name = name
        self.value = value

    def __str__(self) -> str:
        return {text}

    def __format__(self, spec: str) -> str:
        return f"{{str(self):{{spec}}}}"

    def __repr__(self) -> str:
        return f"<{name}.{{self.name}}: {{self.value!r}}>"

    def __eq__(self, other: "{name}") -> bool:
        return self is other

    def __hash__(self) -> int:
        return hash(self.name)

{members}
{name}__members: list[{name}] = [{listed}]

def {name}__of(value: {type}) -> {name}:
    for member in {name}__members:
        if member.value == value:
            return member
    raise ValueError(f"{{value!r}} is not a valid {name}")

def {name}__named(name: str) -> {name}:
    for member in {name}__members:
        if member.name == {own}:
            return member
    raise KeyError(name)
"""


def with_members(tree: ast.Module) -> ast.Module:
    """Return the module with its enums as ordinary classes."""
    enums: dict[str, dict[str, str]] = {}  # by the name of each: the variables of its members
    body: list[ast.stmt] = []
    for statement in tree.body:
        made = _made(statement, enums) if isinstance(statement, ast.ClassDef) else None
        body += [statement] if made is None else made
    if not enums:
        return tree
    tree.body = [each for each in map(_import_without_enum, body) if each is not None]
    if any(getattr(each, "is_flags", False) for each in tree.body):
        import_from(tree, "typing", ("Iterator", "_Iterator"))
    return _Uses(enums).visit(tree)


def _import_without_enum(statement: ast.stmt) -> ast.stmt | None:
    """Return an import without the words that are gone; None if nothing is left."""
    match statement:
        case ast.ImportFrom(module="enum"):
            statement.names = [
                each
                for each in statement.names
                if each.name not in ("Enum", "Flag", "StrEnum", "unique")
            ]
            return statement if statement.names else None
    return statement


def _made(node: ast.ClassDef, enums: dict[str, dict[str, str]]) -> list[ast.stmt] | None:
    """Return what an enum becomes, and note it; None for another class."""
    bases = [ast.unparse(each) for each in node.bases]
    decorators = {ast.unparse(each) for each in node.decorator_list}
    if not _is_enum(bases) or not decorators <= {"unique", "enum.unique"}:
        return None
    if bases[0].endswith("Flag"):
        members: dict[str, object] = {**flags.numbers(node)}
    else:
        members = _members(node, bases[0].endswith("StrEnum"))
    others = [each for each in node.body if isinstance(each, ast.FunctionDef)]
    if not members or len(members) + len(others) != len(_without_docstring(node)):
        return None
    types = {_type(value) for value in members.values()}
    (type,) = types if len(types) == 1 else (None,)
    if type is None or any(each.name == "__init__" for each in others):
        return None
    if bases[0].endswith("Flag"):
        code, enums[node.name] = flags.code(node.name, members)
    else:
        code, enums[node.name] = _code(node.name, type, members, bases[0].endswith("StrEnum"))
    made = ast.parse(code).body
    own = {each.name for each in others}
    kept = [each for each in made[0].body if getattr(each, "name", "") not in own]
    made[0].body = kept
    made[0].is_enum = True
    made[0].is_flags = bases[0].endswith("Flag")
    for statement in made:
        for part in ast.walk(statement):
            if hasattr(part, "lineno"):
                ast.copy_location(part, node)
    for statement in made[1:]:
        statement.lineno = node.end_lineno or node.lineno
        statement.leads_nowhere = True  # making a member runs none of the enum's methods
    made[0].body += [OfClass(node.name).of(each) for each in others]
    return made


class OfClass(ast.NodeTransformer):
    """Lets the class methods of an enum name it, where they say `cls`."""

    def __init__(self, owner: str) -> None:
        self.owner = owner
        self.word = ""

    def of(self, node: ast.FunctionDef) -> ast.FunctionDef:
        if any(ast.unparse(each) == "classmethod" for each in node.decorator_list):
            self.word = node.args.args[0].arg
            node.body = [self.visit(each) for each in node.body]
        return node

    def visit_Name(self, node: ast.Name) -> ast.Name:
        if node.id == self.word:
            node.id = self.owner
        return node


def _is_enum(bases: list[str]) -> bool:
    words = [each.removeprefix("enum.") for each in bases]
    return words in (["Enum"], ["Flag"], ["StrEnum"], ["str", "Enum"])


def _without_docstring(node: ast.ClassDef) -> list[ast.stmt]:
    return [each for each in node.body if not isinstance(each, ast.Expr | ast.Pass)]


def _members(node: ast.ClassDef, is_text: bool) -> dict[str, object]:
    """Return the values of the members by name; empty if one is no constant. `is_text`: auto() is the
    name in small letters."""
    found: dict[str, object] = {}
    for statement in node.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                if ast.unparse(value) in ("auto()", "enum.auto()"):
                    numbers = [each for each in found.values() if isinstance(each, int)]
                    found[name] = name.lower() if is_text else max(numbers, default=0) + 1
                    continue
                try:
                    found[name] = ast.literal_eval(value)
                except ValueError:
                    return {}
    return found


def _type(value: object) -> str | None:
    """Return the type of a constant, as it is written; None if it is no simple one."""
    match value:
        case bool() | int() | float() | str():
            return type(value).__name__
        case tuple():
            parts = [_type(each) for each in value]
            return None if None in parts or not parts else f"tuple[{', '.join(map(str, parts))}]"
    return None


def _code(
    name: str, type: str, members: dict[str, object], is_text: bool
) -> tuple[str, dict[str, str]]:
    """Return the source of what an enum becomes, and the variables of its members by their names."""
    variables: dict[str, str] = {}
    lines: list[str] = []
    listed: list[str] = []
    own = "name"  # of the member that a name stands for
    for member, value in members.items():
        first = next(each for each, other in members.items() if other == value)
        if first != member:
            own = f"({first!r} if name == {member!r} else {own})"
        variables[member] = f"{name}__{first}"
        if first == member:  # others are names of the same one
            listed.append(variables[member])
            lines.append(f"{variables[member]}: {name} = {name}({member!r}, {value!r})")
    code = _CODE.format(
        name=name,
        type=type,
        members="\n".join(lines),
        listed=", ".join(listed),
        own=own,
        text="self.value" if is_text else f'f"{name}.{{self.name}}"',
    )
    return code, variables


class _Uses(WholeEnums):
    """Rewrites what the module says of its enums."""

    def __init__(self, enums: dict[str, dict[str, str]]) -> None:
        self.enums = enums

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        self.generic_visit(node)
        match node:
            case ast.Attribute(value=ast.Name(id=name), attr="__members__") if name in self.enums:
                keys: list[ast.expr | None] = [ast.Constant(each) for each in self.enums[name]]
                members = [ast.Name(each, ast.Load()) for each in self.enums[name].values()]
                return placed(node, ast.Dict(keys, members))
        variable = self.member(node)
        return node if variable is None else placed(node, ast.Name(variable, ast.Load()))

    def member(self, node: ast.expr) -> str | None:
        """Return the variable of the member that `Enum.NAME` stands for."""
        match node:
            case ast.Attribute(value=ast.Name(id=name), attr=member) if name in self.enums:
                return self.enums[name].get(member)
        return None

    def visit_Call(self, node: ast.Call) -> ast.expr:
        super().visit_Call(node)
        match node.func:
            case ast.Name(id=name) if name in self.enums:
                is_member = len(node.args) == 2 and node.lineno == node.args[0].lineno
                if not (is_member and isinstance(node.args[0], ast.Constant)):
                    node.func.id = f"{name}__of"
        return node

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        self.generic_visit(node)
        match node.value:
            case ast.Name(id=name) if name in self.enums:
                called = ast.Call(ast.Name(f"{name}__named", ast.Load()), [node.slice], [])
                return placed(node, called)
        return node

    def listed(self, node: ast.expr) -> ast.expr:
        if isinstance(node, ast.Name) and node.id in self.enums:
            return placed(node, ast.Name(f"{node.id}__members", ast.Load()))
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        last = node.body[-1]
        gives = node.returns is not None and ast.unparse(node.returns) != "None"
        if gives and isinstance(last, ast.Match) and self.covers_all(last):
            otherwise = ast.copy_location(ast.MatchAs(None, None), last)
            never = placed(last, ast.Assert(ast.Constant(False)))
            last.cases.append(ast.match_case(otherwise, None, [never]))
        self.generic_visit(node)
        return node

    def covers_all(self, node: ast.Match) -> bool:
        """True for a `match` on every member of one enum, after which nothing follows."""
        named: set[tuple[str, str]] = set()
        for case in node.cases:
            patterns = (
                case.pattern.patterns if isinstance(case.pattern, ast.MatchOr) else [case.pattern]
            )
            for each in patterns:
                if case.guard is not None or not isinstance(each, ast.MatchValue):
                    return False
                if self.member(each.value) is not None:
                    named.add((each.value.value.id, each.value.attr))
        owners = {owner for owner, _ in named}
        return len(owners) == 1 and all(len(self.enums[owner]) == len(named) for owner in owners)

    def visit_match_case(self, node: ast.match_case) -> ast.match_case:
        tests: list[ast.expr] = []
        node.pattern = self.without_members(node.pattern, tests)
        if tests:
            parts = tests if node.guard is None else [*tests, node.guard]
            whole = parts[0] if len(parts) == 1 else ast.BoolOp(ast.And(), parts)
            node.guard = placed(node.pattern, whole)
        self.generic_visit(node)
        return node

    def without_members(self, pattern: ast.pattern, tests: list[ast.expr]) -> ast.pattern:
        """Return the pattern with a hidden name for each member in it, and add what is to be tested of that."""
        patterns = pattern.patterns if isinstance(pattern, ast.MatchOr) else [pattern]
        wanted = [
            self.member(each.value) if isinstance(each, ast.MatchValue) else None
            for each in patterns
        ]
        if None not in wanted:
            name = f".case.{pattern.lineno}.{pattern.col_offset}"
            either: list[ast.expr] = [
                ast.Compare(ast.Name(name, ast.Load()), [ast.Is()], [ast.Name(each, ast.Load())])
                for each in wanted
            ]
            tests.append(either[0] if len(either) == 1 else ast.BoolOp(ast.Or(), either))
            return ast.copy_location(ast.MatchAs(None, name), pattern)
        match pattern:
            case ast.MatchSequence() | ast.MatchMapping():
                pattern.patterns = [self.without_members(each, tests) for each in pattern.patterns]
            case ast.MatchClass():
                pattern.patterns = [self.without_members(each, tests) for each in pattern.patterns]
                named = [self.without_members(each, tests) for each in pattern.kwd_patterns]
                pattern.kwd_patterns = named
            case ast.MatchAs(pattern=ast.pattern() as inner):
                pattern.pattern = self.without_members(inner, tests)
        return pattern
