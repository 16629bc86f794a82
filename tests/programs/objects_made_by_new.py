from __future__ import annotations


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


class Logger:
    _instance: "Logger | None" = None

    def __new__(cls, *args, **kwargs):
        if not cls._instance:
            cls._instance = super(Logger, cls).__new__(cls)
        return cls._instance

    def __init__(self, name: str = "root"):
        self.name = name
        print("init", name)


class Point:
    def __new__(cls, x: int, y: int):
        print("new", x, y)
        self = object.__new__(cls)
        self.tag = "p"
        return self

    def __init__(self, x: int, y: int):
        self.x = x
        self.y = y


class Pool:
    _known = {}

    def __new__(cls, name: str):
        if name in cls._known:
            return cls._known[name]
        made = super().__new__(cls)
        cls._known[name] = made
        made.name = name
        return made


a, b = Config(), Config()
a.set("mode", "dark")
print(a is b, b.get("mode"), b.get("none", "?"))
x = Logger("one")
y = Logger()
print(x is y, x.name)
p = Point(1, 2)
print(p.x, p.y, p.tag)
print(Pool("a") is Pool("a"), Pool("a") is Pool("b"), Pool("b").name)
