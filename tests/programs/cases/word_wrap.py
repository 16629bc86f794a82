"""Fill paragraphs to a width, left, right and justified."""

from __future__ import annotations


def wrap(text: str, width: int) -> list[str]:
    lines: list[str] = []
    line = ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    if line:
        lines.append(line)
    return lines


def justify(line: str, width: int) -> str:
    words = line.split()
    if len(words) == 1:
        return line
    spaces = width - sum(len(w) for w in words)
    gaps = len(words) - 1
    out = ""
    for i, word in enumerate(words[:-1]):
        out += word + " " * (spaces // gaps + (1 if i < spaces % gaps else 0))
    return out + words[-1]


def main() -> None:
    text = "The quick brown fox jumps over the lazy dog and runs away from the very angry bear"
    for width in (10, 20, 33):
        for line in wrap(text, width):
            print(f"[{line:<{width}}][{line:>{width}}][{justify(line, width)}]")


if __name__ == "__main__":
    main()
