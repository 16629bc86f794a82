"""Numbered metadata nodes of a module. Equal nodes are one node, unless they are distinct."""

from __future__ import annotations


class Metadata:
    """The nodes so far, in order of their numbers."""

    def __init__(self) -> None:
        self._nodes: list[str] = []
        self._known: dict[str, str] = {}

    def node(self, content: str) -> str:
        """Return the name of the node with this content, such as "!7"."""
        known = self._known.get(content)
        if known is None:
            known = self._known[content] = self.reserve()
            self.define(known, content)
        return known

    def distinct(self, content: str) -> str:
        """Return the name of a new node."""
        name = self.reserve()
        self.define(name, f"distinct {content}")
        return name

    def reserve(self) -> str:
        """Return the name of a node that `define` will fill: other nodes may refer to it."""
        self._nodes.append("")
        return f"!{len(self._nodes) - 1}"

    def define(self, name: str, content: str) -> None:
        self._nodes[int(name[1:])] = content

    def lines(self) -> list[str]:
        return [f"!{number} = {content}" for number, content in enumerate(self._nodes)]


def text_of(text: str) -> str:
    """Return a string as metadata writes it."""
    escaped = "".join(c if " " <= c <= "~" and c not in '"\\' else _escape(c) for c in text)
    return f'"{escaped}"'


def _escape(character: str) -> str:
    return "".join(f"\\{byte:02X}" for byte in character.encode())
