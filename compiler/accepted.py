"""Sources that were accepted before: Python compiles them, and they are nested no deeper than we follow.

Finding that out takes longer than parsing, and hardly any file changes from one compilation to the next.
The cache keeps the digests of the texts for which it was found, one a line, for each state of the
compiler.
"""

from __future__ import annotations

import contextlib
import hashlib
from functools import cache

from compiler.cache import Cache, compiler_digest, digest


def is_accepted(text: str) -> bool:
    """Return whether a source with this text was accepted before."""
    return _digest_of(text) in _accepted()


def accept(text: str) -> None:
    """Note that a source with this text is fine."""
    found = _digest_of(text)
    _accepted().add(found)
    path = Cache().path(_key())
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a") as file:
            file.write(f"{found}\n")  # as one piece, since it is short


@cache
def _accepted() -> set[str]:
    content = Cache().read(_key()) or b""
    return set(content.decode(errors="replace").split())


@cache
def _key() -> str:
    return digest(["accepted sources", compiler_digest()])


def _digest_of(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
