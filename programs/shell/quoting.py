"""Quoting: from a text to the word that stands for it."""

from __future__ import annotations

from programs.shell.words import ENDS_WORD, ESCAPED, is_of_name

SPECIAL = ENDS_WORD + "'\"\\$*?[#"


def quoted(text: str) -> str:
    """Return a word of the shell that stands for a text."""
    if text != "" and all(is_of_name(c) or c in "/.-:+,=@%" for c in text):
        return text
    return "'" + escaped(text, "'") + "'"


def escaped(text: str, quote: str) -> str:
    """Return what stands for a text behind an open quotation mark, or in a word without one (empty)."""
    if quote == "'":
        return text.replace("'", "'\\''")
    special = "".join(ESCAPED) if quote == '"' else SPECIAL
    return "".join(["\\" + c if c in special else c for c in text])
