"""Loops over the words of a text, which may have another meaning before the loop ends."""

from __future__ import annotations


def text_of(words: int) -> str:
    print("made")
    return "  ein\twort\u00a0und\u2003noch  " * words


def main() -> None:
    text = " one two  three\n"
    for word in text.split():
        text = word.upper()
        print(word, text)
    for number, word in enumerate(text_of(2).split(), 1):
        if number == 7:
            break
        print(number, word == "noch", len(word))
    else:
        print("all")
    for word in "".split():
        print("never", word)
    for word in " \t ".split():
        print("never", word)
    for word in "\tab\u3000cd \x1c\x85ef\ng\u00e9 \u00e9\u200b\u00a0\x7f!\x1f ".split():
        print(ascii(word), len(word))
    for word in "x\u2003".split():
        print(word)
    for word in "x \u2003y\u0301".split():
        print(ascii(word))
    for word in "a,b c".split(","):
        print(word)
    kept = [word for word in "x yy zzz".split() if len(word) > 1]
    print(kept, {word: len(word) for word in "x yy x".split()}, len("a b".split()))
    print(sum(len(word) for word in "a bb ccc".split()), [*"p q".split()])
    for left, right in zip("a b c".split(), "d e".split(), strict=False):
        print(left, right)


if __name__ == "__main__":
    main()
