"""In which order things are evaluated."""

from __future__ import annotations

LOG: list[str] = []


def t(name: str, value: int) -> int:
    LOG.append(name)
    return value


def flush(title: str) -> None:
    print(title, " ".join(LOG))
    LOG.clear()


def f(a: int, b: int, c: int = 0) -> int:
    LOG.append("f")
    return a * 100 + b * 10 + c


class Box:
    def __init__(self) -> None:
        self.items = [0, 0, 0, 0]

    def get(self) -> Box:
        LOG.append("get")
        return self

    def __getitem__(self, i: int) -> int:
        LOG.append(f"[{i}]")
        return self.items[i]

    def __setitem__(self, i: int, value: int) -> None:
        LOG.append(f"[{i}]={value}")
        self.items[i] = value


def main() -> None:
    print(f(t("a", 1), c=t("c", 3), b=t("b", 2)))
    flush("keywords")
    print(t("l", 1) + t("m", 2) * t("r", 3))
    flush("operators")
    print(t("x", 1) < t("y", 2) < t("z", 0) < t("never", 5))
    flush("chain")
    print(t("p", 0) and t("q", 1) or t("r", 2))
    flush("logic")
    print({t("k1", 1): t("v1", 2), t("k2", 3): t("v2", 4)})
    flush("dict")
    print([t("i", i) for i in range(2) if t("test", i) >= 0])
    flush("comprehension")
    box = Box()
    box.get()[t("index", 1)] = t("value", 7)
    flush("store")
    box.get()[t("index", 1)] += t("add", 5)
    flush("augmented")
    a, b = t("first", 1), t("second", 2)
    a, b = b, a
    print(a, b)
    flush("tuple")
    print(t("then", 1) if t("cond", 0) else t("else", 2))
    flush("conditional")
    xs = [0, 1, 2]
    i = 0
    i, xs[i] = 2, 9
    print(i, xs)
    i = xs[i] = 1
    print(i, xs)


if __name__ == "__main__":
    main()
