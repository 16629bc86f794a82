"""The cases and kinds of letters, far beyond ASCII."""

from __future__ import annotations


def show(text: str) -> None:
    print([text, text.upper(), text.lower(), text.title(), text.capitalize(), text.swapcase()])
    print(
        text.casefold(), text.isalpha(), text.isdigit(), text.isdecimal(), text.isnumeric(), end=" "
    )
    print(text.isalnum(), text.isspace(), text.isupper(), text.islower(), text.isascii())


def main() -> int:
    for text in [
        "",
        "abc",
        "ABC",
        "aBc dEf",
        "they're bill's",
        "123",
        "a1",
        " \t\n",
        "Straße",
        "ΑΣΑΣ ΣΑΣ",
        "ǆ ǅ Ǆ",
        "ﬁne",
        "İstanbul",
        "ÀÉÎ",
        "日本語",
        "²³",
        "½",
        "٣",
        "x\u2003y",
        "\u2003",
        "Ⅷ",
        "ⓐ",
        "𝐀",
        "ŉ",
        "Hello World",
    ]:
        show(text)
    total = 0
    for code in range(0x80, 0x3000):
        c = chr(code)
        total = total * 3 % 1000003 + len(c.upper()) + ord(c.lower()[0])
        for fact in (c.isalpha(), c.isdigit(), c.isupper(), c.islower(), c.isspace(), c.isalnum()):
            total = total * 2 % 1000003 + (1 if fact else 0)
    print(total)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
