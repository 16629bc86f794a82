"""/dev/rand: bytes that nobody can guess, without end, from the processor's source.

Files in /dev:
    rand    random bytes without end; NoRandomness where the processor has no source of such
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.file_records import NodeKind
from kernel.cpu import randomness
from kernel.fs.vnode import Vnode
from lang import Array, UserSlice, sleeps, u8, u64

if TYPE_CHECKING:
    from kernel.fs.file import File

PIECE: Final = 256


class RandomFile(Vnode):
    def __init__(self) -> None:
        super().__init__(NodeKind.FILE)

    @sleeps
    def read(self, file: File, into: UserSlice[u8], offset: u64) -> u64:
        """See Vnode.

        Raises:
            NoRandomness: the processor has no source of such numbers, or it is broken.
        """
        piece = Array[u8, PIECE]()
        for start in range(u64(0), len(into), u64(PIECE)):
            count = min(len(into) - start, u64(PIECE))
            for place in range(u64(0), count, u64(8)):
                word = randomness.secret()
                for byte in range(u64(8)):
                    piece[place + byte] = u8(word >> 8 * byte & 0xFF)
            into[start : start + count].copy_in(piece[:count])
        return len(into)
