"""IR types as LLVM types, and how results and exceptions share the return registers.

A *leaf* is a scalar inside a type: a scalar type is its own only leaf, an aggregate has those of its
items, in order. In memory leaves lie as the fields of a C struct do.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from compiler.ir import AggregateType, FunctionType, IRType

_SPECIAL = {
    "ptr": "ptr",
    "ref": "ptr",
    "weak": "ptr",
    "f32": "float",
    "f64": "double",
    "void": "void",
}


class Leaf(NamedTuple):
    """A scalar of a type: as a value, in memory, and where."""

    llvm: str  # its LLVM type as a value
    in_memory: str  # where it is stored: an i1 is an i8
    offset: int
    size: int  # natural alignment, too


@cache
def scalar(type: IRType) -> str:
    """Return the LLVM type of a scalar, or "void"."""
    return _SPECIAL.get(type.name, type.name)


@cache
def leaves(type: IRType) -> tuple[Leaf, ...]:
    """Return the leaves of a type with their places in memory."""
    if isinstance(type, AggregateType):
        return tuple(leaf for item in _placed_items(type) for leaf in item)
    if type.name == "void":
        return ()
    size = max(1, type.bits // 8)
    return (Leaf(scalar(type), "i8" if type.bits == 1 else scalar(type), 0, size),)


@cache
def item_leaves(type: AggregateType, index: int) -> tuple[int, int]:
    """Return which leaves, from and up to, are those of one item of an aggregate."""
    start = sum(len(leaves(item)) for item in type.items[:index])
    return start, start + len(leaves(type.items[index]))


@cache
def memory_layout(type: IRType) -> tuple[int, int]:
    """Return size and alignment in memory."""
    if not isinstance(type, AggregateType):
        size = max(1, type.bits // 8)
        return size, size
    end, align = 0, 1
    for item in type.items:
        item_size, item_align = memory_layout(item)
        end = _round_up(end, item_align) + item_size
        align = max(align, item_align)
    return _round_up(end, align), align


def _placed_items(type: AggregateType) -> list[list[Leaf]]:
    placed, end = [], 0
    for item in type.items:
        size, align = memory_layout(item)
        start = _round_up(end, align)
        placed.append([leaf._replace(offset=start + leaf.offset) for leaf in leaves(item)])
        end = start + size
    return placed


def _round_up(offset: int, align: int) -> int:
    return (offset + align - 1) // align * align


@dataclass(frozen=True)
class Result:
    """How a function gives back its result and, if it may raise, its exception.

    `members` are the LLVM types of what it returns, as one struct unless there is a single one.
    The leaves of the result start at `first`. `object` is the member that holds the exception
    object, and the class is the last.
    """

    members: tuple[str, ...]
    first: int
    raises: bool

    @property
    def llvm(self) -> str:
        """The LLVM type that the function returns."""
        if not self.members:
            return "void"
        if len(self.members) == 1 and not self.raises:
            return self.members[0]
        return "{" + ", ".join(self.members) + "}"

    @property
    def object(self) -> int:
        return 0

    @property
    def exception_class(self) -> int:
        return len(self.members) - 1


@cache
def result_of(type: FunctionType) -> Result:
    """Return how a function of this type returns. It raises unless `may_raise` is False."""
    members = tuple(leaf.llvm for leaf in leaves(type.result))
    if type.may_raise is False:
        return Result(members, 0, raises=False)
    if members and members[0] in _CARRIERS:
        return Result((_CARRIERS[members[0]], *members[1:], "ptr"), 0, raises=True)
    return Result(("ptr", *members, "ptr"), 1, raises=True)


# What can hold an exception object in place of a value, and as what both are passed.
_CARRIERS = {"ptr": "ptr", "i1": "i64", "i8": "i64", "i16": "i64", "i32": "i64", "i64": "i64"}
_CARRIERS["i128"] = "i128"
