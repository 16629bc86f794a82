"""The text of paths, as os.path takes it apart."""

from __future__ import annotations

import os
from os.path import join, commonprefix


def main() -> None:
    print(
        os.path.join("a", "b", "c.txt"),
        os.path.basename("/x/y.txt"),
        os.path.dirname("/x/y.txt"),
        os.path.splitext("a.tar.gz"),
    )
    print(os.path.split("/a/b"), os.path.normpath("/a/../b/./c"), os.path.isabs("/a"), os.sep)
    for p in [
        "",
        "/",
        "//",
        "///a//",
        "a/b/",
        ".bashrc",
        "..a.b",
        "a.b/c",
        "../../x/..",
        "/../a",
        "a//b/../c",
    ]:
        print(
            repr(p),
            os.path.split(p),
            os.path.splitext(p),
            os.path.normpath(p),
            os.path.basename(p),
            os.path.dirname(p),
        )
    print(
        join("a", "/b"), join("", "b"), join("a/", "b"), join("a", ""), commonprefix(["abc", "abd"])
    )


if __name__ == "__main__":
    main()
