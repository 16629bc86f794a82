"""Quoting: from a text to the word that stands for it."""

from __future__ import annotations

from programs.shell.words import is_of_name


def quoted(text: str) -> str:
    """Return a word of the shell that stands for a text."""
    if text != "" and all(is_of_name(c) or c in "/.-:+,=@%" for c in text):
        return text
    return "'" + text.replace("'", "'\\''") + "'"
