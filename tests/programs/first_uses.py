"""Empty lists, dicts and sets that get their types from what is put into them first."""

from __future__ import annotations


def lengths(words: list[str]) -> list[int]:
    result = []
    for word in words:
        result.append(len(word))
    return result


def by_letter(words: list[str]) -> dict[str, list[str]]:
    groups = {}
    for word in words:
        if word[0] not in groups:
            groups[word[0]] = []
        groups[word[0]].append(word)
    return groups


def evens(limit: int) -> list[int]:
    found = []
    if limit > 100:
        return found
    for number in range(limit):
        if number % 2 == 0:
            found.append(number)
    return found


def distinct(words: list[str]) -> int:
    seen = set()
    for word in words:
        seen.add(word.lower())
    return len(seen)


words = ["pear", "Plum", "apple", "Apple"]
print(lengths(words), by_letter(words), evens(7), evens(1000), distinct(words))
table = {}
for word in words:
    table[word] = len(word)
print(table)
