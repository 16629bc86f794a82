"""Python's module hashlib, for programs: md5, sha1 and sha256.

Source: FIPS 180-4, sections 4.1, 4.2, 5 and 6; RFC 1321; Python Library Reference, module hashlib.
"""

from __future__ import annotations

from core.containers import octets
from lang import Slice, u8

_WORD = 0xFFFFFFFF
_BLOCK_BYTES = 64

# The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
_CONSTANTS = (
    "428a2f98 71374491 b5c0fbcf e9b5dba5 3956c25b 59f111f1 923f82a4 ab1c5ed5 "
    "d807aa98 12835b01 243185be 550c7dc3 72be5d74 80deb1fe 9bdc06a7 c19bf174 "
    "e49b69c1 efbe4786 0fc19dc6 240ca1cc 2de92c6f 4a7484aa 5cb0a9dc 76f988da "
    "983e5152 a831c66d b00327c8 bf597fc7 c6e00bf3 d5a79147 06ca6351 14292967 "
    "27b70a85 2e1b2138 4d2c6dfc 53380d13 650a7354 766a0abb 81c2c92e 92722c85 "
    "a2bfe8a1 a81a664b c24b8b70 c76c51a3 d192e819 d6990624 f40e3585 106aa070 "
    "19a4c116 1e376c08 2748774c 34b0bcb5 391c0cb3 4ed8aa4a 5b9cca4f 682e6ff3 "
    "748f82ee 78a5636f 84c87814 8cc70208 90befffa a4506ceb bef9a3f7 c67178f2"
)
# Those of the square roots of the first 8 primes.
_START = "6a09e667 bb67ae85 3c6ef372 a54ff53a 510e527f 9b05688c 1f83d9ab 5be0cd19"

# The first 32 bits behind the point of the sines of 1 to 64 (RFC 1321, section 3.4).
_SINES = (
    "d76aa478 e8c7b756 242070db c1bdceee f57c0faf 4787c62a a8304613 fd469501 "
    "698098d8 8b44f7af ffff5bb1 895cd7be 6b901122 fd987193 a679438e 49b40821 "
    "f61e2562 c040b340 265e5a51 e9b6c7aa d62f105d 02441453 d8a1e681 e7d3fbc8 "
    "21e1cde6 c33707d6 f4d50d87 455a14ed a9e3e905 fcefa3f8 676f02d9 8d2a4c8a "
    "fffa3942 8771f681 6d9d6122 fde5380c a4beea44 4bdecfa9 f6bb4b60 bebfbc70 "
    "289b7ec6 eaa127fa d4ef3085 04881d05 d9d4d039 e6db99e5 1fa27cf8 c4ac5665 "
    "f4292244 432aff97 ab9423a7 fc93a039 655b59c3 8f0ccc92 ffeff47d 85845dd1 "
    "6fa87e4f fe2ce6e0 a3014314 4e0811a1 f7537e82 bd3af235 2ad7d2bb eb86d391"
)
_MD5_TURNS = (7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21)
_MD5_START = "67452301 efcdab89 98badcfe 10325476"
_SHA1_START = "67452301 efcdab89 98badcfe 10325476 c3d2e1f0"


def _words(text: str) -> list[int]:
    return [int(each, 16) for each in text.split()]


class Hash:
    """A hash of what it was given so far."""

    name: str
    digest_size: int
    block_size: int
    _state: list[int]
    _rest: list[int]  # bytes that fill no block yet
    _length_bytes: int

    def __init__(self, name: str, start: str) -> None:
        self.name = name
        self.block_size = _BLOCK_BYTES
        self._state = _words(start)
        self.digest_size = 4 * len(self._state)
        self._rest = []
        self._length_bytes = 0

    def update(self, data: Slice[u8]) -> None:
        """Go on with more bytes."""
        for byte in data:
            self._rest.append(int(byte))
            if len(self._rest) == _BLOCK_BYTES:
                self._mix(self._state, self._rest)
                self._rest.clear()
        self._length_bytes += len(data)

    def hexdigest(self) -> str:
        """Return the hash as hexadecimal digits."""
        return "".join([f"{byte:02x}" for byte in self._bytes()])

    def digest(self) -> bytes:
        """Return the hash."""
        return octets.of_numbers(self._bytes())

    def _bytes(self) -> list[int]:
        state = self._state.copy()
        block = self._rest.copy()
        block.append(0x80)
        if len(block) > _BLOCK_BYTES - 8:
            while len(block) < _BLOCK_BYTES:
                block.append(0)
            self._mix(state, block)
            block.clear()
        while len(block) < _BLOCK_BYTES - 8:
            block.append(0)
        bits = self._length_bytes * 8
        for index in range(8):
            block.append((bits >> self._shift_of(index, 8)) & 0xFF)
        self._mix(state, block)
        return [(word >> self._shift_of(index, 4)) & 0xFF for word in state for index in range(4)]

    def _shift_of(self, index: int, size: int) -> int:
        """Return by how many bits the byte at an index of so many lies above the lowest."""
        return 8 * (size - 1 - index)

    def _mix(self, state: list[int], block: list[int]) -> None:
        """Mix one block of 64 bytes into a state."""
        raise NotImplementedError


class SHA256(Hash):
    """FIPS 180-4, section 6.2."""

    _constants: list[int]

    def __init__(self) -> None:
        super().__init__("sha256", _START)
        self._constants = _words(_CONSTANTS)

    def _mix(self, state: list[int], block: list[int]) -> None:
        _compress(state, block, self._constants)


class SHA1(Hash):
    """FIPS 180-4, section 6.1."""

    def __init__(self) -> None:
        super().__init__("sha1", _SHA1_START)

    def _mix(self, state: list[int], block: list[int]) -> None:
        w = _big_words(block)
        for t in range(16, 80):
            w.append(_left(w[t - 3] ^ w[t - 8] ^ w[t - 14] ^ w[t - 16], 1))
        a, b, c, d, e = state[0], state[1], state[2], state[3], state[4]
        for t in range(80):
            if t < 20:
                mixed, constant = (b & c) | ((_WORD ^ b) & d), 0x5A827999
            elif t < 40:
                mixed, constant = b ^ c ^ d, 0x6ED9EBA1
            elif t < 60:
                mixed, constant = (b & c) | (b & d) | (c & d), 0x8F1BBCDC
            else:
                mixed, constant = b ^ c ^ d, 0xCA62C1D6
            total = (_left(a, 5) + mixed + e + constant + w[t]) & _WORD
            e, d, c, b, a = d, c, _left(b, 30), a, total
        for index, word in enumerate([a, b, c, d, e]):
            state[index] = (state[index] + word) & _WORD


class MD5(Hash):
    """RFC 1321, section 3; its words begin with the low byte."""

    _sines: list[int]

    def __init__(self) -> None:
        super().__init__("md5", _MD5_START)
        self._sines = _words(_SINES)

    def _shift_of(self, index: int, size: int) -> int:
        return 8 * index

    def _mix(self, state: list[int], block: list[int]) -> None:
        w = [
            block[i] | block[i + 1] << 8 | block[i + 2] << 16 | block[i + 3] << 24
            for i in range(0, 64, 4)
        ]
        a, b, c, d = state[0], state[1], state[2], state[3]
        for t in range(64):
            if t < 16:
                mixed, at = (b & c) | ((_WORD ^ b) & d), t
            elif t < 32:
                mixed, at = (d & b) | ((_WORD ^ d) & c), (5 * t + 1) % 16
            elif t < 48:
                mixed, at = b ^ c ^ d, (3 * t + 5) % 16
            else:
                mixed, at = c ^ (b | (_WORD ^ d)), 7 * t % 16
            total = (a + mixed + self._sines[t] + w[at]) & _WORD
            a, d, c, b = d, c, b, (b + _left(total, _MD5_TURNS[t // 16 * 4 + t % 4])) & _WORD
        for index, word in enumerate([a, b, c, d]):
            state[index] = (state[index] + word) & _WORD


def sha256(data: Slice[u8] = b"") -> Hash:
    """Return a hash that has been given `data`."""
    made = SHA256()
    made.update(data)
    return made


def sha1(data: Slice[u8] = b"") -> Hash:
    """Return a hash that has been given `data`."""
    made = SHA1()
    made.update(data)
    return made


def md5(data: Slice[u8] = b"") -> Hash:
    """Return a hash that has been given `data`."""
    made = MD5()
    made.update(data)
    return made


def _turned(word: int, bits: int) -> int:
    return ((word >> bits) | (word << (32 - bits))) & _WORD


def _left(word: int, bits: int) -> int:
    return _turned(word, 32 - bits)


def _big_words(block: list[int]) -> list[int]:
    """Return the words of a block, which begin with the high byte."""
    return [
        block[i] << 24 | block[i + 1] << 16 | block[i + 2] << 8 | block[i + 3]
        for i in range(0, 64, 4)
    ]


def _compress(state: list[int], block: list[int], constants: list[int]) -> None:
    """Mix one block of 64 bytes into the state (section 6.2.2)."""
    w = _big_words(block)
    for t in range(16, 64):
        before, last = w[t - 15], w[t - 2]
        small = _turned(before, 7) ^ _turned(before, 18) ^ (before >> 3)
        large = _turned(last, 17) ^ _turned(last, 19) ^ (last >> 10)
        w.append((w[t - 16] + small + w[t - 7] + large) & _WORD)
    a, b, c, d = state[0], state[1], state[2], state[3]
    e, f, g, h = state[4], state[5], state[6], state[7]
    for t in range(64):
        choice = (e & f) ^ ((_WORD ^ e) & g)
        majority = (a & b) ^ (a & c) ^ (b & c)
        first = h + (_turned(e, 6) ^ _turned(e, 11) ^ _turned(e, 25)) + choice + constants[t] + w[t]
        second = (_turned(a, 2) ^ _turned(a, 13) ^ _turned(a, 22)) + majority
        h, g, f, e = g, f, e, (d + first) & _WORD
        d, c, b, a = c, b, a, (first + second) & _WORD
    for i, word in enumerate([a, b, c, d, e, f, g, h]):
        state[i] = (state[i] + word) & _WORD
