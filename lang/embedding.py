"""Files whose contents become part of the program while it is compiled."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

_hashes: dict[Path, str] = {}


def embed(path: str) -> bytes:
    """Return the contents of a file, named relative to the source file that calls this."""
    caller = Path(sys._getframe(1).f_code.co_filename)
    file = (caller.parent / path).resolve()
    contents = file.read_bytes()
    _hashes[file] = hashlib.sha256(contents).hexdigest()
    return contents


def embedded_files() -> dict[Path, str]:
    """Return the files that were embedded so far, with the SHA-256 of each, for the build's cache."""
    return dict(_hashes)
