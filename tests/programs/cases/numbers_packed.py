"""struct with whole numbers, and itertools.tee."""

from __future__ import annotations

import struct
from itertools import tee


def main() -> None:
    print(
        struct.pack("<IHb", 1, 65535, -2),
        struct.pack(">q", -3),
        struct.calcsize("<2IxH"),
        struct.pack("!2Hx", 1, 2),
    )
    a, b, c = struct.unpack("<IHb", b"\x01\x00\x00\x00\xff\xff\xfe")
    print(a, b, c, struct.unpack(">Q", bytes(8)), struct.unpack_from("<H", b"\x00\x01\x02", 1))
    for f, v in (("<B", 256), ("<H", -1), ("<i", 2**31), ("<b", 200), ("<I", -5)):
        try:
            print(struct.pack(f, v))
        except struct.error as error:
            print(error)
    try:
        struct.unpack("<I", b"ab")
    except struct.error as error:
        print(error)
    try:
        struct.pack("<II", 1)
    except struct.error as error:
        print(error)
    p, q = tee([1, 2, 3])
    print(next(p), list(q), list(p))
    for f, v in (
        ("<I", 2**32),
        ("<Q", -1),
        (">h", 40000),
        (">L", -1),
        ("<l", 2**40),
        ("<B", -1),
        ("<b", -129),
    ):
        try:
            print(struct.pack(f, v))
        except struct.error as error:
            print(error)


if __name__ == "__main__":
    main()
