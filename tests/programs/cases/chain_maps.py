"""collections.ChainMap."""

from __future__ import annotations

from collections import ChainMap


def main() -> None:
    base = {"a": 1, "b": 2}
    local = {"a": 10}
    c = ChainMap(local, base)
    print(c["a"], c["b"], "b" in c, len(c), sorted(c), c.get("z", 0))
    c["q"] = 5
    print(local, dict(c.items()), c)
    d = c.new_child()
    d["a"] = 99
    print(d["a"], c["a"], d.parents["a"])


if __name__ == "__main__":
    main()
