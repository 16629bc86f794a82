"""Letters and words of a text, in order of frequency, as bars."""

from __future__ import annotations

from collections import Counter

TEXT = """It was the best of times, it was the worst of times, it was the age of
wisdom, it was the age of foolishness, it was the epoch of belief"""


def main() -> None:
    words = Counter(w.strip(",.").lower() for w in TEXT.split())
    for word, count in words.most_common(5):
        print(f"{word:<6}{'*' * count} {count}")
    letters: dict[str, int] = {}
    for c in TEXT.lower():
        if c.isalpha():
            letters[c] = letters.get(c, 0) + 1
    ranked = sorted(letters.items(), key=lambda kv: (-kv[1], kv[0]))
    print(ranked[:6])
    print("".join(c for c, _ in ranked))
    lengths: dict[int, list[str]] = {}
    for word in words:
        lengths.setdefault(len(word), []).append(word)
    for length in sorted(lengths):
        print(length, sorted(lengths[length]))
    total = sum(letters.values())
    print(f"{letters['e'] / total:.1%} of {total:,}")


if __name__ == "__main__":
    main()
