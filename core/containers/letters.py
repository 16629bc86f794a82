"""Letters, digits and their cases: the methods of str that ask the tables of Unicode.

The tables are those of the Python that compiles this. A property is kept as the code points beyond
ASCII at which having it begins or ends, in turn; a case as those that it changes, each with the up to
three that take its place.

Source: Python Library Reference, "String Methods"; The Unicode Standard, section 3.13.
"""

from __future__ import annotations

from typing import Final

from core.containers.splitting import space_size
from core.containers.text import Building
from core.text import utf8
from lang import Array, Slice, borrow, comptime, u32, u64

FIRST_WIDE: Final = 0x80
ENTRY: Final = 4  # of a table of cases: the code point, and what takes its place
CASED_STOP: Final = 0x20000  # no character from here on has a case, or is a digit
LETTERS_STOP: Final = 0x40000  # none from here on is a letter
PRINTABLE_STOP: Final = 0x34000  # or is printable, apart from
FIRST_SELECTOR: Final = 0xE0100  # the selectors of variants
LAST_SELECTOR: Final = 0xE01EF
CAPITAL_SIGMA: Final = 0x3A3
FINAL_SIGMA: Final = 0x3C2


@comptime
def _borders(method: str, stop: int) -> Array:
    """Return where a property of characters beyond ASCII, which none has from `stop` on, begins and
    ends."""
    return _borders_of(bytes(map(getattr(str, method), map(chr, range(stop)))))


@comptime
def _borders_in_names(stop: int) -> Array:
    """As _borders, of what may stand in an identifier behind its first character."""
    return _borders_of(bytes(("a" + chr(code)).isidentifier() for code in range(stop)))


@comptime
def _borders_of(has: bytes) -> Array:
    """Return where runs of ones begin and end, beyond ASCII."""
    has = has + b"\0"
    borders = []
    at = has.find(1, FIRST_WIDE)
    while at >= 0:
        end = has.find(0, at)
        borders += [at, end]
        at = has.find(1, end)
    return Array[u32, len(borders)](*borders)


@comptime
def _cases(method: str) -> Array:
    """Return the code points beyond ASCII that a case changes."""
    characters = [chr(code) for code in range(FIRST_WIDE, CASED_STOP)]
    table = []
    for before, after in zip(characters, map(getattr(str, method), characters)):
        if before != after:
            table += [ord(before), *map(ord, after), *[0] * (3 - len(after))]
    return Array[u32, len(table)](*table)


ALPHABETIC: Final = _borders("isalpha", LETTERS_STOP)
DIGITS: Final = _borders("isdigit", CASED_STOP)
DECIMALS: Final = _borders("isdecimal", CASED_STOP)
NUMERIC: Final = _borders("isnumeric", LETTERS_STOP)
UPPER: Final = _borders("isupper", CASED_STOP)
LOWER: Final = _borders("islower", CASED_STOP)
TITLE: Final = _borders("istitle", CASED_STOP)
PRINTABLE: Final = _borders("isprintable", PRINTABLE_STOP)
STARTS_NAME: Final = _borders("isidentifier", LETTERS_STOP)
IN_NAME: Final = _borders_in_names(LETTERS_STOP)
TO_UPPER: Final = _cases("upper")
TO_LOWER: Final = _cases("lower")
TO_TITLE: Final = _cases("title")
FOLDED: Final = _cases("casefold")


# One character -------------------------------------------------------------------------------


def _has(borders: Slice[u32], code: u32) -> bool:
    """Tell whether a code point has a property: an odd number of borders lies up to it."""
    low: u64 = 0
    high = len(borders)
    while low < high:
        middle = (low + high) // 2
        if borders[middle] <= code:
            low = middle + 1
        else:
            high = middle
    return low & 1 == 1


def _is_upper(code: u32) -> bool:
    if code < FIRST_WIDE:
        return 0x41 <= code <= 0x5A
    return _has(UPPER[:], code)


def _is_lower(code: u32) -> bool:
    if code < FIRST_WIDE:
        return 0x61 <= code <= 0x7A
    return _has(LOWER[:], code)


def _is_cased(code: u32) -> bool:
    return _is_upper(code) or _is_lower(code) or code >= FIRST_WIDE and _has(TITLE[:], code)


def _is_alphabetic(code: u32) -> bool:
    if code < FIRST_WIDE:
        return _is_upper(code) or _is_lower(code)
    return _has(ALPHABETIC[:], code)


def is_start_of_name(code: u32) -> bool:
    if code < FIRST_WIDE:
        return _is_alphabetic(code) or code == 0x5F
    return _has(STARTS_NAME[:], code)


def is_part_of_name(code: u32) -> bool:
    if code < FIRST_WIDE:
        return is_start_of_name(code) or _is_ascii_digit(code)
    return _has(IN_NAME[:], code)


def _is_ascii_digit(code: u32) -> bool:
    return 0x30 <= code <= 0x39


def _is_number(code: u32) -> bool:
    return _is_ascii_digit(code) if code < FIRST_WIDE else _has(NUMERIC[:], code)


def _add_changed(
    building: Building, code: u32, table: Slice[u32], changes: u32, first: u32
) -> None:
    """Append a code point in another case. In ASCII the 26 letters from `first` on change, by the
    case's bit, if `changes` is that."""
    if code < FIRST_WIDE:
        is_letter = first <= code < first + 26
        building.add_code_point(code ^ changes if is_letter else code)
        return
    low: u64 = 0
    high = len(table) // ENTRY
    while low < high:
        middle = (low + high) // 2
        if table[middle * ENTRY] < code:
            low = middle + 1
        else:
            high = middle
    at = low * ENTRY
    if at == len(table) or table[at] != code:
        building.add_code_point(code)
        return
    for place in range(at + 1, at + ENTRY):
        if table[place] != 0:
            building.add_code_point(table[place])


def _add_upper(building: Building, code: u32) -> None:
    _add_changed(building, code, TO_UPPER[:], 0x20, 0x61)


def _add_title(building: Building, code: u32) -> None:
    _add_changed(building, code, TO_TITLE[:], 0x20, 0x61)


def _add_lower(building: Building, text: str, offset: u64, code: u32) -> None:
    """Append a code point of a text in lower case; a sigma that ends a word has a form of its own."""
    if code == CAPITAL_SIGMA and _ends_word(text, offset):
        building.add_code_point(FINAL_SIGMA)
    else:
        _add_changed(building, code, TO_LOWER[:], 0x20, 0x41)


def _ends_word(text: str, offset: u64) -> bool:
    """Tell whether a letter comes before an offset and none after the code point there."""
    data = text.encode()
    if offset == 0:
        return False
    before, _ = utf8.decode(data[utf8.floor_boundary(data, offset - 1) :])
    rest = data[offset + utf8.sequence_size(data[offset:]) :]
    if len(rest) == 0:
        return _is_cased(before)
    after, _ = utf8.decode(rest)
    return _is_cased(before) and not _is_cased(after)


# Cases ---------------------------------------------------------------------------------------


def upper(text: str) -> str:
    building = Building(borrow(text).size)
    at: u64 = 0
    while at < borrow(text).size:
        code, size = utf8.decode(text.encode()[at:])
        _add_upper(building, code)
        at += size
    return building.finish()


def lower(text: str) -> str:
    building = Building(borrow(text).size)
    at: u64 = 0
    while at < borrow(text).size:
        code, size = utf8.decode(text.encode()[at:])
        _add_lower(building, text, at, code)
        at += size
    return building.finish()


def casefold(text: str) -> str:
    building = Building(borrow(text).size)
    at: u64 = 0
    while at < borrow(text).size:
        code, size = utf8.decode(text.encode()[at:])
        _add_changed(building, code, FOLDED[:], 0x20, 0x41)
        at += size
    return building.finish()


def swapcase(text: str) -> str:
    building = Building(borrow(text).size)
    at: u64 = 0
    while at < borrow(text).size:
        code, size = utf8.decode(text.encode()[at:])
        if _is_upper(code):
            _add_lower(building, text, at, code)
        elif _is_lower(code):
            _add_upper(building, code)
        else:
            building.add_code_point(code)
        at += size
    return building.finish()


def capitalize(text: str) -> str:
    building = Building(borrow(text).size)
    at: u64 = 0
    while at < borrow(text).size:
        code, size = utf8.decode(text.encode()[at:])
        if at == 0:
            _add_title(building, code)
        else:
            _add_lower(building, text, at, code)
        at += size
    return building.finish()


def title(text: str) -> str:
    building = Building(borrow(text).size)
    is_inside = False
    at: u64 = 0
    while at < borrow(text).size:
        code, size = utf8.decode(text.encode()[at:])
        if is_inside:
            _add_lower(building, text, at, code)
        else:
            _add_title(building, code)
        is_inside = _is_cased(code)
        at += size
    return building.finish()


# Questions -----------------------------------------------------------------------------------


def isalpha(text: str) -> bool:
    at: u64 = 0
    while at < borrow(text).size:
        code, size = utf8.decode(text.encode()[at:])
        if not _is_alphabetic(code):
            return False
        at += size
    return at > 0


def isdigit(text: str) -> bool:
    return _all(text, DIGITS[:])


def isdecimal(text: str) -> bool:
    return _all(text, DECIMALS[:])


def isnumeric(text: str) -> bool:
    return _all(text, NUMERIC[:])


def _all(text: str, borders: Slice[u32]) -> bool:
    """Tell whether a text has characters, all of them digits or with a property."""
    at: u64 = 0
    while at < borrow(text).size:
        code, size = utf8.decode(text.encode()[at:])
        if not (_is_ascii_digit(code) if code < FIRST_WIDE else _has(borders, code)):
            return False
        at += size
    return at > 0


def isalnum(text: str) -> bool:
    at: u64 = 0
    while at < borrow(text).size:
        code, size = utf8.decode(text.encode()[at:])
        if not _is_alphabetic(code) and not _is_number(code):
            return False
        at += size
    return at > 0


def isspace(text: str) -> bool:
    at: u64 = 0
    while at < borrow(text).size:
        size = space_size(text.encode()[at:])
        if size == 0:
            return False
        at += size
    return at > 0


def isupper(text: str) -> bool:
    """Tell whether there are letters with a case, and all of them are upper case."""
    found = False
    at: u64 = 0
    while at < borrow(text).size:
        code, size = utf8.decode(text.encode()[at:])
        if _is_cased(code):
            if not _is_upper(code):
                return False
            found = True
        at += size
    return found


def islower(text: str) -> bool:
    """Tell whether there are letters with a case, and all of them are lower case."""
    found = False
    at: u64 = 0
    while at < borrow(text).size:
        code, size = utf8.decode(text.encode()[at:])
        if _is_cased(code):
            if not _is_lower(code):
                return False
            found = True
        at += size
    return found


def isascii(text: str) -> bool:
    return borrow(text).size == borrow(text).length


def isprintable(text: str) -> bool:
    data = text.encode()
    offset: u64 = 0
    while offset < len(data):
        code, size = utf8.decode(data[offset:])
        is_shown = FIRST_SELECTOR <= code <= LAST_SELECTOR or _has(PRINTABLE[:], code)
        if code < FIRST_WIDE:
            is_shown = 0x20 <= code < 0x7F
        if not is_shown:
            return False
        offset += size
    return True


def istitle(text: str) -> bool:
    """Tell whether every word starts with a capital, and has none behind that."""
    data = text.encode()
    offset: u64 = 0
    was_cased = False
    has_words = False
    while offset < len(data):
        code, size = utf8.decode(data[offset:])
        is_title = code >= FIRST_WIDE and _has(TITLE[:], code) and not _is_lower(code)
        if _is_upper(code) or is_title:
            if was_cased:
                return False
            was_cased = True
            has_words = True
        elif _is_lower(code):
            if not was_cased:
                return False
        else:
            was_cased = False
        offset += size
    return has_words
