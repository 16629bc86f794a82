"""md5, sha1 and sha256."""

from __future__ import annotations

import hashlib


def main() -> None:
    for text in ["", "abc", "a" * 55, "a" * 56, "a" * 64, "x" * 1000, "é"]:
        data = text.encode()
        print(
            hashlib.md5(data).hexdigest(),
            hashlib.sha1(data).hexdigest(),
            hashlib.sha256(data).hexdigest(),
        )
    h = hashlib.md5()
    h.update(b"ab")
    h.update(b"c")
    print(h.hexdigest(), h.digest(), h.name, h.digest_size, h.block_size)
    print(hashlib.sha1(b"x").digest().hex())


if __name__ == "__main__":
    main()
