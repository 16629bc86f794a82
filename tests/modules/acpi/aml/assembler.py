"""AML as bytes: each function returns a term. Source: ACPI 6.5, section 20.2."""

from __future__ import annotations

import struct

ZERO, ONE, ONES, NOTHING = b"\x00", b"\x01", b"\xff", b"\x00"
REVISION, DEBUG = b"\x5b\x30", b"\x5b\x31"
LOCAL = [bytes([0x60 + i]) for i in range(8)]
ARG = [bytes([0x68 + i]) for i in range(7)]
BREAK, CONTINUE, NOOP = b"\xa5", b"\x9f", b"\xa3"

ADD, CONCATENATE, SUBTRACT, MULTIPLY, DIVIDE = 0x72, 0x73, 0x74, 0x77, 0x78
SHIFT_LEFT, SHIFT_RIGHT, AND, NAND, OR, NOR, XOR, MOD = (
    0x79,
    0x7A,
    0x7B,
    0x7C,
    0x7D,
    0x7E,
    0x7F,
    0x85,
)
AND_TOO, OR_TOO, NOT, EQUAL, GREATER, LESS = 0x90, 0x91, 0x92, 0x93, 0x94, 0x95


def number(value: int) -> bytes:
    for code, size in ((0x0A, 1), (0x0B, 2), (0x0C, 4), (0x0E, 8)):
        if value < 1 << 8 * size:
            return bytes([code]) + value.to_bytes(size, "little")
    raise ValueError(value)


def string(text: bytes | str) -> bytes:
    return b"\x0d" + (text if isinstance(text, bytes) else text.encode()) + b"\0"


def name(text: str) -> bytes:
    """Return a name: "\\_SB.PCI0", "^X", "FOO"."""
    prefix = ""
    while text[:1] in ("\\", "^") and text:
        prefix, text = prefix + text[0], text[1:]
    segments = [each.ljust(4, "_").encode() for each in text.split(".")] if text else []
    lead = {0: b"\0", 1: b"", 2: b"\x2e"}.get(len(segments), b"\x2f" + bytes([len(segments)]))
    return prefix.encode() + lead + b"".join(segments)


def length_number(value: int) -> bytes:
    """Return a number as package lengths are written."""
    if value < 0x40:
        return bytes([value])
    for following in (1, 2, 3):
        if value < 1 << (4 + 8 * following):
            return bytes([following << 6 | value & 15]) + (value >> 4).to_bytes(following, "little")
    raise ValueError(value)


def enclosed(code: bytes, body: bytes) -> bytes:
    """Return a term that says how long it is."""
    for extra in range(1, 5):
        if len(length_number(len(body) + extra)) == extra:
            return code + length_number(len(body) + extra) + body
    raise ValueError(len(body))


def buffer(content: bytes, size: int | None = None) -> bytes:
    return enclosed(b"\x11", number(len(content) if size is None else size) + content)


def package(*elements: bytes, count: int | None = None) -> bytes:
    return enclosed(
        b"\x12", bytes([len(elements) if count is None else count]) + b"".join(elements)
    )


def variable_package(count: bytes, *elements: bytes) -> bytes:
    return enclosed(b"\x13", count + b"".join(elements))


def named(text: str, value: bytes) -> bytes:
    return b"\x08" + name(text) + value


def alias(meant: str, text: str) -> bytes:
    return b"\x06" + name(meant) + name(text)


def scope(text: str, *terms: bytes) -> bytes:
    return enclosed(b"\x10", name(text) + b"".join(terms))


def device(text: str, *terms: bytes) -> bytes:
    return enclosed(b"\x5b\x82", name(text) + b"".join(terms))


def method(text: str, *terms: bytes, arguments: int = 0, serialized: int | None = None) -> bytes:
    flags = arguments if serialized is None else arguments | 8 | serialized << 4
    return enclosed(b"\x14", name(text) + bytes([flags]) + b"".join(terms))


def returned(value: bytes) -> bytes:
    return b"\xa4" + value


def store(value: bytes, place: bytes) -> bytes:
    return b"\x70" + value + place


def binary(code: int, left: bytes, right: bytes, place: bytes = NOTHING) -> bytes:
    return bytes([code]) + left + right + place


def compare(code: int, left: bytes, right: bytes) -> bytes:
    return bytes([code]) + left + right


def conditional(test: bytes, *terms: bytes) -> bytes:
    return enclosed(b"\xa0", test + b"".join(terms))


def otherwise(*terms: bytes) -> bytes:
    return enclosed(b"\xa1", b"".join(terms))


def loop(test: bytes, *terms: bytes) -> bytes:
    return enclosed(b"\xa2", test + b"".join(terms))


def index(source: bytes, place: bytes, target: bytes = NOTHING) -> bytes:
    return b"\x88" + source + place + target


def deref(value: bytes) -> bytes:
    return b"\x83" + value


def region(text: str, space: int, offset: bytes, length: bytes) -> bytes:
    return b"\x5b\x80" + name(text) + bytes([space]) + offset + length


def data_region(text: str, signature: bytes, maker: bytes, product: bytes) -> bytes:
    """Return a region of the bytes of a table; the last three are terms that give strings."""
    return b"\x5b\x88" + name(text) + signature + maker + product


def field_list(*fields: tuple[str, int]) -> bytes:
    """Return fields; one without a name is bits that are left out."""
    return b"".join((name(text) if text else b"\0") + length_number(bits) for text, bits in fields)


def field(text: str, flags: int, *fields: tuple[str, int]) -> bytes:
    return enclosed(b"\x5b\x81", name(text) + bytes([flags]) + field_list(*fields))


def index_field(first: str, second: str, flags: int, *fields: tuple[str, int]) -> bytes:
    body = name(first) + name(second) + bytes([flags]) + field_list(*fields)
    return enclosed(b"\x5b\x86", body)


def bank_field(text: str, bank: str, value: bytes, flags: int, *fields: tuple[str, int]) -> bytes:
    body = name(text) + name(bank) + value + bytes([flags]) + field_list(*fields)
    return enclosed(b"\x5b\x87", body)


def create_field(code: bytes, source: bytes, start: bytes, text: str, bits: bytes = b"") -> bytes:
    return code + source + start + bits + name(text)


def load(source: str, place: bytes = NOTHING) -> bytes:
    return b"\x5b\x20" + name(source) + place


def load_table(
    signature: str,
    maker: str = "",
    product: str = "",
    root: str = "",
    place: str = "",
    data: bytes = ZERO,
) -> bytes:
    texts = (signature, maker, product, root, place)
    return b"\x5b\x1f" + b"".join(string(each) for each in texts) + data


def unload(handle: bytes) -> bytes:
    return b"\x5b\x2a" + handle


def notify(text: str, value: bytes) -> bytes:
    return b"\x86" + name(text) + value


def table(
    *terms: bytes,
    revision: int = 2,
    signature: bytes = b"DSDT",
    maker: bytes = b"TESTER",
    product: bytes = b"TESTING ",
) -> bytes:
    body = b"".join(terms)
    head = struct.pack(
        "<4sIBB6s8sI4sI",
        signature,
        36 + len(body),
        revision,
        0,
        maker,
        product,
        1,
        b"TEST",
        1,
    )
    whole = bytearray(head + body)
    whole[9] = -sum(whole) & 0xFF
    return bytes(whole)
