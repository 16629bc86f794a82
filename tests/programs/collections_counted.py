"""defaultdict and Counter of the module collections."""

from __future__ import annotations
from collections import defaultdict, Counter
import collections

d: defaultdict[str, list[int]] = defaultdict(list)
d["a"].append(1)
print(d["a"], len(d), d)
n: dict[str, int] = defaultdict(int)
for w in "a b a".split():
    n[w] += 1
print(dict(n), n, n["zz"], n.get("q"), "q" in n)
g: dict[int, set[str]] = collections.defaultdict(set)
g[1].add("x")
print(dict(g), sorted(g.items()))
m: defaultdict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
m["a"]["b"] += 2
print(m["a"]["b"])
c = Counter("hello")
print(c.most_common(2), c["l"], c["z"], c)
c.update(["l", "q"])
print(c, sum(c.values()), sorted(c.items()), len(c), c.total())
for k, v in c.items():
    print(k, v)
x: Counter[str] = Counter()
x["a"] += 3
print(
    x,
    x + Counter(["a", "b"]),
    x - Counter("a"),
    x == Counter("aaa"),
    sorted(Counter([1, 1, 2]).elements()),
)
print(max(c, key=lambda q: c[q]), [k for k, v in Counter([3, 3, 1]).most_common(1)])
dd = dict(n)
try:
    dd["nope"]
except KeyError as e:
    print(e)
