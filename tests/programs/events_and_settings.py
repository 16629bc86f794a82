"""Event system, observers, singleton, descriptors-free properties, JSON-like printer."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import singledispatch, singledispatchmethod
from typing import Any, Callable, Union

JSON = Union[dict[str, "JSON"], list["JSON"], str, int, float, bool, None]


def pretty(value: JSON, indent: int = 0) -> str:
    pad = "  " * indent
    if isinstance(value, dict):
        if not value:
            return "{}"
        inner = ",\n".join(f'{pad}  "{k}": {pretty(v, indent + 1)}' for k, v in value.items())
        return "{\n" + inner + "\n" + pad + "}"
    if isinstance(value, list):
        if not value:
            return "[]"
        return "[" + ", ".join(pretty(v, indent + 1) for v in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    if isinstance(value, str):
        return f'"{value}"'
    return str(value)


class Config:
    _instance = None

    def __new__(cls):
        if cls._instance is None:
            print("creating")
            cls._instance = super().__new__(cls)
            cls._instance.values = {}
        return cls._instance

    def set(self, key: str, value: str) -> None:
        self.values[key] = value

    def get(self, key: str, default: str = "") -> str:
        return self.values.get(key, default)


@singledispatch
def describe(value) -> str:
    return f"something: {value}"


@describe.register
def _(value: int) -> str:
    return f"int {value}"


@describe.register
def _(value: str) -> str:
    return f"str {value!r}"


@describe.register(list)
def _(value) -> str:
    return f"list of {len(value)}"


@dataclass
class Event:
    name: str
    payload: dict[str, int] = field(default_factory=dict)


class EventBus:
    def __init__(self) -> None:
        self._handlers: dict[str, list[Callable[[Event], None]]] = defaultdict(list)

    def on(self, name: str):
        def decorator(func: Callable[[Event], None]) -> Callable[[Event], None]:
            self._handlers[name].append(func)
            return func

        return decorator

    def emit(self, name: str, **payload: int) -> int:
        event = Event(name, payload)
        for handler in self._handlers[name]:
            handler(event)
        return len(self._handlers[name])


bus = EventBus()


@bus.on("add")
def on_add(event: Event) -> None:
    print("sum", sum(event.payload.values()))


@bus.on("add")
@bus.on("show")
def on_show(event: Event) -> None:
    print("show", event)


class Temperature:
    def __init__(self, celsius: float = 0.0):
        self._celsius = celsius
        self._observers: list[Callable[[float, float], None]] = []

    @property
    def celsius(self) -> float:
        return self._celsius

    @celsius.setter
    def celsius(self, value: float) -> None:
        if value < -273.15:
            raise ValueError("below absolute zero")
        old, self._celsius = self._celsius, value
        for observer in self._observers:
            observer(old, value)

    @property
    def fahrenheit(self) -> float:
        return self.celsius * 9 / 5 + 32

    def observe(self, observer: Callable[[float, float], None]) -> None:
        self._observers.append(observer)


print(pretty({"name": "x", "list": [1, 2.5, None, True], "empty": {}, "nested": {"a": []}}))
a, b = Config(), Config()
a.set("mode", "dark")
print(a is b, b.get("mode"), b.get("none", "?"))
for thing in (1, "two", [1, 2, 3], 2.5):
    print(describe(thing))
print(bus.emit("add", a=1, b=2), bus.emit("show", x=9), bus.emit("none"))
t = Temperature(20)
t.observe(lambda old, new: print(f"{old} -> {new}"))
t.celsius = 25
print(t.fahrenheit)
try:
    t.celsius = -300
except ValueError as e:
    print("error:", e)
