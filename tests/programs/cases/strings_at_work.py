"""The methods of str on what is empty, long and odd."""

from __future__ import annotations


def main() -> None:
    text = "  Hello, World! Hello, Moon!  "
    print(text.strip(), text.lstrip(), text.rstrip(), text.strip(" !H"), sep="|")
    print(
        text.split(),
        text.split(","),
        text.split("o", 2),
        "".split(),
        "".split(","),
        "a,,b".split(","),
    )
    print(text.replace("Hello", "Bye"), text.replace("Hello", "Bye", 1), "aaa".replace("", "-"))
    print(
        text.find("Moon"),
        text.find("Mars"),
        text.rfind("Hello"),
        text.count("o"),
        "aaaa".count("aa"),
    )
    print(
        "abc".partition("b"), "abc".partition("x"), "a.b.c".rpartition("."), "a.b.c".rsplit(".", 1)
    )
    print(
        "abc".startswith("ab"),
        "abc".endswith(("x", "c")),
        "abc".startswith("b", 1),
        "".startswith(""),
    )
    print("-".join([]), "-".join(["a"]), "-".join("abc"), ", ".join(str(n) for n in range(4)))
    print("one\ntwo\r\nthree\n".splitlines(), "one\ntwo".splitlines(True), "a\n\nb".split("\n"))
    print("abc" * 0, "ab" * 3, -1 * "x", "a" + "b" * 2, "abc"[::-1], "x" in "", "" in "x")
    print("hello world".capitalize(), "they're bill's".title(), "ABC".lower(), "abc".upper())
    print(
        "123".isdigit(),
        "12a".isalnum(),
        "abc".isalpha(),
        " ".isspace(),
        "".isalpha(),
        "Ab".isupper(),
        "ab1".islower(),
    )
    print(
        "prefix-body".removeprefix("prefix-"),
        "body.txt".removesuffix(".txt"),
        "x".removeprefix("xx"),
    )
    print(
        "a-b_c".translate(str.maketrans("-_", "  ")),
        "abc".translate(str.maketrans({"a": "1", "b": "22"})),
    )
    print(
        "a\tbc\td".expandtabs(),
        "a\tb".expandtabs(2),
        "abc".center(2),
        "7".zfill(3),
        "ab".ljust(4, ".") + "|",
    )
    print(sorted("banana"), "".join(sorted(set("banana"))), list("ab"), "".join(reversed("abc")))
    print(
        "%s-%s" % ("a", 1),
        "ab",
        "it's",
        'say "hi"',
        "both ' and \"",
        "back\\slash",
        "new\nline",
        r"raw\n",
    )
    print(repr("it's"), repr('say "hi"'), repr("both ' and \""), repr("\\ \n \t \r \0 \x1b é"))
    print(
        "abc" < "abd",
        "abc" < "ab",
        "" < "a",
        "a" < "B",
        max("abc"),
        min("hello", "world"),
        "b" > "a" > "A",
    )
    try:
        print("abc".index("z"))
    except ValueError as error:
        print(error)
    try:
        print("abc".split(""))
    except ValueError as error:
        print(error)


if __name__ == "__main__":
    main()
