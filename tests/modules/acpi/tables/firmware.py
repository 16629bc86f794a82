"""A firmware that writes tables into simulated memory."""

from __future__ import annotations

import ctypes
import struct

from tests.kernel.mem.simulated import MOVED

RSDP, ROOT, FIRST = 0xF_0000, 0x10_0000, 0x11_0000


def store(address: int, data: bytes) -> None:
    ctypes.memmove(MOVED["PHYSICAL_MAP"] + address, data, len(data))


def add_up(data: bytes, place: int) -> bytes:
    """Set the byte at a place so that all add up to 0."""
    rest = data[:place] + b"\0" + data[place + 1 :]
    return rest[:place] + bytes([-sum(rest) % 256]) + rest[place + 1 :]


def table(
    name: bytes, body: bytes, length: int | None = None, good: bool = True, revision: int = 1
) -> bytes:
    whole = len(body) + 36 if length is None else length
    head = struct.pack("<4sIBB6s8sI4sI", name, whole, revision, 0, b"BOCHS", b"BXPC", 1, b"BXPC", 1)
    result = add_up(head + body, 9)
    return result if good else result[:-1] + bytes([result[-1] ^ 1])


def rsdp(rsdt: int = 0, xsdt: int | None = ROOT, length: int = 36) -> bytes:
    revision = 0 if xsdt is None else 2
    first = add_up(struct.pack("<8sB6sBI", b"RSD PTR ", 0, b"BOCHS", revision, rsdt), 8)
    if xsdt is None:
        return first
    return add_up(first + struct.pack("<IQB3s", length, xsdt, 0, b""), 32)


def write(tables: list[bytes], width: int = 8) -> None:
    """Write tables, what leads to them, and the root pointer."""
    addresses = []
    for index, each in enumerate(tables):
        addresses.append(FIRST + index * 0x1_0000)
        store(addresses[-1], each)
    body = b"".join(address.to_bytes(width, "little") for address in addresses)
    store(ROOT, table(b"XSDT" if width == 8 else b"RSDT", body))
    store(RSDP, rsdp() if width == 8 else rsdp(ROOT, None))
