"""Dict order."""

from __future__ import annotations


def main() -> None:
    d: dict[str, int] = {}
    for i, c in enumerate("hello world"):
        d[c] = i
    print(d)
    del d["l"]
    d["l"] = 100
    print(list(d), list(d.values()), list(d.items()))
    print(d.pop("h"), d.pop("zz", -1), d.popitem())
    d.update({"a": 1, "e": 2})
    print(d, "e" in d, "q" not in d, len(d))
    try:
        print(d["nope"])
    except KeyError as error:
        print("KeyError", error)
    merged = {**d, "z": 26} | {"y": 25}
    print(merged)
    inverse = {v: k for k, v in merged.items()}
    print(inverse)
    for key in list(merged):
        if merged[key] > 5:
            del merged[key]
    print(merged, sorted(merged, key=lambda k: merged[k], reverse=True))
    nested: dict[str, dict[str, list[int]]] = {}
    for who, what, n in [("ann", "x", 1), ("bob", "y", 2), ("ann", "x", 3), ("ann", "z", 4)]:
        nested.setdefault(who, {}).setdefault(what, []).append(n)
    print(nested)


if __name__ == "__main__":
    main()
