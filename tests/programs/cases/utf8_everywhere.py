"""Text beyond ASCII: positions are those of code points."""

from __future__ import annotations


def main() -> None:
    text = "naïve café — 日本語 😀!"
    print(len(text), len(text.encode()))
    print(text[2], text[-2], text[6:10], text[::-1])
    print(text.find("語"), text.index("😀"), text.rfind("é"), text.count("a"))
    print(text.upper(), text.title(), text.swapcase())
    print([ord(each) for each in "é日😀"], chr(0x1F600), chr(233))
    for index, each in enumerate("añb"):
        print(index, each, each.isalpha(), each.isascii())
    print("ß".upper(), "STRASSE".casefold() == "straße".casefold(), "İ".lower() == "i̇")
    print(text.split(), text.partition("—"))
    print(repr(text), ascii(text))
    print("tab\there", repr("tab\there\n\x00\x7f\u200b\\'"))
    print("é" < "z", "é" == "e\u0301", len("e\u0301"), max("aéz"))
    print(f"|{'日本':>6}|{'é':^5}|{'😀':<3}|")
    print("日本語".center(9, "*"), "é".ljust(3, "."), "é".rjust(3, "."))
    print("a,é,日".split(","), "-".join(["é", "日"]), "日本日本".replace("本", "x"))
    print(text.encode().decode() == text, text.encode()[:5])
    print("é".isdigit(), "٣".isdigit(), "½".isnumeric(), "x²".isidentifier())
    print("  \u2003x\u00a0 ".strip() == "x", "a\u2028b".splitlines())


if __name__ == "__main__":
    main()
