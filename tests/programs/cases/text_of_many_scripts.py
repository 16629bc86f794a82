"""UTF-8: lengths, slices, searches and cases of text beyond ASCII."""

from __future__ import annotations


def main() -> None:
    words = ["naïve", "Ελλάδα", "日本語", "emoji 😀!", "Straße"]
    for word in words:
        data = word.encode()
        print(word, len(word), len(data), word[::-1], word[1:3], data.decode() == word)
    print("日本語".find("語"), "naïve".replace("ï", "i"), "😀" in "emoji 😀!", "a😀b".split("😀"))
    print("é".encode(), "é".upper(), "ß".upper(), "ΑΒΓ".lower(), "ñ".isalpha(), "五".isalpha())
    print([ord(c) for c in "aé日😀"], [chr(n) for n in (97, 233, 26085, 128512)])
    print(sorted(["é", "z", "a", "日"]), "é" < "z", max("aéz"))
    print("tab\tnew\nline", repr("tab\tnew\nline é \x00 \x7f 😀 'q'"))
    print("日本".center(8, "*"), "é".rjust(4) + "|", f"{'日本':>6}|{'é':^5}|")
    try:
        b"\xff\xfe".decode()
    except UnicodeDecodeError as e:
        print(type(e).__name__)
    print(b"caf\xc3\xa9".decode(), b"a\xffb".decode("utf-8", "replace") == "a\ufffdb")
    print("one two".title(), "x".join(["é", "日"]), "é日" * 2, "日本語".count("本"))
    print({c: "été".count(c) for c in "été"}, "É".casefold() == "é".casefold())


if __name__ == "__main__":
    main()
