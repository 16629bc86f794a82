"""Text in lines of a width: left, right, centred, justified; and a table."""

from __future__ import annotations

TEXT = (
    "The quick brown fox jumps over the lazy dog. Sphinx of black quartz, judge my vow! "
    "Pack my box with five dozen liquor jugs; how vexingly quick daft zebras jump."
)


def lines_of(text: str, width: int) -> list[list[str]]:
    lines: list[list[str]] = []
    line: list[str] = []
    used = 0
    for word in text.split():
        if line and used + len(line) + len(word) > width:
            lines.append(line)
            line, used = [], 0
        line.append(word)
        used += len(word)
    if line:
        lines.append(line)
    return lines


def justified(words: list[str], width: int) -> str:
    if len(words) == 1:
        return words[0].ljust(width)
    room = width - sum(map(len, words))
    gap, extra = divmod(room, len(words) - 1)
    out = words[0]
    for index, word in enumerate(words[1:]):
        out += " " * (gap + (index < extra)) + word
    return out


def main() -> None:
    for width in (20, 31):
        lines = lines_of(TEXT, width)
        for index, words in enumerate(lines):
            is_last = index == len(lines) - 1
            print(f"|{' '.join(words):<{width}}|" if is_last else f"|{justified(words, width)}|")
        print(f"|{' '.join(lines[0]):>{width}}|{' '.join(lines[1]):^{width}}|")
    widths = [8, 6, 8]
    print("+".join("-" * w for w in widths))
    for name, count, share in (("apples", 12, 0.25), ("pears", 3, 0.0625), ("kiwis", 33, 0.6875)):
        print(f"{name:<{widths[0]}}|{count:>{widths[1]}}|{share:>{widths[2]}.1%}")
    print("\n".join(line.rstrip().expandtabs(4) for line in "a\tb\n\tc  \nxyz\td".split("\n")))
    print("title case here".title(), "MiXeD".swapcase(), "x".zfill(3), "-5".zfill(4))


if __name__ == "__main__":
    main()
