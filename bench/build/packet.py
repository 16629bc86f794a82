"""Packets of a small protocol: a header in network order, options, and a checksum over all.

0  version u8      4  identifier u32     12  checksum u16
1  kind u8         8  sequence u32       14  options u16: bytes of options that follow
2  length u16
"""

from __future__ import annotations

from enum import IntEnum

from lang import Array, Slice, over, struct, truncate, u8, u16, u32, u64, usize

HEADER_SIZE = 16
VERSION = 3  # or 1, 4
BUFFER_SIZE = 128  # or 192, 256
WINDOW = 8  # or 12, 16


@over(u8)
class Kind(IntEnum):
    OPEN = 1
    DATA = 2
    ACKNOWLEDGE = 3
    CLOSE = 4


@over(u8)
class Option(IntEnum):
    END = 0
    PADDING = 1
    WINDOW = 2
    STAMP = 3


@struct
class Header:
    kind: u8  # Kind
    length: u16
    identifier: u32
    sequence: u32
    options: u16


@struct(pinned=True)
class Peer:
    expected: u32
    window: u32
    stamp: u32
    is_open: bool
    refused: u64


peer: Peer
buffer: Array[u8, BUFFER_SIZE]


def read16(data: Slice[u8], at: usize) -> u16:
    return u16(data[at]) << 8 | u16(data[at + 1])


def read32(data: Slice[u8], at: usize) -> u32:
    return u32(read16(data, at)) << 16 | u32(read16(data, at + 2))


def write16(data: Slice[u8], at: usize, value: u16) -> None:
    data[at] = truncate(u8, value >> 8)
    data[at + 1] = truncate(u8, value)


def write32(data: Slice[u8], at: usize, value: u32) -> None:
    write16(data, at, truncate(u16, value >> 16))
    write16(data, at + 2, truncate(u16, value))


def checksum(data: Slice[u8]) -> u16:
    """Return the complement of the ones' complement sum of the 16-bit words (RFC 1071)."""
    total = u64(0)
    for i in range(len(data) // 2):
        total += read16(data, 2 * i)
    if len(data) % 2 == 1:
        total += u64(data[len(data) - 1]) << 8
    while total >> 16 != 0:
        total = (total & 0xFFFF) + (total >> 16)
    return truncate(u16, ~total)


def encode(header: Header, into: Slice[u8]) -> None:
    """Write a header and its checksum in front of the options, which are there already.

    Raises:
        ValueError: the packet is longer than the buffer.
    """
    if header.length > len(into):
        raise ValueError
    into[0] = VERSION
    into[1] = header.kind
    write16(into, 2, header.length)
    write32(into, 4, header.identifier)
    write32(into, 8, header.sequence)
    write16(into, 12, 0)
    write16(into, 14, header.options)
    write16(into, 12, checksum(into[: header.length]))


def decode(data: Slice[u8]) -> Header:
    """Read a header.

    Raises:
        EOFError: the packet is cut off.
        ValueError: it is damaged, or of another version.
    """
    if len(data) < HEADER_SIZE:
        raise EOFError
    length = read16(data, 2)
    if length > len(data):
        raise EOFError
    options = read16(data, 14)
    if data[0] != VERSION or HEADER_SIZE + options > length or checksum(data[:length]) != 0:
        raise ValueError
    return Header(data[1], length, read32(data, 4), read32(data, 8), options)


def read_options(options: Slice[u8]) -> None:
    """Take the peer's wishes over.

    Raises:
        ValueError: an option is unknown, or longer than what is left.
    """
    at = usize(0)
    while at < len(options):
        match options[at]:
            case Option.END:
                return
            case Option.PADDING:
                at += 1
            case Option.WINDOW:
                if at + 3 > len(options):
                    raise ValueError
                peer.window = u32(read16(options, at + 1))
                at += 3
            case Option.STAMP:
                if at + 5 > len(options):
                    raise ValueError
                peer.stamp = read32(options, at + 1)
                at += 5
            case _:
                raise ValueError


def receive(data: Slice[u8]) -> u64:
    """Handle one packet; return how many bytes of it were new data."""
    try:
        header = decode(data)
        read_options(data[HEADER_SIZE : HEADER_SIZE + header.options])
    except EOFError:
        peer.refused += 1
        return 0
    except ValueError:
        peer.refused += 2
        return 0

    match header.kind:
        case Kind.OPEN:
            peer.is_open = True
            peer.expected = header.sequence
        case Kind.DATA if peer.is_open and header.sequence == peer.expected:
            peer.expected += 1
            return header.length - HEADER_SIZE - header.options
        case Kind.CLOSE:
            peer.is_open = False
        case _:
            peer.refused += 1
    return 0


def write_options(into: Slice[u8], number: u32) -> u16:
    """Write a window option, and for some numbers one that is unknown; return their length."""
    into[0] = Option.PADDING
    into[1] = Option.WINDOW
    write16(into, 2, WINDOW)
    if number % 9 != 8:
        return 4
    into[4] = 77
    return 5


def exercise(seed: u64) -> u64:
    """Send packets to ourselves, some of them damaged; return a checksum."""
    total = seed % 1000
    sequence = u32(seed % 100)
    for i in range(u32(40)):
        kind = Kind.OPEN if i == 0 else Kind.DATA
        options = write_options(buffer[HEADER_SIZE:], i)
        length = HEADER_SIZE + options + u16(i)
        try:
            encode(Header(kind, length, 7, sequence, options), buffer[:])
        except ValueError:
            break
        if i % 7 == 6:
            buffer[HEADER_SIZE] ^= 0x20
        taken = receive(buffer[:length])
        if taken > 0 or i == 0:
            sequence = peer.expected
        total = total * 3 % 65537 + taken
    return total + peer.refused + peer.window
