"""What `fields` of the module dataclasses gives, for programs (compiler/phrases/dataclass_words.py).

Source: Python Library Reference, "dataclasses.Field".
"""

from __future__ import annotations


class _Field:
    """A field of a dataclass: its name."""

    def __init__(self, name: str) -> None:
        self.name = name
