"""Text beyond ASCII."""

from __future__ import annotations


def main() -> None:
    s = "naïve café — 東京 🚀"
    print(len(s), s.upper(), s.title(), s[::-1])
    print(s[2], s[-1], s[6:10], s.find("東"), s.index("é"))
    print([ord(c) for c in s[-4:]], chr(0x1F680), "é" < "z", "e" < "é")
    print(len(s.encode()))
    print(s.split("—"), s.replace("é", "e").replace("ï", "i"))
    print("ß".upper(), "ǅ".lower(), "İ".lower() == "i̇", "Σας".lower())
    print("äöü".center(9, "*"), "東".ljust(3, "·") + "|", f"{'🚀':>4}|")
    for c in "aé東🚀":
        print(repr(c), c.isalpha(), c.isascii(), len(c.encode()))
    print(repr("\x00\x7f\u200b"), repr("it's"), repr('say "hi"'))
    print(sorted("éaße"), "".join(sorted(set("hello"))))
    print("a,b,,c".split(","), "  x  y ".split(), "x\ny\r\nz".splitlines())
    print("abc".startswith("ab"), "abc".endswith("bc"))
    print("%s is %d years and %.2f" % ("Ann", 30, 1.5))
    print("Hello World".swapcase(), "hello".capitalize(), "x".join(["a", "b", "c"]))
    print("tic-tac".partition("-"), "abcabc".count("bc"), "abcabc".rfind("b"))


if __name__ == "__main__":
    main()
