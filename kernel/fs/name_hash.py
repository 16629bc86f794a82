"""Hashes of names that a program may choose, but not so that many of them are alike.

The function is FNV-1a, which is as fast as comparing short names, begun with a secret in place of its published constant: who
does not know that cannot make names which collide. It is drawn once, before there is any name.

Source: RFC 9923; Crosby and Wallach, "Denial of Service via Algorithmic Complexity Attacks", USENIX Security 2003.
"""

from __future__ import annotations

from core import hash
from kernel.cpu import randomness
from lang import Slice, inline, no_raise, u8, u64

secret: u64 = hash.FNV_OFFSET


@no_raise
def begin() -> None:
    """Draw the secret."""
    global secret
    secret = randomness.word()


@inline
@no_raise
def of(name: Slice[u8], folder: u64) -> u64:
    """Return the hash of a name in a folder, of which `folder` is any number that is its own."""
    return hash.mix(hash.fnv1a_from(secret ^ folder, name))
