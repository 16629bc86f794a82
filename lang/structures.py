"""Structs, packed structs, unions and bit-fields.

`@struct` replaces each annotated field of a class by a descriptor that loads and stores the bytes of
the field, and gives the class a constructor that takes the fields in order, by position or by name. A
field that is left out is what the class body says, or else zero.

Bit-fields that follow each other over the same integer type share one unit of it, from the lowest bit
up; one that does not fit begins the next unit.

Invariant: the offsets, sizes and alignments are those of the compiled code.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from lang import annotations
from lang.integers import FixedInt
from lang.layout import Representation, align_up, representation
from lang.places import InPlace, allocate
from lang.storage import Memory

C = TypeVar("C", bound=type)


class Bits:
    """`Bits[u64, 3]`: a bit-field of 3 bits in a u64."""

    unit: type[FixedInt]
    width: int

    @classmethod
    @functools.cache
    def __class_getitem__(cls, arguments: tuple[type[FixedInt], int]) -> type[Bits]:
        unit, width = arguments
        if not 0 < width <= unit.bits:
            raise TypeError(f"a bit-field of {width} bits in a {unit.__name__}")
        return type(f"Bits[{unit.__name__}, {width}]", (Bits,), {"unit": unit, "width": width})


@dataclass(frozen=True)
class Field:
    """Where one field lies; `low` and `width` are the place of a bit-field in its unit."""

    representation: Representation
    offset: int
    low: int = 0
    width: int | None = None

    def load(self, memory: Memory, start: int) -> Any:
        value = self.representation.load(memory, start + self.offset)
        if self.width is None:
            return value
        return type(value)((int(value) >> self.low) & self.mask)

    def store(self, memory: Memory, start: int, value: Any) -> None:
        if self.width is not None:
            if not 0 <= value <= self.mask:
                raise OverflowError(f"{int(value)} does not fit {self.width} bits")
            unit = int(self.representation.load(memory, start + self.offset))
            value = unit & ~(self.mask << self.low) | int(value) << self.low
        self.representation.store(memory, start + self.offset, value)

    @property
    def mask(self) -> int:
        return (1 << self.width) - 1


class StructRepresentation(InPlace):
    """A struct's fields with their places, in order."""

    def __init__(self, kind: type, fields: dict[str, Field], size: int, alignment: int) -> None:
        options = kind.__struct__
        pinned = options.pinned or any(
            getattr(field.representation, "pinned", False) for field in fields.values()
        )
        super().__init__(kind, size, alignment, pinned=pinned)
        self.fields = fields
        self.required = {
            name
            for name, field in fields.items()
            if not field.representation.zero_is_valid and name not in options.defaults
        }
        self.zero_is_valid = all(field.representation.zero_is_valid for field in fields.values())


@dataclass(frozen=True)
class StructOptions:
    """What the decorator was given, and the defaults that the class body states."""

    pinned: bool
    packed: bool
    union: bool
    align: int
    defaults: dict[str, Any]
    bindings: dict[Any, Any]


def struct(cls: C | None = None, *, pinned: bool = False, align: int = 1) -> Any:
    """Make a class a value with the layout of a C struct; `pinned` ones never move."""
    return _decorate(cls, pinned=pinned, align=align)


def packed(cls: C | None = None, *, pinned: bool = False, align: int = 1) -> Any:
    """Make a class a struct without padding, as hardware and file formats have them."""
    return _decorate(cls, pinned=pinned, packed=True, align=align)


def union(cls: C | None = None, *, pinned: bool = False, align: int = 1) -> Any:
    """Make a class a value all of whose fields start at its first byte."""
    return _decorate(cls, pinned=pinned, union=True, align=align)


def _decorate(
    cls: C | None,
    *,
    pinned: bool = False,
    packed: bool = False,
    union: bool = False,
    align: int = 1,
) -> C | Callable[[C], C]:
    if cls is None:
        return functools.partial(_decorate, pinned=pinned, packed=packed, union=union, align=align)
    names = annotations.field_names(cls)
    defaults = {name: cls.__dict__[name] for name in names if name in cls.__dict__}
    cls.__struct__ = StructOptions(pinned, packed, union, align, defaults, {})
    for name in names:
        setattr(cls, name, _FieldDescriptor(name))
    cls.__new__ = _new
    if "__init__" not in cls.__dict__:
        cls.__init__ = _init
    if "__eq__" not in cls.__dict__:
        cls.__eq__ = _is_same_place
        cls.__hash__ = _hash_of_place
    if "__repr__" not in cls.__dict__:
        cls.__repr__ = _repr
    cls._representation = classmethod(_layout)
    if getattr(cls, "__parameters__", ()):
        cls.__class_getitem__ = classmethod(functools.cache(_specialise))
    return cls


class _FieldDescriptor:
    """The attribute that reads and writes one field of a struct."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, instance: Any, kind: type) -> Any:
        if instance is None:
            return self
        field = representation(kind).fields[self.name]
        return field.load(instance._memory, instance._offset)

    def __set__(self, instance: Any, value: Any) -> None:
        field = representation(type(instance)).fields[self.name]
        field.store(instance._memory, instance._offset, value)


def _new(cls: type, *values: Any, **named: Any) -> Any:
    result = allocate(cls)
    for name, value in cls.__struct__.defaults.items():
        setattr(result, name, value)
    return result


def _init(self: Any, *values: Any, **named: Any) -> None:
    layout = representation(type(self))
    if len(values) > len(layout.fields):
        raise TypeError(f"{type(self).__name__} has {len(layout.fields)} fields")
    positional = dict(zip(layout.fields, values, strict=False))
    for name in named:
        if name in positional or name not in layout.fields:
            raise TypeError(f"{type(self).__name__} takes no further field {name!r}")
    given = positional | named
    for name in layout.required - given.keys():
        raise TypeError(f"{type(self).__name__} needs {name!r}: zero is no valid value of it")
    for name, value in given.items():
        setattr(self, name, value)


def _is_same_place(self: Any, other: Any) -> bool:
    if type(self) is not type(other):
        return NotImplemented
    return self._memory is other._memory and self._offset == other._offset


def _hash_of_place(self: Any) -> int:
    return hash((id(self._memory), self._offset))


def _repr(self: Any) -> str:
    names = representation(type(self)).fields
    return f"{type(self).__name__}({', '.join(f'{n}={getattr(self, n)!r}' for n in names)})"


def _specialise(cls: type, arguments: Any) -> type:
    """Return the class with its type variables bound: `Pair[u64]`."""
    given = arguments if isinstance(arguments, tuple) else (arguments,)
    bindings = dict(zip(cls.__parameters__, given, strict=True))
    names = ", ".join(getattr(argument, "__name__", str(argument)) for argument in given)
    specialised = type(f"{cls.__name__}[{names}]", (cls,), {"__module__": cls.__module__})
    old = cls.__struct__
    specialised.__struct__ = StructOptions(
        old.pinned, old.packed, old.union, old.align, old.defaults, bindings
    )
    return specialised


def _layout(cls: type) -> Representation:
    """Place the fields, as the module's docstring says."""
    options = cls.__struct__
    declared = cls.__bases__[0] if options.bindings else cls
    fields: dict[str, Field] = {}
    end = 0
    alignment = options.align
    unit: type[FixedInt] | None = None  # that of the bit-fields which may still be extended
    unit_start = used = 0

    for name, kind in annotations.resolve(declared, options.bindings).items():
        is_bits = isinstance(kind, type) and issubclass(kind, Bits)
        lies_as = representation(kind.unit if is_bits else kind)
        step = 1 if options.packed else lies_as.alignment
        alignment = max(alignment, step)

        if options.union:
            fields[name] = Field(lies_as, 0, 0, kind.width if is_bits else None)
            end = max(end, lies_as.size)
        elif is_bits and unit is kind.unit and used + kind.width <= kind.unit.bits:
            fields[name] = Field(lies_as, unit_start, used, kind.width)
            used += kind.width
        else:
            start = align_up(end, step)
            fields[name] = Field(lies_as, start, 0, kind.width if is_bits else None)
            end = start + lies_as.size
            unit = kind.unit if is_bits else None
            unit_start, used = start, kind.width if is_bits else 0

    return StructRepresentation(cls, fields, align_up(end, alignment), alignment)
