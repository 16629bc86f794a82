"""JSON as a recursive union, parsed and written."""

from __future__ import annotations

from typing import Dict, List, Union

JSON = Union[None, bool, int, float, str, List["JSON"], Dict[str, "JSON"]]


def depth(value: JSON) -> int:
    if isinstance(value, list):
        return 1 + max((depth(item) for item in value), default=0)
    if isinstance(value, dict):
        return 1 + max((depth(item) for item in value.values()), default=0)
    return 0


def dump(value: JSON) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return str(value)
    if isinstance(value, str):
        return '"' + value + '"'
    if isinstance(value, list):
        return "[" + ", ".join(dump(item) for item in value) + "]"
    return "{" + ", ".join(f'"{k}": {dump(v)}' for k, v in value.items()) + "}"


class Parser:
    """A recursive descent parser of JSON without escapes."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def skip(self) -> None:
        while self.at < len(self.text) and self.text[self.at] in " \n":
            self.at += 1

    def expect(self, word: str) -> None:
        if not self.text.startswith(word, self.at):
            raise ValueError(f"expected {word!r} at {self.at}")
        self.at += len(word)

    def value(self) -> JSON:
        self.skip()
        first = self.text[self.at]
        if first == "{":
            return self.members()
        if first == "[":
            return self.items()
        if first == '"':
            return self.string()
        if first == "n":
            self.expect("null")
            return None
        for word in ("true", "false"):
            if self.text.startswith(word, self.at):
                self.at += len(word)
                return word == "true"
        return self.number()

    def string(self) -> str:
        self.expect('"')
        end = self.text.index('"', self.at)
        found = self.text[self.at : end]
        self.at = end + 1
        return found

    def number(self) -> Union[int, float]:
        start = self.at
        while self.at < len(self.text) and self.text[self.at] in "-0123456789.":
            self.at += 1
        word = self.text[start : self.at]
        return float(word) if "." in word else int(word)

    def items(self) -> list[JSON]:
        found: list[JSON] = []
        self.expect("[")
        self.skip()
        while not self.text.startswith("]", self.at):
            found.append(self.value())
            self.skip()
            if self.text.startswith(",", self.at):
                self.at += 1
        self.expect("]")
        return found

    def members(self) -> dict[str, JSON]:
        found: dict[str, JSON] = {}
        self.expect("{")
        self.skip()
        while not self.text.startswith("}", self.at):
            self.skip()
            key = self.string()
            self.skip()
            self.expect(":")
            found[key] = self.value()
            self.skip()
            if self.text.startswith(",", self.at):
                self.at += 1
        self.expect("}")
        return found


def main() -> None:
    made: JSON = {"name": "x", "sizes": [1, 2.5, None], "deep": {"on": True, "list": [[], [1]]}}
    print(made)
    print(dump(made), depth(made))
    for text in ('{"a": [1, -2.5, "x"], "b": {"c": null}}', "[true, false, [[3]]]", "7", "[?]"):
        try:
            value = Parser(text).value()
            print(value, dump(value), depth(value))
        except ValueError as error:
            print("refused:", error)


if __name__ == "__main__":
    main()
