"""Word frequency."""

from __future__ import annotations


def clean(word: str) -> str:
    return word.strip(".,;:!?").lower()


def main() -> None:
    text = """It was the best of times, it was the worst of times,
    it was the age of wisdom, it was the age of foolishness"""
    counts: dict[str, int] = {}
    for word in text.split():
        key = clean(word)
        if key:
            counts[key] = counts.get(key, 0) + 1
    for word, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        print(f"{word:<12}{count:>4} {'#' * count}")
    print(len(counts), sum(counts.values()))


if __name__ == "__main__":
    main()
