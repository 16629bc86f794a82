"""Two ciphers and what breaks one."""

from __future__ import annotations


def shift(c: str, by: int) -> str:
    if "a" <= c <= "z":
        return chr((ord(c) - ord("a") + by) % 26 + ord("a"))
    if "A" <= c <= "Z":
        return chr((ord(c) - ord("A") + by) % 26 + ord("A"))
    return c


def caesar(text: str, by: int) -> str:
    return "".join(shift(c, by) for c in text)


def vigenere(text: str, key: str, sign: int = 1) -> str:
    out: list[str] = []
    i = 0
    for c in text:
        if c.isalpha():
            out.append(shift(c, sign * (ord(key[i % len(key)]) - ord("a"))))
            i += 1
        else:
            out.append(c)
    return "".join(out)


def crack(text: str) -> int:
    best, best_score = 0, -1
    for by in range(26):
        plain = caesar(text, -by).lower()
        score = sum(plain.count(c) for c in "etaoin")
        if score > best_score:
            best, best_score = by, score
    return best


def main() -> None:
    secret = caesar("Meet me at the station at noon, Eve!", 7)
    print(secret, crack(secret), caesar(secret, -crack(secret)))
    hidden = vigenere("Attack at Dawn", "lemon")
    print(hidden, vigenere(hidden, "lemon", -1))


if __name__ == "__main__":
    main()
