"""Hostile texts for the parsers of the kernel, made and judged by target code: control files' commands, verbs, paths and flags.

A text is put together from pieces that mean something, and from bytes that do not. `run` returns the number of the first one that
is not as it should be, which `show` gives; ALL_IS_WELL if there is none.
"""

from __future__ import annotations

from typing import Final

from core.errors import BadFlag, BadName, NameTooLong, TooLarge
from core.hash import mix
from core.text.buffer import TextBuffer
from kernel.fs import mode, path, verbs
from kernel.fs.command import BadQuotes, Command
from kernel.fs.path import LONGEST_NAME, LONGEST_PATH, Path
from kernel.fs.verbs import BadCommand, Verb
from lang import Array, Slice, no_raise, u8, u64, usize

ALL_IS_WELL: Final[u64] = 0xFFFF_FFFF_FFFF_FFFF
MOST_PIECES: Final[u64] = 24
ROOM: Final = 2048
COLON: Final[u8] = 58
LETTER: Final[u8] = 97
VERBS: Final = Array[Verb, 5](
    Verb(b"close", b"FIRST:number [END:number]", b"close files"),
    Verb(b"bind", b"PATH:path SOURCE:path", b"bind"),
    Verb(b"name", b"NAME:name", b"have a name"),
    Verb(b"start", b"", b"begin"),
    Verb(b"kill", b"[STATUS:text]", b"end"),
)
PIECES: Final = Array[bytes, 40](
    b"close", b"bind", b"name", b"start", b"kill", b"klose", b" ", b" ", b" ", b"\t", b"\n", b'"', b'"', b"\\", b"&&",
    b" && ", b"&", b"-1", b"-2", b"0", b"4294967295", b"4294967296", b"99999999999999999999", b"/", b"/", b"..", b".",
    b":", b":", b"create", b"rw", b"read", b"nonblock", b"q", b"\0", b"\x7f", b"\xc3\xa4", b"\xff", b"<", b"*",
)  # fmt: skip

text: Array[u8, ROOM]
said: Array[u8, ROOM]


def run(first: u64, count: u64) -> u64:
    """Judge so many texts, from a number on."""
    command = Command()
    for number in range(first, first + count):
        size = make(number)
        if not (are_commands_well(command, text[:size]) and is_path_well(text[:size])):
            return number
    return ALL_IS_WELL


def show(number: u64) -> Slice[u8]:
    """Return a text by its number; good until the next call."""
    return text[: make(number)]


@no_raise
def make(number: u64) -> usize:
    """Put a text together, and return how long it is."""
    drawn = mix(number)
    size: usize = 0
    for _ in range(drawn % MOST_PIECES):
        drawn = mix(drawn)
        if drawn & 0xF00 == 0:  # one of sixteen is any byte at all, or many of them
            byte = u8(drawn >> 24 & 0xFF) if drawn >> 32 & 1 == 0 else LETTER
            for _ in range(u64(1) << (drawn >> 12) % 8):
                text[size] = byte
                size += 1
        else:
            piece = PIECES[drawn % 40]
            text[size : size + len(piece)].copy_from(piece)
            size += len(piece)
        if size + 200 > ROOM:
            break
    return size


# Commands ---------------------------------------------------------------------------------------


def are_commands_well(command: Command, whole: Slice[u8]) -> bool:
    """Whether all commands of a text are read and checked as they should be."""
    rest = whole
    while True:
        before = len(rest)
        try:
            rest = command.read(rest)
        except (BadQuotes, TooLarge):
            return True
        if command.count > 16 or command.length > 1024:
            return False
        if not is_check_well(command):
            return False
        if len(rest) == 0:
            return True
        if len(rest) >= before:
            return False


def is_check_well(command: Command) -> bool:
    """Whether a command is either taken, without a complaint, or refused with one that names what is wrong."""
    out = TextBuffer(said[:])
    try:
        index = verbs.check(VERBS[:], command, out)
    except BadCommand:
        return out.used > 0 and names_what_is_wrong(command, out.text())
    return out.used == 0 and VERBS[index].name == command.word(0) and are_words_well(command, index)


def names_what_is_wrong(command: Command, complaint: Slice[u8]) -> bool:
    """Whether a complaint begins with the verb, if that was right, or says which verbs there are."""
    for verb in VERBS:
        if verb.name == command.word(0):
            return complaint[: len(verb.name)] == verb.name and complaint[len(verb.name)] == COLON
    if command.count == 0 or len(command.word(0)) == 0:
        return has(complaint, b"is missing; there are close, bind") or has(
            complaint, b"no command here"
        )
    return has(complaint, b"' is no command here; there are close, bind, name, start, kill")


def are_words_well(command: Command, verb: usize) -> bool:
    """The declarations of VERBS once more, in plain code."""
    count = command.count
    match verb:
        case 0:
            last = command.word(count - 1)
            return 2 <= count <= 3 and is_number(command.word(1)) and is_number(last)
        case 1:
            return count == 3 and len(command.word(1)) > 0 and len(command.word(2)) > 0
        case 2:
            return count == 2 and len(command.word(1)) > 0
        case 3:
            return count == 1
    return count <= 2


@no_raise
def is_number(word: Slice[u8]) -> bool:
    """Whether a word is -1, or the digits of a number of 32 bits."""
    value: u64 = 0
    for digit in word:
        if not 48 <= digit <= 57 or value > 0xFFFF_FFFF:
            return word == b"-1"
        value = value * 10 + (digit - 48)
    return len(word) > 0 and value <= 0xFFFF_FFFF and (word[0] != 48 or len(word) == 1)


@no_raise
def has(whole: Slice[u8], part: Slice[u8]) -> bool:
    if len(part) > len(whole):
        return False
    for start in range(len(whole) - len(part) + 1):
        if whole[start : start + len(part)] == part:
            return True
    return False


# Paths ------------------------------------------------------------------------------------------


def is_path_well(whole: Slice[u8]) -> bool:
    """Whether a path is either taken with names and flags that are allowed, or refused for one that is not."""
    try:
        found = path.parse(whole)
    except NameTooLong:
        return len(whole) > LONGEST_PATH or has_long_name(whole)
    except BadName:
        return has_forbidden(whole)
    except BadFlag:
        return has(whole, b":")
    if has_forbidden(found.names) or has_long_name(found.names):
        return False
    return is_written_back(found, whole)


def has_long_name(names: Slice[u8]) -> bool:
    length: u64 = 0
    for byte in names:
        length = 0 if byte == path.SLASH else length + 1
        if length > LONGEST_NAME:
            return True
    return False


def has_forbidden(names: Slice[u8]) -> bool:
    for byte in names:
        if byte == COLON:
            return False
        if path.is_forbidden(byte) and byte != path.SLASH:
            return True
    return False


def is_written_back(found: Path, whole: Slice[u8]) -> bool:
    """Whether the names are the text up to its flags, and the flags mean the same once they are written out."""
    out = TextBuffer(said[:])
    mode.write(out, found.mode)
    again = mode.parse(out.text()[1:]) if out.used > 0 else mode.parse(b"")
    return found.names == whole[: len(found.names)] and again == found.mode
