"""What an exception was made with: `e.args`.

An exception keeps its arguments as text (compiler/check/exception_objects.py), so that is what this
is made from: it is shown like the tuple that Python has, and its items are texts. An item that was no
str is what repr() gives of it.

Source: Python Library Reference, "Built-in Exceptions", BaseException.args.
"""

from __future__ import annotations

_OPENING = "([{"
_CLOSING = ")]}"


class Arguments:
    """The arguments of one exception."""

    shown: list[str]  # what repr() gives of each

    def __init__(self, shown: list[str]) -> None:
        self.shown = shown

    def __repr__(self) -> str:
        if len(self.shown) == 1:
            return f"({self.shown[0]},)"
        return f"({', '.join(self.shown)})"

    def __str__(self) -> str:
        return self.__repr__()

    def __len__(self) -> int:
        return len(self.shown)

    def __getitem__(self, index: int) -> str:
        """Return one argument.

        Raises:
            IndexError: there is no such argument.
        """
        if not -len(self.shown) <= index < len(self.shown):
            raise IndexError("tuple index out of range")
        return _plain(self.shown[index])


def arguments_of(error: BaseException) -> Arguments:
    """Return what an exception was made with."""
    text = error.__arguments__
    message = error.__message__
    if text is None:
        shown: list[str] = []
        if message != "":
            shown.append(repr(message))
        return Arguments(shown)
    is_several = message == f"({text})" or message.startswith("[Errno ")
    return Arguments(_parted(text) if is_several else [text])


def _parted(text: str) -> list[str]:
    """Return the items of `a, b, c`, each of which is what repr() gives."""
    found: list[str] = []
    start, depth, quote = 0, 0, ""
    i = 0
    while i < len(text):
        letter = text[i]
        if quote:
            if letter == "\\":
                i += 1
            elif letter == quote:
                quote = ""
        elif letter in "'\"":
            quote = letter
        elif letter in _OPENING:
            depth += 1
        elif letter in _CLOSING:
            depth -= 1
        elif letter == "," and depth == 0:
            found.append(text[start:i])
            start = i + 2
        i += 1
    found.append(text[start:])
    return found


def _plain(shown: str) -> str:
    """Return the text of which repr() gives `shown`; anything but a str as it is shown."""
    if len(shown) < 2 or shown[0] not in "'\"" or shown[-1] != shown[0]:
        return shown
    inside = shown[1:-1]
    if "\\" not in inside:
        return inside
    letters: list[str] = []
    i = 0
    while i < len(inside):
        letter = inside[i]
        if letter == "\\" and i + 1 < len(inside):
            i += 1
            letter = {"n": "\n", "t": "\t", "r": "\r"}.get(inside[i], inside[i])
        letters.append(letter)
        i += 1
    return "".join(letters)
