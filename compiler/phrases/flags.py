"""Classes derived from `Flag`, in the program's own file: ordinary classes whose objects hold bits.

    class Perm(Flag):                   class Perm:
        READ = auto()                       value: int; name, __or__, __and__, __contains__, __iter__, ...
        WRITE = auto()          ->
        BOTH = READ | WRITE             Perm__known: dict[int, Perm] = {}
                                        def Perm__of(value: int) -> Perm: ...
                                        Perm__READ: Perm = Perm__of(1)

There is one object of each value, as in CPython, so `is` compares flags as `==` does. What the module says of
them is rewritten as for other enums (enumerations.py).

Source: Python Library Reference, module enum; CPython 3.11, Lib/enum.py, for the texts.
"""

from __future__ import annotations

import ast

_CODE = """
class {name}:
    value: int

    def __init__(self, own: str, value: int) -> None:
        self.value = value

    @property
    def name(self) -> str:
        named = {name}__names.get(self.value)
        if named is not None:
            return named
        if self.value == 0:
            raise AttributeError("a {name} without flags has no name")
        return "|".join([{name}__names[each.value] for each in self])

    def __str__(self) -> str:
        if self.value == 0 and 0 not in {name}__names:
            return "{name}(0)"
        return f"{name}.{{self.name}}"

    def __format__(self, spec: str) -> str:
        return f"{{str(self):{{spec}}}}"

    def __repr__(self) -> str:
        if self.value == 0 and 0 not in {name}__names:
            return "<{name}: 0>"
        return f"<{name}.{{self.name}}: {{self.value}}>"

    def __or__(self, other: "{name}") -> "{name}":
        return {name}__of(self.value | other.value)

    def __and__(self, other: "{name}") -> "{name}":
        return {name}__of(self.value & other.value)

    def __xor__(self, other: "{name}") -> "{name}":
        return {name}__of(self.value ^ other.value)

    def __invert__(self) -> "{name}":
        return {name}__of({mask} & ~self.value)

    def __contains__(self, other: "{name}") -> bool:
        return other.value & self.value == other.value

    def __iter__(self) -> _Iterator["{name}"]:
        for member in {name}__members:
            if member.value & self.value:
                yield member

    def __len__(self) -> int:
        return self.value.bit_count()

    def __bool__(self) -> bool:
        return self.value != 0

    def __eq__(self, other: "{name}") -> bool:
        return self is other

    def __hash__(self) -> int:
        return hash(self.value)

{name}__names: dict[int, str] = {names}
{name}__known: dict[int, {name}] = {{}}

def {name}__of(value: int) -> {name}:
    whole = value + {above} if -{above} <= value < 0 else value
    found = {name}__known.get(whole)
    if found is not None:
        return found
    if whole & ~{mask} or whole < 0:
        width = max(value.bit_length(), {width})
        given = f"0b0 {{value:0{{width}}b}}" if value >= 0 else f"{{value:b}}"
        raise ValueError(
            f"<flag '{name}'> invalid value {{value}}\\n    given {{given}}\\n  allowed 0b0 {{{mask}:0{{width}}b}}"
        )
    made = {name}("", whole)
    {name}__known[whole] = made
    return made

{members}
{name}__members: list[{name}] = [{listed}]

def {name}__named(name: str) -> {name}:
    for value, each in {name}__names.items():
        if each == name:
            return {name}__of(value)
    raise KeyError(name)
"""


def numbers(node: ast.ClassDef, is_flag: bool = True) -> dict[str, int]:
    """Return the numbers of the members of a class; empty if they cannot be told. `is_flag`: auto() is the
    next bit, and not the next number."""
    found: dict[str, int] = {}
    for statement in node.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                if ast.unparse(value) in ("auto()", "enum.auto()"):
                    highest = max(found.values(), default=0)
                    found[name] = 1 << highest.bit_length() if is_flag else highest + 1
                    continue
                number = _number(value, found)
                if number is None:
                    return {}
                found[name] = number
    return found


def _number(node: ast.expr, members: dict[str, int]) -> int | None:
    """Return the number that an expression of constants and members is."""
    match node:
        case ast.Constant(value=int(number)) if not isinstance(number, bool):
            return number
        case ast.Name(id=name):
            return members.get(name)
        case ast.BinOp(left=left, op=op, right=right):
            sides = _number(left, members), _number(right, members)
            if None in sides or type(op) not in _OPERATORS:
                return None
            return _OPERATORS[type(op)](*sides)
    return None


_OPERATORS = {
    ast.BitOr: lambda a, b: a | b,
    ast.BitAnd: lambda a, b: a & b,
    ast.BitXor: lambda a, b: a ^ b,
    ast.LShift: lambda a, b: a << b if 0 <= b < 64 else None,
    ast.Add: lambda a, b: a + b,
}


def code(name: str, members: dict[str, int]) -> tuple[str, dict[str, str]]:
    """Return the source of what a class of flags becomes, and the variables of its members by name."""
    names: dict[int, str] = {}
    variables: dict[str, str] = {}
    lines: list[str] = []
    for member, value in members.items():
        names.setdefault(value, member)
        variables[member] = f"{name}__{names[value]}"
        if names[value] == member:  # others are names of the same one
            lines.append(f"{variables[member]}: {name} = {name}__of({value})")
    mask = 0
    for value in names:
        mask |= value
    single = [value for value in names if value.bit_count() == 1]
    text = _CODE.format(
        name=name,
        names=names,
        mask=mask,
        above=1 << mask.bit_length(),
        width=mask.bit_length(),
        members="\n".join(lines),
        listed=", ".join(f"{name}__{names[value]}" for value in single),
    )
    return text, variables
