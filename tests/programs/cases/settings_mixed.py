"""Settings whose values are of several types."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Optional, Union

Value = Union[int, float, str, bool]


@dataclass
class Settings:
    name: str
    values: dict[str, Value] = field(default_factory=dict)

    def set(self, key: str, value: Value) -> None:
        self.values[key] = value

    def get_int(self, key: str, default: int = 0) -> int:
        found = self.values.get(key)
        if found is None:
            return default
        if isinstance(found, bool):
            raise TypeError(f"{key} is a bool")
        if isinstance(found, int):
            return found
        if isinstance(found, float):
            return int(found)
        return int(found)

    def describe(self) -> list[str]:
        return [f"{k}={v!r} ({type(v).__name__})" for k, v in sorted(self.values.items())]


def parse(word: str) -> Value:
    if word in ("true", "false"):
        return word == "true"
    try:
        return int(word)
    except ValueError:
        pass
    try:
        return float(word)
    except ValueError:
        return word


def same(a: Value, b: Value) -> bool:
    return a == b


def main() -> None:
    settings = Settings("demo")
    for pair in "width=80 ratio=1.5 title=hello debug=true depth=12".split():
        key, word = pair.split("=")
        settings.set(key, parse(word))
    for line in settings.describe():
        print(line)
    print(settings)
    for key in ("width", "ratio", "missing", "debug", "title"):
        try:
            print(key, settings.get_int(key, -1))
        except (TypeError, ValueError) as error:
            print(key, type(error).__name__, error)
    print(same(1, 1.0), same(1, True), same("1", 1), same("a", "a"), same(2, 2.5))
    first: Optional[Value] = None
    for first in settings.values.values():
        break
    print(first, hash(1) == hash(1.0))
    counts: dict[Value, int] = {}
    for value in [1, 1.0, "1", True, 2, "x", "x"]:
        counts[value] = counts.get(value, 0) + 1
    print(counts)
    print([f"{v:>6}" for v in [1, 2.5, "ab", True]])


if __name__ == "__main__":
    main()
