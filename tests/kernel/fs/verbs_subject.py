"""Verbs for tests/kernel/fs/test_verbs.py."""

from __future__ import annotations

from typing import Final

from core.text.buffer import TextBuffer
from kernel.fs import verbs
from kernel.fs.command import Command
from kernel.fs.verbs import BadCommand, Verb
from lang import Array, Slice, u8, u64

VERBS: Final = Array[Verb, 4](
    Verb(b"close", b"FIRST:number [END:number]", b"close files"),
    Verb(b"bind", b"PATH:path SOURCE:path", b"bind"),
    Verb(b"start", b"", b"begin"),
    Verb(b"kill", b"[STATUS:text]", b"end"),
)


def check(text: Slice[u8], into: Slice[u8]) -> tuple[u64, u64]:
    """Return the index of the verb of the first command in a text; or else 99, and the length of the complaint."""
    out = TextBuffer(into)
    command = Command()
    command.read(text)
    try:
        return u64(verbs.check(VERBS[:], command, out)), u64(len(out.text()))
    except BadCommand:
        return 99, u64(len(out.text()))


def manual(into: Slice[u8]) -> u64:
    out = TextBuffer(into)
    verbs.write_manual(VERBS[:], out)
    return u64(len(out.text()))
