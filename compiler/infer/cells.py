"""Cells: what is known of the type of a place in a program, and how it is written.

    kinds       what may be there: the name of a type, and the cells of its arguments
    is_null     None may be there, too
    is_fixed    an annotation says it: nothing more is added
    takes_none  all the same None is, since the code asks for it
    is_number   an annotation says float, where Python takes an int as well, and keeps it one

A cell fills up as values are found to flow into it. Those of arguments, such as the T of `list[T]`, are
shared by all places that hold the same object, and are joined to one.
"""

from __future__ import annotations

import ast

SEQUENCES = ("list", "set", "frozenset", "deque", "Iterable", "Iterator", "Sequence", "Collection")
MAPPINGS = ("dict", "defaultdict", "OrderedDict", "Mapping", "MutableMapping")
_VALUES = ("bool", "int", "float", "str", "bytes")
_UNSPOKEN = ("class ", "range")  # kinds of values that no annotation names


class Cell:
    """What is known of one place; `find` gives the cell that it was joined to."""

    __slots__ = ("is_fixed", "is_null", "is_number", "joined", "kinds", "takes_none")

    def __init__(self, name: str = "", *arguments: Cell) -> None:
        self.kinds: dict[str, list[Cell]] = {name: list(arguments)} if name else {}
        self.is_null = False
        self.is_fixed = False
        self.takes_none = False
        self.is_number = False
        self.joined: Cell | None = None

    def find(self) -> Cell:
        cell = self
        while cell.joined is not None:
            cell = cell.joined
        return cell

    def of(self, name: str) -> list[Cell] | None:
        """Return the arguments of a kind that the cell has; None if it has not."""
        return self.find().kinds.get(name)


class Changes:
    """Adds to cells, and remembers whether anything was new."""

    def __init__(self) -> None:
        self.happened = False
        self.asks_all = False  # what nothing is known of counts as a float where one is wanted

    def add(self, cell: Cell, name: str, *arguments: Cell) -> list[Cell]:
        """Add a kind to a cell; its arguments are joined with those that are there."""
        cell = cell.find()
        there = cell.kinds.get(name)
        if there is None:
            if cell.is_fixed or (cell.is_number and name not in ("int", "float")):
                return list(arguments)
            cell.kinds[name] = list(arguments)
            self.happened = True
            return list(arguments)
        if len(there) == len(arguments):
            for mine, other in zip(there, arguments):
                self.join(mine, other)
        return there

    def add_null(self, cell: Cell) -> None:
        cell = cell.find()
        if not cell.is_null and (cell.takes_none or not cell.is_fixed):
            cell.is_null = True
            self.happened = True

    def join(self, one: Cell, other: Cell) -> None:
        """Make one cell of two."""
        one, other = one.find(), other.find()
        if one is other or (one.is_fixed and other.is_fixed):
            return
        if other.is_fixed and not one.is_fixed:
            one, other = other, one
        self.happened = True
        other.joined = one
        one.takes_none = one.takes_none or other.takes_none
        one.is_number = (one.is_number or other.is_number) and not one.is_fixed
        if other.is_null:
            one.is_null = True
        for name, arguments in other.kinds.items():
            there = one.kinds.get(name)
            if there is None:
                is_odd = one.is_number and name not in ("int", "float")
                if not one.is_fixed and not is_odd:
                    one.kinds[name] = arguments
            elif len(there) == len(arguments):
                for mine, theirs in zip(there, arguments):
                    self.join(mine, theirs)

    def flow(self, source: Cell, target: Cell) -> None:
        """What is in one cell may come to be in another."""
        source, target = source.find(), target.find()
        if source is target:
            return
        if source.is_null:
            self.add_null(target)
        if self.asks_all and target.is_number and not (source.kinds or source.is_null):
            self.add(target, "float")
        for name, arguments in list(source.kinds.items()):
            if target.is_fixed and name not in target.kinds:
                self.flow_into_protocol(name, arguments, target)
            elif name == "tuple" and name in target.kinds:
                there = target.kinds[name]
                if len(there) == len(arguments):
                    for mine, theirs in zip(arguments, there):
                        self.flow(mine, theirs)
            else:
                self.add(target, name, *arguments)

    def flow_into_protocol(self, name: str, arguments: list[Cell], target: Cell) -> None:
        """A list where an Iterable is wanted gives it its items."""
        for wanted, there in list(target.kinds.items()):
            if (
                wanted == "tuple*"
                and name == "tuple"
                or wanted in SEQUENCES
                and name == "tuple"
                and there
            ):
                for each in arguments:
                    self.flow(each, there[0])
            elif wanted in SEQUENCES and there and arguments and name in SEQUENCES + MAPPINGS:
                self.flow(arguments[0], there[0])
            elif wanted in MAPPINGS and len(there) == 2 == len(arguments):
                self.flow(arguments[0], there[0])
                self.flow(arguments[1], there[1])


def written(cell: Cell, bases: dict[str, list[str]], depth: int = 0) -> str | None:
    """Return the annotation that says what is in a cell; None if it is not known.

    bases: of each class of the program, those that it derives from, nearest first.
    """
    cell = cell.find()
    if depth > 8 or not cell.kinds:
        return None
    parts = []
    kinds = _without_literal_tuples(cell.kinds)
    for name, arguments in kinds.items():
        inside = [written(each, bases, depth + 1) for each in arguments]
        if name == "Generator":  # what is never sent or returned is None
            inside[1:] = [each or "None" for each in inside[1:]]
        if name.startswith(_UNSPOKEN) or None in inside:
            return None
        if name == "Callable" and not inside:
            return None
        if name == "Callable":
            parts.append(f"Callable[[{', '.join(inside[:-1])}], {inside[-1]}]")
        elif name == "tuple*":
            parts.append(f"tuple[{inside[0]}, ...]")
        elif name == "tuple" and not inside:
            parts.append("tuple[()]")
        elif name in ("Match", "Pattern") and name not in bases:
            parts.append(f"re.{name}")
        else:
            parts.append(f"{name}[{', '.join(inside)}]" if inside else name)
    if parts == ["None"]:
        return "None"
    if "tuple[()]" in parts and len(parts) > 1 and not isinstance(_shared_item(cell, bases), str):
        return None
    if "tuple[()]" in parts and len(parts) > 1:
        return f"Iterable[{_shared_item(cell, bases)}]"
    parts = [each for each in parts if each != "None"]
    if len(parts) > 1:
        parts = _together(parts, bases)
    if parts is None:
        return None
    is_null = cell.is_null or "None" in cell.kinds
    return " | ".join([*parts, "None"] if is_null else parts)


def _without_literal_tuples(kinds: dict[str, list[Cell]]) -> dict[str, list[Cell]]:
    """Return what a cell holds, where tuples of any length stand for the written ones beside them."""
    if "tuple*" not in kinds or "tuple" not in kinds:
        return kinds
    inside = [*kinds["tuple"], *kinds["tuple*"]]
    texts = {written(each, {}, 1) for each in inside}
    if len(texts) > 1:
        return kinds
    return {name: arguments for name, arguments in kinds.items() if name != "tuple"}


def taken_as(cell: Cell, bases: dict[str, list[str]]) -> str | None:
    """Return the annotation of a parameter for ranges, which only a parameter for iterables takes."""
    item = _shared_item(cell.find(), bases) if "range" in cell.find().kinds else None
    return None if item is None else f"Iterable[{item}]"


def _shared_item(cell: Cell, bases: dict[str, list[str]]) -> str | None:
    """Return what all that a cell holds gives where it is iterated; None if there is nothing like that."""
    items: set[str | None] = set()
    for name, arguments in cell.kinds.items():
        if name in SEQUENCES or name == "tuple*":
            items.add(written(arguments[0], bases) if arguments else None)
        elif name == "tuple":
            items |= {written(each, bases) for each in arguments}
        elif name == "range":
            items.add("int")
        else:
            return None
    return items.pop() if len(items) == 1 else None


def _together(parts: list[str], bases: dict[str, list[str]]) -> list[str] | None:
    """Return the parts of a union; the base that classes share stands for all of them."""
    if all(each in bases for each in parts):
        lines = [[each, *bases[each]] for each in parts]
        shared = [each for each in lines[0] if all(each in line for line in lines)]
        return shared[:1] or parts
    if "bool" in parts and {"bool", "float", "int"} >= {*parts}:
        return None
    return sorted(parts, key=lambda each: _VALUES.index(each) if each in _VALUES else 9)


def parsed(text: str, place: ast.AST) -> ast.expr:
    """Return an annotation as syntax that stands where something else does."""
    node = ast.parse(text, mode="eval").body
    for each in ast.walk(node):
        if hasattr(each, "lineno"):
            each.is_told = True  # so nothing evaluates it when the program runs
            ast.copy_location(each, place)
            each.end_lineno, each.end_col_offset = place.end_lineno, place.end_col_offset
    return node
