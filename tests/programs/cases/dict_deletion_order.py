"""Insertion order survives deletion and coming back."""

from __future__ import annotations


def main() -> None:
    d = {n: n * n for n in range(10)}
    for n in range(0, 10, 3):
        del d[n]
    print(d)
    d[0] = -1
    d[3] = -2
    d[1] = 100
    print(list(d), list(d.values()))
    print(d.pop(2), d.pop(77, -7), d.popitem())
    d.update({5: 55, 20: 400})
    print(list(d.items()))
    print(list(reversed(d)))
    merged = d | {7: 0, 8: 1}
    print(merged, len(merged))
    d.clear()
    print(d, not d)
    words: dict[str, list[int]] = {}
    for i, w in enumerate("the cat the dog the end".split()):
        words.setdefault(w, []).append(i)
    print(words)
    inverse = {len(v): k for k, v in words.items()}
    print(inverse)
    for key in sorted(words, key=lambda k: words[k][-1]):
        print(key, words[key], end="; ")
    print()
    try:
        for key in words:
            words[key + "x"] = []
    except RuntimeError as error:
        print(error)


if __name__ == "__main__":
    main()
