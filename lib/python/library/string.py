"""Python's module string, for programs: its constants, and Template.

Source: Python Library Reference, module string.
"""

from __future__ import annotations

from typing import Final

ascii_lowercase: Final = "abcdefghijklmnopqrstuvwxyz"
ascii_uppercase: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ascii_letters: Final = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
digits: Final = "0123456789"
hexdigits: Final = "0123456789abcdefABCDEF"
octdigits: Final = "01234567"
punctuation: Final = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
whitespace: Final = " \t\n\r\x0b\x0c"
printable: Final = (
    "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ \t\n\r\x0b\x0c"
)


class Template:
    """A text in which `$name` and `${name}` stand for values, and `$$` for a dollar sign."""

    template: str

    def __init__(self, template: str) -> None:
        self.template = template

    def substitute(self, mapping: dict[str, str] | None = None, **names: str) -> str:
        """Return the text with all values; what is given by name goes before the mapping.

        Raises:
            KeyError: one has no value.
            ValueError: a dollar sign stands before something else.
        """
        return self._filled(_joined(mapping, names), True)

    def safe_substitute(self, mapping: dict[str, str] | None = None, **names: str) -> str:
        """Return the text with what values there are; all else stays as it is."""
        return self._filled(_joined(mapping, names), False)

    def _filled(self, values: dict[str, str], is_strict: bool) -> str:
        text = self.template
        out: list[str] = []
        at = 0
        while (dollar := text.find("$", at)) >= 0:
            out.append(text[at:dollar])
            name = _name_at(text, dollar)
            if text.startswith("$$", dollar):
                out.append("$")
                at = dollar + 2
            elif name == "":
                if is_strict:
                    raise ValueError(_refusal(text, dollar))
                out.append("$")
                at = dollar + 1
            else:
                is_braced = text[dollar + 1] == "{"
                at = dollar + len(name) + (3 if is_braced else 1)
                if is_strict or name in values:
                    out.append(values[name])
                else:
                    out.append(text[dollar:at])
        out.append(text[at:])
        return "".join(out)


def _joined(mapping: dict[str, str] | None, names: dict[str, str]) -> dict[str, str]:
    if mapping is None:
        return names
    return mapping | names


def _name_at(text: str, dollar: int) -> str:
    """Return the name that a dollar sign stands before; empty if it is none."""
    start = dollar + 2 if text.startswith("{", dollar + 1) else dollar + 1
    end = start
    while end < len(text) and text[end].isascii() and (text[end].isalnum() or text[end] == "_"):
        end += 1
    if (
        end == start
        or text[start].isdigit()
        or (start == dollar + 2 and not text.startswith("}", end))
    ):
        return ""
    return text[start:end]


def _refusal(text: str, dollar: int) -> str:
    line = text.count("\n", 0, dollar) + 1
    column = dollar - text.rfind("\n", 0, dollar)
    return f"Invalid placeholder in string: line {line}, col {column}"
