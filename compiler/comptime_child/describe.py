"""Values of the child, written down for its parent.

None, bool, float, str, bytes and plain int stand for themselves. All else is a tuple:

    ("int", type, number)                    of a fixed width; f32
    ("enum", module, class, number)
    ("tuple", values)
    ("function", module, qualified name)
    ("object", number)                       an Array, or an instance of a class of the program
    ("pointer", element type, memory, offset)
    ("address", element type, number)        a pointer to no object
    ("borrowed", element type, value)        a pointer to a class instance
    ("slice", element type, memory, offset, length)
    ("other", what)                          nothing that a program can hold, such as a list

With a value come the objects that it reaches and that were not described before,

    (number, type, {field: value} or [elements])

and what owns the memories that its pointers lead into,

    (memory, ("variable", module, name) or ("object", number, field or None))

A type is a tuple: ("u8",), ("None",), ("Ptr", T), ("Array", T, length), ("optional", T),
("tuple", types), ("Callable", types, result), ("class", module, name, arguments), ("other", text).

Invariant: an object has one number, however often and in whichever answer it is described.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable
from enum import Enum
from typing import Any

import lang
from compiler.comptime_child.guard import PREFIX, Refused
from lang import annotations, storage
from lang.integers import FixedInt
from lang.layout import representation
from lang.places import is_in_place, view

_WORDS = ("Ptr", "Slice", "Atomic", "Volatile", "PerCpu", "UserPtr", "UserSlice")


class Describer:
    def __init__(self) -> None:
        self.numbers: dict[Any, int] = {}  # of objects, by identity
        self.alive: list[Any] = []  # what was seen, so that no identity is used a second time
        self.owners: dict[int, tuple] = {}  # of memories, by identity
        self.names: dict[int, str] = {}  # that memories were first bound to, by identity
        self.memories: dict[int, int] = {}  # the numbers of those that pointers lead into
        self.anonymous: set[int] = set()  # those that nothing owns but pointers
        self.described_now: Any = None  # the one of these that is being described
        self.objects: list[tuple] = []  # of this answer
        self.pointed: dict[int, tuple[Any, Any]] = {}  # of this answer: memory, element type

    def bind(self, value: Any, module: str, name: str, is_variable: bool) -> None:
        """Note that a module's name is bound to a value in place. A variable owns its memory."""
        if not _is_place(value) and not isinstance(value, lang.PerCpu):
            return
        key = id(value._memory)
        self.alive.append(value._memory)
        first = self.names.setdefault(key, name)
        if is_variable:
            if first != name:
                raise Refused(
                    f"'{name}' would be the same object as '{first}'", f"write copy({first})"
                )
            self.owners[key] = ("variable", module, name)

    def describe(self, value: Any) -> tuple[Any, list, list]:
        """Return a value, the new objects that it reaches, and the owners of memories."""
        self.objects, self.pointed = [], {}
        described = self.value(value)
        owners = []
        while self.pointed:
            key, (memory, element) = self.pointed.popitem()
            if key not in self.owners:
                self.describe_anonymous(memory, element)
            owners.append((self.memories[key], self.owners[key]))
        return described, self.objects, owners

    # Values ---------------------------------------------------------------------------------------

    def value(self, value: Any) -> Any:
        kind = type(value)
        if value is None or kind in (bool, float, str, bytes, int):
            return value
        if isinstance(value, Enum) and isinstance(value, int):
            return ("enum", _module_of(kind), kind.__qualname__, int(value))
        if isinstance(value, FixedInt):
            return ("int", kind.__name__, int(value))
        if isinstance(value, lang.f32):
            return ("int", "f32", float(value))
        if kind is tuple:
            return ("tuple", [self.value(item) for item in value])
        if isinstance(value, lang.CFunction):
            return self.code(value)
        if isinstance(value, types.FunctionType):
            return _function(value)
        if isinstance(value, lang.Ptr):
            return self.pointer(value)
        if isinstance(value, lang.Slice):
            memory = self.memory(value._memory, value.element)
            return ("slice", describe_type(value.element), memory, value._offset, len(value))
        if isinstance(value, lang.Atomic | lang.Volatile | lang.PerCpu | lang.Rcu):
            return self.value(value.load())
        if isinstance(value, lang.Weak):
            return self.value(value.get())
        if isinstance(value, lang.Array) or _is_of_program(kind):
            return ("object", self.object(value))
        return ("other", kind.__name__)

    def code(self, code: Any) -> tuple:
        if code._function is None:
            return ("int", "u64", int(code.address))
        return _function(code._function)

    def pointer(self, pointer: Any) -> tuple:
        element = describe_type(pointer.element)
        memory = pointer._memory
        if memory is None and pointer.address in storage._instances:
            return ("borrowed", element, self.value(storage.find_instance(pointer.address)))
        if memory is None:
            try:
                memory = storage.find(int(pointer.address))
            except ValueError:
                return ("address", element, int(pointer.address))
        number = self.memory(memory, pointer.element)
        return ("pointer", element, number, int(pointer.address) - memory.base)

    def memory(self, memory: Any, element: Any) -> int:
        """Return the number of a memory that something points into."""
        self.alive.append(memory)
        self.pointed.setdefault(id(memory), (memory, element))
        return self.memories.setdefault(id(memory), len(self.memories))

    # Objects --------------------------------------------------------------------------------------

    def object(self, value: Any) -> int:
        """Return the number of an object, describing it the first time."""
        in_place = _is_place(value)
        key = (id(value._memory), value._offset, type(value)) if in_place else id(value)
        if key in self.numbers:
            return self.numbers[key]
        number = self.numbers[key] = len(self.numbers)
        self.alive.append(value)
        if in_place and value._offset == 0 and value._memory is not self.described_now:
            self.claim(value._memory, ("object", number, None))
        is_array = isinstance(value, lang.Array)
        content = [self.value(item) for item in value] if is_array else self.fields(value, number)
        kind = getattr(
            value, "__orig_class__", type(value)
        )  # with the arguments of a generic class
        self.objects.append((number, describe_type(kind), content))
        return number

    def fields(self, value: Any, number: int) -> dict[str, Any]:
        """Describe the fields that an instance has set, or its class has a default for."""
        content = {}
        for cls in reversed(type(value).__mro__):
            if not _is_of_program(cls) or "__annotations__" not in vars(cls):
                continue
            for name in annotations.field_names(cls):
                if not hasattr(value, name):
                    continue
                field = getattr(value, name)
                if _is_place(field) and not _is_place(value):
                    self.claim(field._memory, ("object", number, name))
                content[name] = self.value(field)
        return content

    def claim(self, memory: Any, owner: tuple) -> None:
        """Note what owns a memory, unless a variable or an outer object does."""
        if id(memory) in self.anonymous:
            raise Refused("a pointer into this object was used before the object itself")
        self.alive.append(memory)
        self.owners.setdefault(id(memory), owner)

    def describe_anonymous(self, memory: Any, element: Any) -> None:
        """Describe a memory that only pointers lead to, as an array of what they point at."""
        self.anonymous.add(id(memory))
        count = len(memory.data) // representation(element).size
        array = view(lang.Array[element, count], memory, 0)
        number = self.numbers[id(memory), 0, type(array)] = len(self.numbers)
        self.owners[id(memory)] = ("object", number, None)
        self.described_now = memory
        content = [self.value(item) for item in array]
        self.described_now = None
        self.objects.append((number, describe_type(type(array)), content))


def _is_place(value: Any) -> bool:
    return not isinstance(value, lang.Ptr | lang.Slice) and is_in_place(value)


def _function(function: types.FunctionType) -> tuple:
    function = getattr(function, "__target__", function)
    if "<" in function.__qualname__:
        return ("other", "function inside a function")
    return ("function", _module_of(function), function.__qualname__)


def describe_type(kind: Any) -> tuple:
    """Return a type as the tuple that the module's docstring shows."""
    if kind is None or kind is type(None):
        return ("None",)
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        inner = [each for each in arguments if each is not type(None)]
        return ("optional", describe_type(inner[0]))
    if origin is tuple:
        return ("tuple", [describe_type(each) for each in arguments])
    if origin in (lang.Rcu, lang.Weak):
        return (origin.__name__, describe_type(arguments[0]))
    if origin is Callable:
        return (
            "Callable",
            [describe_type(each) for each in arguments[0]],
            describe_type(arguments[1]),
        )
    if isinstance(origin, type) and _is_of_program(origin):
        return _class(origin, arguments)
    if not isinstance(kind, type):
        return ("other", str(kind))
    if issubclass(kind, lang.Array):
        return ("Array", describe_type(kind.element), kind.length)
    for word in _WORDS:
        if issubclass(kind, getattr(lang, word)):
            return (word, describe_type(kind.element))
    if not _is_of_program(kind):
        return (kind.__name__,)
    bindings = vars(kind)["__struct__"].bindings if "__struct__" in vars(kind) else {}
    return _class(kind.__bases__[0], tuple(bindings.values())) if bindings else _class(kind, ())


def _class(kind: type, arguments: tuple) -> tuple:
    return ("class", _module_of(kind), kind.__qualname__, [describe_type(a) for a in arguments])


def _module_of(what: Any) -> str:
    return (what.__module__ or "").removeprefix(PREFIX)


def _is_of_program(kind: type) -> bool:
    return kind.__module__.startswith(PREFIX)
