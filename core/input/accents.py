"""Accents: the character that an accent and the one after it make."""

from __future__ import annotations

from typing import Final

from lang import Array, comptime, no_raise, u16, u32, usize

# After each accent, pairs of a character and what it becomes.
COMPOSED: Final = {
    "´": "aáeéiíoóuúyýAÁEÉIÍOÓUÚYÝcćnńsśzźCĆNŃSŚZŹ",
    "`": "aàeèiìoòuùAÀEÈIÌOÒUÙ",
    "^": "aâeêiîoôuûAÂEÊIÎOÔUÛ",
    "¨": "aäeëiïoöuüyÿAÄEËIÏOÖUÜ",
    "~": "aãnñoõAÃNÑOÕ",
    "°": "aåAÅ",
    "¸": "cçCÇsşSŞ",
    "ˇ": "cčsšzžCČSŠZŽ",
}
ENTRY: Final = 3


@comptime
def _entries() -> list[int]:
    """Return accent, character, result, one after the other."""
    return [
        ord(character)
        for accent, pairs in COMPOSED.items()
        for index in range(0, len(pairs), 2)
        for character in (accent, pairs[index], pairs[index + 1])
    ]


ENTRIES: Final = Array[u16, len(_entries())](*_entries())


@no_raise
def compose(accent: u32, character: u32) -> u32:
    """Return what an accent and a character make; 0 if they make nothing."""
    for index in range(usize(0), usize(len(ENTRIES)), usize(ENTRY)):
        if ENTRIES[index] == accent and ENTRIES[index + 1] == character:
            return ENTRIES[index + 2]
    return 0
