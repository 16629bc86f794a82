"""Counting words and letters, in many ways."""

from __future__ import annotations

from collections import Counter, defaultdict

TEXT = """It was the best of times, it was the worst of times, it was the age of wisdom,
it was the age of foolishness, it was the epoch of belief, it was the epoch of incredulity"""


def words_of(text: str) -> list[str]:
    return [word.strip(".,;!?").lower() for word in text.split()]


def main() -> None:
    words = words_of(TEXT)
    counts: dict[str, int] = {}
    for word in words:
        counts[word] = counts.get(word, 0) + 1
    for word, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:6]:
        print(f"{word:<8}{count:>3} {'*' * count}")
    counter = Counter(words)
    print(counter.most_common(3), counter["times"], counter["nothing"], sum(counter.values()))
    by_length: defaultdict[int, set[str]] = defaultdict(set)
    for word in words:
        by_length[len(word)].add(word)
    for length in sorted(by_length):
        print(length, sorted(by_length[length]))
    letters = Counter(letter for word in words for letter in word)
    print(letters.most_common(5), len(letters))
    vowels = sum(letters[vowel] for vowel in "aeiou")
    print(f"{vowels / sum(letters.values()):.2%}")
    pairs = Counter(zip(words, words[1:]))
    print([pair for pair, count in pairs.items() if count > 3])
    more = Counter("abracadabra")
    more.update("banana")
    more.subtract("aaa")
    print(more, sorted((more + Counter("zz")).items()), more - Counter("aaaab"))
    print(
        sorted(set(words) & {"age", "epoch", "moon"}),
        sorted(set("abc") ^ set("bcd")),
        set("a") <= set("ab"),
    )
    index: dict[str, list[int]] = {}
    for position, word in enumerate(words):
        index.setdefault(word, []).append(position)
    print(index["age"], index["epoch"], max(index, key=lambda w: (len(index[w]), w)))


if __name__ == "__main__":
    main()
