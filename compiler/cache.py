"""The cache: what earlier compilations made, found by a digest of all that it was made from.

An entry is a file named by its key, in a folder named by the key's first two digits. Keys cover the
source, the interfaces that it imports, the compiler itself and the flags, so an entry never becomes
wrong, only useless; entries that were not used for a month are removed. Writing is atomic, so
processes may share the folder.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import sys
import tempfile
import time
import zlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent
UNUSED_S = 30 * 24 * 3600
_DAY_S = 24 * 3600
_DAMAGED = (pickle.UnpicklingError, EOFError, LookupError, ValueError, TypeError, AttributeError)


class Cache:
    def __init__(self, folder: Path | None = None):
        chosen = folder or os.environ.get("PATCHWORK_CACHE") or PROJECT / "build" / "cache"
        self.folder = Path(chosen)

    def read(self, key: str) -> bytes | None:
        """Return the entry's content; None if there is none."""
        path = self.path(key)
        try:
            content = path.read_bytes()
        except OSError:
            return None
        with contextlib.suppress(OSError):
            if time.time() - path.stat().st_mtime > _DAY_S:
                os.utime(path)
        return content

    def write(self, key: str, content: bytes) -> None:
        """Store an entry; a full disk costs only the time of making it again."""
        path = self.path(key)
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(content)
                os.replace(name, path)
            except OSError:
                os.unlink(name)

    def read_object(self, key: str) -> Any:
        """Return an entry that `write_object` stored; None if there is none or it is damaged."""
        content = self.read(key)
        if content is None:
            return None
        try:
            return pickle.loads(content)
        except _DAMAGED:
            return None

    def write_object(self, key: str, value: Any) -> None:
        self.write(key, pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL))

    def read_text(self, key: str) -> str | None:
        """Return an entry that `write_text` stored; None if there is none or it is damaged."""
        content = self.read(key)
        if content is None:
            return None
        try:
            return zlib.decompress(content).decode()
        except (zlib.error, UnicodeDecodeError):
            return None

    def write_text(self, key: str, text: str) -> None:
        """Store a long text, compressed."""
        self.write(key, zlib.compress(text.encode(), 1))

    def remove_unused(self) -> None:
        """Remove what was not used for a month; looks at most once a day."""
        stamp = self.folder / "last-removal"
        with contextlib.suppress(OSError):
            if stamp.exists() and time.time() - stamp.stat().st_mtime < _DAY_S:
                return
            stamp.parent.mkdir(parents=True, exist_ok=True)
            stamp.touch()
            oldest = time.time() - UNUSED_S
            for path in self.folder.glob("??/*"):
                if path.stat().st_mtime < oldest:
                    path.unlink(missing_ok=True)

    def path(self, key: str) -> Path:
        """Return the file of an entry."""
        return self.folder / key[:2] / key[2:]


def digest(parts: Iterable[str | bytes]) -> str:
    """Return a digest of the parts; their boundaries count."""
    total = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        total.update(len(data).to_bytes(8, "little"))
        total.update(data)
    return total.hexdigest()


@cache
def compiler_digest() -> str:
    """Return a digest of the compiler: its sources, the vocabulary, Python and LLVM's version."""
    parts: list[str | bytes] = [sys.version, _llvm_version()]
    for folder in ("compiler", "lang"):
        for path in sorted((PROJECT / folder).rglob("*.py")):
            parts += [str(path.relative_to(PROJECT)), path.read_bytes()]
    return digest(parts)


def _llvm_version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    versions = []
    for package in ("llvmlite", "ziglang"):
        try:
            versions.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            versions.append(f"no {package}")
    return ", ".join(versions)
