"""The order of dicts under change, and what is refused while one is iterated."""

from __future__ import annotations


def main() -> None:
    table = {name: len(name) for name in ["pear", "fig", "apple", "kiwi"]}
    del table["fig"]
    table["fig"] = 0
    table["pear"] = 9
    print(table, list(table), list(table.values()))
    print(table.popitem(), table.pop("apple"), table.pop("none", -1))
    table.update({"kiwi": 1, "new": 2})
    table |= {"more": 3}
    print(table, table | {"pear": 0})
    print(table.setdefault("pear", 5), table.setdefault("plum", 5), table)
    print(table.get("x"), table.get("x", 7), "kiwi" in table, "x" not in table)
    for key in list(table):
        if table[key] < 3:
            del table[key]
    print(table)
    try:
        for key in table:
            table[key + "!"] = 1
    except RuntimeError as error:
        print(error)
    try:
        for key in table:
            del table[key]
    except RuntimeError as error:
        print(error)
    print(len(table))
    try:
        print(table["missing"])
    except KeyError as error:
        print(error, repr(error))
    numbers: dict[int, list[str]] = {}
    for word in "the quick brown fox jumps over the lazy dog".split():
        numbers.setdefault(len(word), []).append(word)
    print(numbers)
    print(sorted(numbers.items()), max(numbers, key=lambda n: len(numbers[n])))
    print({value: key for key, value in {"a": 1, "b": 2, "c": 1}.items()})
    print({1: "a"} == {1: "a"}, {1: 2, 3: 4} == {3: 4, 1: 2})
    print(list(reversed({"a": 1, "b": 2})), dict(zip("ab", [1, 2])))
    nested = {"x": {"y": {"z": 1}}}
    nested["x"]["y"]["z"] += 1
    print(nested)


if __name__ == "__main__":
    main()
