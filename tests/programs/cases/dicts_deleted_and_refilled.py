"""The order of a dict under deletion, and of what is put in again."""

from __future__ import annotations


def main() -> None:
    d = {c: i for i, c in enumerate("abcdefgh")}
    for c in "bdf":
        del d[c]
    print(list(d))
    d["b"] = 100
    d["a"] = -1
    print(d)
    print(d.popitem(), d.popitem())
    print(list(reversed(d)))
    for n in range(100):
        d[str(n)] = n
        if n % 3:
            del d[str(n)]
    print(len(d), list(d)[:6], list(d)[-2:])
    d = {k: v for k, v in d.items() if v % 2}
    print(d)
    d.update(x=1, a=5)
    d |= {"y": 2}
    print(list(d.items())[-3:])
    print(d.pop("x"), d.pop("x", None), "x" in d)
    try:
        d.pop("x")
    except KeyError as e:
        print("KeyError", e)
    try:
        for k in d:
            d[k + "!"] = 0
    except RuntimeError as e:
        print(e)
    merged = {**{"p": 1, "q": 2}, **{"q": 3, "r": 4}}
    print(merged, {"q": 2, "p": 1} == {"p": 1, "q": 2})
    print(dict.fromkeys("hello", 0), list(dict.fromkeys("mississippi")))


if __name__ == "__main__":
    main()
