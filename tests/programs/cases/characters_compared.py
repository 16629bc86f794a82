"""Characters of a text: compared, ordered and counted, in order of evaluation."""

from __future__ import annotations


def says(text: str, index: int) -> str:
    print("looks", index)
    return text


def at(index: int) -> int:
    print("at", index)
    return index


def main() -> None:
    text, wide = "a1(z", "ä€😀x"
    print(text[0] == "a", text[0] != "a", text[1] < "b", text[-1] >= "z", "(" == text[2])
    print(
        "0" <= text[1] <= "9",
        "a" < text[3] < wide[0],
        wide[-2] == "😀",
        wide[0] == "a",
        wide[1] > wide[0],
    )
    print(text[0] == "", text[0] == "ab", "" < text[0], text[0] < "aa", wide[0] == text[0])
    print(ord(text[1]), ord(wide[2]), ord(wide[-4]))
    print(says(text, 1)[at(1)] == says(wide, 2)[at(2)])
    try:
        print(says(text, 1)[at(9)] == says(wide, 2)[at(2)])
    except IndexError as error:
        print(error)
    try:
        print("x" == says(wide, 1)[at(-5)])
    except IndexError as error:
        print(error)
    try:
        print(ord(says(wide, 1)[at(4)]))
    except IndexError as error:
        print(error)
    count = 0
    while count < len(text) and (text[count] == "a" or text[count] == "1"):
        count += 1
    print(count, [c for c in range(len(wide)) if wide[c] in "x😀"])


if __name__ == "__main__":
    main()
