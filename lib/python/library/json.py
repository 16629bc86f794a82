"""Python's module json, for programs: values of types that are known.

    dumps({"a": [1, 2]})                          the alternatives of `_write` say how each type is written
    counts: dict[str, int] = loads(text)          the type of the result says what the text must hold

Where `loads` meets another type than is wanted, it raises TypeError.

Source: Python Library Reference, module json; RFC 8259.
"""

from __future__ import annotations

import math
from typing import Final, TypeVar

T = TypeVar("T")

SPACE: Final = " \t\n\r"
ESCAPED: Final = '"\\/bfnrt'
MEANT: Final = '"\\/\b\f\n\r\t'


class JSONDecodeError(ValueError):
    """A text is no JSON."""

    msg: str
    doc: str
    pos: int
    lineno: int
    colno: int

    def __init__(self, msg: str, doc: str, pos: int) -> None:
        self.msg = msg
        self.doc = doc
        self.pos = pos
        self.lineno = doc[:pos].count("\n") + 1
        self.colno = pos - doc.rfind("\n", 0, pos)
        super().__init__(f"{msg}: line {self.lineno} column {self.colno} (char {pos})")


# Writing -------------------------------------------------------------------------------------


class Writer:
    """JSON that is being written."""

    parts: list[str]
    indent: str | None
    between: str  # items
    colon: str
    sorts: bool
    is_ascii: bool
    depth: int

    def __init__(
        self, indent: str | None, separators: tuple[str, str] | None, sorts: bool, is_ascii: bool
    ) -> None:
        self.parts = []
        self.indent = indent
        self.between, self.colon = (", " if indent is None else ",", ": ")
        if separators is not None:
            self.between, self.colon = separators
        self.sorts = sorts
        self.is_ascii = is_ascii
        self.depth = 0

    def open(self, bracket: str) -> None:
        self.parts.append(bracket)
        self.depth += 1

    def start(self, is_first: bool) -> None:
        """Write what stands before an item."""
        if not is_first:
            self.parts.append(self.between)
        self.new_line()

    def close(self, bracket: str, is_empty: bool) -> None:
        self.depth -= 1
        if not is_empty:
            self.new_line()
        self.parts.append(bracket)

    def new_line(self) -> None:
        if self.indent is not None:
            self.parts.append("\n" + self.indent * self.depth)

    def key(self, text: str) -> None:
        self.parts.append(_quoted(text, self.is_ascii))
        self.parts.append(self.colon)


def _write(out: Writer, value: T | None) -> None:
    if value is None:
        out.parts.append("null")
    else:
        _write_some(out, value)


def _write_some(out: Writer, value: bool) -> None:
    """Write a value that is not None. Its type says which of these functions does."""
    out.parts.append("true" if value else "false")


def _write_some__int(out: Writer, value: int) -> None:
    out.parts.append(str(value))


def _write_some__float(out: Writer, value: float) -> None:
    out.parts.append(_number(value))


def _write_some__text(out: Writer, value: str) -> None:
    out.parts.append(_quoted(value, out.is_ascii))


def _write_some__dict(out: Writer, value: dict[str, T]) -> None:
    out.open("{")
    names = sorted(value) if out.sorts else list(value)
    for index, name in enumerate(names):
        out.start(index == 0)
        out.key(name)
        _write(out, value[name])
    out.close("}", not names)


def _write_some__dict_of_ints(out: Writer, value: dict[int, T]) -> None:
    out.open("{")
    names = sorted(value) if out.sorts else list(value)
    for index, name in enumerate(names):
        out.start(index == 0)
        out.key(str(name))
        _write(out, value[name])
    out.close("}", not names)


def _write_some__list(out: Writer, value: list[T]) -> None:
    out.open("[")
    for index, item in enumerate(value):
        out.start(index == 0)
        _write(out, item)
    out.close("]", not value)


def _write_some__other(out: Writer, value: T) -> None:
    name = type(value).__name__
    if name in ("bool", "int", "float", "str", "list", "dict"):
        raise TypeError(f"json.dumps writes no {name} that might have been of another type")
    raise TypeError(f"Object of type {name} is not JSON serializable")


def dumps(
    obj: T,
    indent: int | None = None,
    separators: tuple[str, str] | None = None,
    sort_keys: bool = False,
    ensure_ascii: bool = True,
) -> str:
    """Return a value as JSON."""
    margin = None if indent is None else " " * indent
    out = Writer(margin, separators, sort_keys, ensure_ascii)
    _write(out, obj)
    return "".join(out.parts)


def dumps__with_text(
    obj: T,
    indent: str,
    separators: tuple[str, str] | None = None,
    sort_keys: bool = False,
    ensure_ascii: bool = True,
) -> str:
    out = Writer(indent, separators, sort_keys, ensure_ascii)
    _write(out, obj)
    return "".join(out.parts)


def _number(value: float) -> str:
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0.0 else "-Infinity"
    return repr(value)


def _quoted(text: str, is_ascii: bool) -> str:
    """Return a text between quotation marks, with escapes for what needs one."""
    parts: list[str] = ['"']
    for each in text:
        code = ord(each)
        at = MEANT.find(each)
        if at >= 0 and each != "/":
            parts.append("\\" + ESCAPED[at])
        elif code < 0x20 or (is_ascii and 0x7F <= code < 0x10000 and code != 0x7F):
            parts.append(f"\\u{code:04x}")
        elif is_ascii and code >= 0x10000:
            rest = code - 0x10000
            parts.append(f"\\u{0xD800 + (rest >> 10):04x}\\u{0xDC00 + (rest & 0x3FF):04x}")
        else:
            parts.append(each)
    parts.append('"')
    return "".join(parts)


# Reading -------------------------------------------------------------------------------------


class Reader:
    """A text from which JSON is taken."""

    text: str
    at: int

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def peek(self) -> str:
        """Return the next character that is no white space; "" at the end."""
        while self.at < len(self.text) and self.text[self.at] in SPACE:
            self.at += 1
        return self.text[self.at] if self.at < len(self.text) else ""

    def error(self, message: str, at: int) -> JSONDecodeError:
        return JSONDecodeError(message, self.text, at)

    def accept(self, word: str) -> bool:
        """Take a word if it comes next."""
        self.peek()
        if self.text[self.at : self.at + len(word)] != word:
            return False
        self.at += len(word)
        return True

    def unexpected(self, wanted: str) -> TypeError:
        """Return what is raised where a value of another type comes."""
        first = self.peek()
        rest = self.text[self.at :]
        is_word = rest.startswith(("null", "true", "false", "NaN", "Infinity"))
        is_number = "0" <= first <= "9" or (first == "-" and "0" <= rest[1:2] <= "9")
        if not is_word and not is_number and (first == "" or first not in '"[{'):
            raise self.error("Expecting value", self.at)
        return TypeError(f"a JSON {wanted} is wanted at char {self.at}")

    def string(self) -> str:
        """Take a text between quotation marks."""
        if self.peek() != '"':
            raise self.unexpected("string")
        start = self.at
        self.at += 1
        parts: list[str] = []
        while True:
            if self.at >= len(self.text):
                raise self.error("Unterminated string starting at", start)
            each = self.text[self.at]
            self.at += 1
            if each == '"':
                return "".join(parts)
            if each == "\\":
                parts.append(self.escape(start))
            elif ord(each) < 0x20:
                raise self.error("Invalid control character at", self.at - 1)
            else:
                parts.append(each)

    def escape(self, start: int) -> str:
        """Return what an escape stands for, whose backslash is taken."""
        if self.at >= len(self.text):
            raise self.error("Unterminated string starting at", start)
        letter = self.text[self.at]
        self.at += 1
        if letter == "u":
            return self.unicode()
        found = ESCAPED.find(letter)
        if found < 0:
            raise self.error("Invalid \\escape", self.at - 2)
        return MEANT[found]

    def unicode(self) -> str:
        code = self.hex()
        is_high = 0xD800 <= code < 0xDC00
        if is_high and self.text[self.at : self.at + 2] == "\\u":
            self.at += 2
            low = self.hex()
            if 0xDC00 <= low < 0xE000:
                return chr(0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00))
            raise self.error("Half a surrogate pair", self.at - 6)
        return chr(code)

    def hex(self) -> int:
        digits = self.text[self.at : self.at + 4]
        for each in digits:
            if each not in "0123456789abcdefABCDEF":
                raise self.error("Invalid \\uXXXX escape", self.at - 1)
        if len(digits) < 4:
            raise self.error("Invalid \\uXXXX escape", self.at - 1)
        self.at += 4
        return int(digits, 16)

    def number(self) -> str:
        """Take a number, and return its text."""
        first = self.peek()
        start = self.at
        end = start + 1 if first == "-" else start
        whole = self.digits(end)
        if whole == end:
            raise self.unexpected("number")
        if self.text[end] == "0":
            whole = end + 1
        end = whole
        if self.text[end : end + 1] == "." and self.digits(end + 1) > end + 1:
            end = self.digits(end + 1)
        if self.text[end : end + 1] in ("e", "E"):
            sign = end + 2 if self.text[end + 1 : end + 2] in ("+", "-") else end + 1
            if self.digits(sign) > sign:
                end = self.digits(sign)
        self.at = end
        return self.text[start:end]

    def digits(self, start: int) -> int:
        """Return where the digits from a place on end."""
        end = start
        while end < len(self.text) and "0" <= self.text[end] <= "9":
            end += 1
        return end

    def next(self, bracket: str) -> bool:
        """Take what stands between items; False if it is the bracket that ends them."""
        if self.accept(bracket):
            return False
        if not self.accept(","):
            raise self.error("Expecting ',' delimiter", self.at)
        return True

    def name(self) -> str:
        """Take the name of a member of an object, and its colon."""
        if self.peek() != '"':
            raise self.error("Expecting property name enclosed in double quotes", self.at)
        found = self.string()
        if not self.accept(":"):
            raise self.error("Expecting ':' delimiter", self.at)
        return found


def _read(text: Reader, kind: list[bool]) -> bool:
    """Take a value. `kind` is empty, and its type says which of these functions does."""
    if text.accept("true"):
        return True
    if text.accept("false"):
        return False
    raise text.unexpected("boolean")


def _read__int(text: Reader, kind: list[int]) -> int:
    number = text.number()
    if "." in number or "e" in number.lower():
        raise TypeError(f"a JSON integer is wanted, and this is {number}")
    return int(number)


def _read__float(text: Reader, kind: list[float]) -> float:
    if text.accept("NaN"):
        return float("nan")
    if text.accept("Infinity"):
        return float("inf")
    if text.accept("-Infinity"):
        return float("-inf")
    number = text.number()
    if "." not in number and "e" not in number.lower():
        raise TypeError(f"a JSON number with a fraction is wanted, and this is {number}")
    return float(number)


def _read__text(text: Reader, kind: list[str]) -> str:
    return text.string()


def _read__list(text: Reader, kind: list[list[T]]) -> list[T]:
    items: list[T] = []
    inner: list[T] = []
    if not text.accept("["):
        raise text.unexpected("array")
    if text.accept("]"):
        return items
    items.append(_read(text, inner))
    while text.next("]"):
        items.append(_read(text, inner))
    return items


def _read__dict(text: Reader, kind: list[dict[str, T]]) -> dict[str, T]:
    members: dict[str, T] = {}
    inner: list[T] = []
    if not text.accept("{"):
        raise text.unexpected("object")
    if text.accept("}"):
        return members
    name = text.name()
    members[name] = _read(text, inner)
    while text.next("}"):
        name = text.name()
        members[name] = _read(text, inner)
    return members


def _read__optional(text: Reader, kind: list[T | None]) -> T | None:
    if text.accept("null"):
        return None
    inner: list[T] = []
    return _read(text, inner)


def loads(s: str) -> T:
    """Return the value that a text is, of the type that is wanted where this is called.

    Raises:
        JSONDecodeError: it is no JSON.
        TypeError: it holds a value of another type.
    """
    text = Reader(s)
    kind: list[T] = []
    value = _read(text, kind)
    if text.peek() != "":
        raise text.error("Extra data", text.at)
    return value
