"""A program that has the screen for a while, and paints a part of it."""

from __future__ import annotations

from lang import Array, Ptr, u8, u32, u64
from lib.std import files, system

READ_AND_WRITE = 3
ORANGE = 0xE76F51


def main() -> int:
    words = files.read_text("/dev/fb/0/info").split()
    width, height, row = int(words[0]), int(words[1]), int(words[2])
    print(words)
    screen = system.open(b"/dev/fb/0/data:rw")
    size = u64(row * height)
    pixels = Ptr[u32](system.map_file(screen, 0, size, u32(READ_AND_WRITE)))
    for y in range(100, 200):
        for x in range(width // 2):
            pixels[u64(y * row // 4 + x)] = u32(ORANGE)
    try:
        system.map_file(screen, 0, size + 4096, u32(READ_AND_WRITE))
    except ValueError:
        print("it has no more")
    print("painted")
    key = Array[u8, 8]()
    system.read(0, key[:])
    system.close(screen)
    print("closed")
    system.read(0, key[:])
    return 0
