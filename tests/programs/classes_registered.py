from __future__ import annotations

from typing import Callable, TypeVar

T = TypeVar("T")
COMMANDS: dict[str, type] = {}


def command(name: str):
    def decorator(cls: type[T]) -> type[T]:
        COMMANDS[name] = cls
        print("registered", name, cls.__name__)
        return cls

    return decorator


SHAPES = []


def shape(cls):
    SHAPES.append(cls)
    return cls


@command("hello")
class Hello:
    def run(self, who: str) -> str:
        return f"hello {who}"


@command("bye")
class Bye:
    def __init__(self, times: int = 1):
        self.times = times

    def run(self, who: str) -> str:
        return f"bye {who}" * self.times


class Plugin:
    registry = {}

    def __init_subclass__(cls, /, key: str = "", **kwargs) -> None:
        super().__init_subclass__(**kwargs)
        cls.registry[key or cls.__name__.lower()] = cls

    def run(self, text: str) -> str:
        raise NotImplementedError


class Upper(Plugin, key="up"):
    def run(self, text: str) -> str:
        return text.upper()


class Reverse(Plugin):
    def run(self, text: str) -> str:
        return text[::-1]


@shape
class Square:
    def area(self) -> int:
        return 4


for name, cls in COMMANDS.items():
    print(name, cls().run("ann"))
for name, kind in Plugin.registry.items():
    print(name, kind.__name__, kind().run("abc"))
print(len(SHAPES), SHAPES[0]().area(), Square().area())
