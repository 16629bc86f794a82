"""The classes of a union of values, as source: its base, and one for each type of value.

An object of the union compares, is shown and is hashed as the value that it holds. In a union of nothing
but numbers the operators give an object of the union again, an int or a float as in Python.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping

Classes = Mapping[str, ast.ClassDef]  # of the program's file, by name

_BASE = """
class {union}(ABC):
    @abstractmethod
    def __kind__(self) -> str: ...
    @abstractmethod
    def __str__(self) -> str: ...
    @abstractmethod
    def __repr__(self) -> str: ...
    @abstractmethod
    def __format__(self, spec: str) -> str: ...
    @abstractmethod
    def __bool__(self) -> bool: ...
    @abstractmethod
    def __hash__(self) -> int: ...
    @abstractmethod
    def __eq__(self, other: object) -> bool: ...
"""
_BOX = """
class {union}__{word}({union}):
    value: {type}
    def __init__(self, value: {type}) -> None:
        self.value = value
    def __kind__(self) -> str:
        return "{kind}"
    def __str__(self) -> str:
        return {text}
    def __repr__(self) -> str:
        return {shown}
    def __format__(self, spec: str) -> str:
        if not spec:
            return {text}
        {formatted}
    def __bool__(self) -> bool:
        return {truth}
    def __hash__(self) -> int:
        {hashed}
    def __eq__(self, other: object) -> bool:
        {equal}
        return False
"""
_NUMBERS = ("bool", "int", "float")
_FORMATTED = (*_NUMBERS, "str")
_UNHASHABLE = ("list", "dict", "set")
_BINARY = {
    "add": "+",
    "sub": "-",
    "mul": "*",
    "truediv": "/",
    "floordiv": "//",
    "mod": "%",
    "pow": "**",
}
_COMPARISONS = {"lt": "<", "le": "<=", "gt": ">", "ge": ">="}


def source_of(union: str, members: list[str], classes: Classes) -> str:
    """Return the source of the classes of a union: first the base, then one for each member."""
    numbers = members if all(each in ("int", "float") for each in members) else []
    text = _BASE.format(union=union)
    if numbers:
        text += "".join(_operators(union, numbers, is_base=True))
    for member in members:
        text += _box(union, member, members, classes)
        if numbers:
            text += "".join(_operators(union, numbers, is_base=False))
    return text


def _box(union: str, member: str, members: list[str], classes: Classes) -> str:
    kind = _kind(member)
    if member in _NUMBERS:
        tested = [each for each in _NUMBERS if each in members]  # a bool is an int, too
    else:
        tested = [f"{union}__{_word(member)}"]
    equal = "\n        ".join(
        f"if isinstance(other, {each}):\n            return self.value == other" for each in tested
    )
    refused = f'raise TypeError("unsupported format string passed to {kind}.__format__")'
    shown, text = "repr(self.value)", "str(self.value)"
    if kind in classes and not _has_text(kind, classes):
        shown = f'"<{kind} object>"'
        text = text if "__str__" in _methods(kind, classes) else shown
    return _BOX.format(
        shown=shown,
        text=text,
        union=union,
        word=_word(member),
        type=member,
        kind=kind,
        equal=equal,
        truth="bool(self.value)" if _may_be_false(member, classes) else "True",
        hashed="return hash(self.value)"
        if _has_hash(kind, classes)
        else f"raise TypeError(\"unhashable type: '{kind}'\")",
        formatted='return f"{self.value:{spec}}"' if kind in _FORMATTED else refused,
    )


def _may_be_false(member: str, classes: Classes) -> bool:
    if member.startswith(("tuple[", "Tuple[")):
        return "..." in member  # all others have items
    if member not in classes:
        return not member[0].isupper() or "[" in member
    return bool(_methods(member, classes) & {"__bool__", "__len__"})


def _has_hash(kind: str, classes: Classes) -> bool:
    if kind in classes:
        words = [ast.unparse(each) for each in classes[kind].decorator_list]
        is_plain_record = any(
            each.startswith("dataclass") and "frozen=True" not in each for each in words
        )
        known = _methods(kind, classes)
        return "__hash__" in known or not is_plain_record and "__eq__" not in known
    return kind not in _UNHASHABLE


def _has_text(name: str, classes: Classes) -> bool:
    """True if objects of a class can be shown by both `str` and `repr`."""
    words = [ast.unparse(each) for each in (*classes[name].decorator_list, *classes[name].bases)]
    is_record = any(each.startswith(("dataclass", "NamedTuple")) for each in words)
    is_foreign = any(each not in classes and each not in ("object", "ABC") for each in words)
    return is_record or is_foreign or "__repr__" in _methods(name, classes)


def _methods(name: str, classes: Classes) -> set[str]:
    """Return the methods of a class and of its bases in the file."""
    found: set[str] = set()
    for node in (classes[name], *(b for b in map(classes.get, _bases(classes[name])) if b)):
        found |= {each.name for each in node.body if isinstance(each, ast.FunctionDef)}
    return found


def _bases(node: ast.ClassDef) -> list[str]:
    return [each.id for each in node.bases if isinstance(each, ast.Name)]


def _operators(union: str, numbers: list[str], is_base: bool) -> list[str]:
    """Return the methods of a union of numbers."""
    methods: list[str] = []

    def method(name: str, parameters: str, result: str, body: str) -> None:
        if is_base:
            methods.append(
                f"    @abstractmethod\n    def __{name}__({parameters}) -> {result}: ...\n"
            )
        else:
            methods.append(f"    def __{name}__({parameters}) -> {result}:\n{body}\n")

    def by_type(expression: str) -> str:
        return (
            f"        if isinstance(other, {numbers[0]}):\n            return {expression}\n"
            f"        return {expression}"
        )

    for name, sign in _BINARY.items():
        method(name, f"self, other: {union}", union, by_type(f"self.value {sign} other"))
        method(f"r{name}", f"self, other: {union}", union, by_type(f"other {sign} self.value"))
    for name, sign in _COMPARISONS.items():
        method(name, f"self, other: {union}", "bool", by_type(f"self.value {sign} other"))
    method("neg", "self", union, "        return -self.value")
    method("abs", "self", union, "        return abs(self.value)")
    method("float", "self", "float", "        return float(self.value)")
    method("round", "self, digits: int", union, "        return round(self.value, digits)")
    method("rounded", "self", "int", "        return round(self.value)")
    method("int", "self", "int", "        return int(self.value)")
    return methods


def _word(member: str) -> str:
    return re.sub(r"\W+", "_", member).strip("_")


def _kind(member: str) -> str:
    """Return what Python calls the type of a value."""
    name = re.match(r"[\w.]+", member)[0].rpartition(".")[2]
    return name.lower() if name in ("List", "Dict", "Set", "Tuple") else name
