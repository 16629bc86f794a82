"""Hashes of bytes: hashlib."""

from __future__ import annotations

import hashlib

print(hashlib.sha256(b"abc").hexdigest())
print(hashlib.sha256().hexdigest())
print(hashlib.sha256("text \u00e9".encode()).hexdigest()[:16])
for size in [55, 56, 63, 64, 65, 200]:
    print(size, hashlib.sha256(("x" * size).encode()).hexdigest())
hash = hashlib.sha256()
for part in ["a", "b" * 70, "c"]:
    hash.update(part.encode())
print(hash.name, hash.digest_size, hash.hexdigest(), hash.hexdigest() == hash.hexdigest())
