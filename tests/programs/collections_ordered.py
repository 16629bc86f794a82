"""OrderedDict: what came last or first goes, and keys move to either end."""

from __future__ import annotations

from collections import OrderedDict, defaultdict


class LRUCache:
    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.entries: OrderedDict[int, str] = OrderedDict()
        self.lost: list[int] = []

    def get(self, key: int) -> str | None:
        if key not in self.entries:
            return None
        self.entries.move_to_end(key)
        return self.entries[key]

    def put(self, key: int, value: str) -> None:
        if key in self.entries:
            self.entries.move_to_end(key)
        self.entries[key] = value
        if len(self.entries) > self.capacity:
            oldest, _ = self.entries.popitem(last=False)
            self.lost.append(oldest)


cache = LRUCache(3)
for n in range(5):
    cache.put(n, f"v{n}")
    cache.get(2)
print(cache.entries, cache.lost, cache.get(0), cache.get(2))
for n in range(500):
    cache.put(n * 7 % 11, str(n))
print(cache.entries, len(cache.lost), cache.lost[-5:])

empty: OrderedDict[str, int] = OrderedDict()
print(empty, len(empty), bool(empty))
try:
    empty.popitem()
except KeyError as error:
    print("KeyError", error)
try:
    empty.popitem(last=False)
except KeyError as error:
    print("KeyError", error)
try:
    empty.move_to_end("x")
except KeyError as error:
    print("KeyError", error)

letters: OrderedDict[str, int] = OrderedDict([("a", 1), ("b", 2), ("c", 3)])
letters.move_to_end("a")
print(letters)
letters.move_to_end("c", last=False)
print(letters, list(letters), list(letters.values()), list(reversed(letters)))
print(letters.popitem(), letters.popitem(last=False), letters)
letters["z"] = 26
letters.popitem()
letters["y"] = 25
letters["b"] = 0
print(letters.popitem(last=False), letters.popitem(last=False), letters)

one: OrderedDict[str, int] = OrderedDict([("x", 1), ("y", 2)])
two: OrderedDict[str, int] = OrderedDict([("y", 2), ("x", 1)])
plain = {"y": 2, "x": 1}
print(one == two, one == plain, plain == two, one == one.copy(), one.copy())
print(dict(one), OrderedDict(plain), isinstance(one, dict))

queue: OrderedDict[int, int] = OrderedDict()
for n in range(1000):
    queue[n] = n * n
    if n % 3 == 2:
        queue.popitem(last=False)
    if n % 5 == 4:
        queue.popitem()
print(len(queue), queue.popitem(last=False), queue.popitem(), sum(queue.values()))
groups: defaultdict[str, list[int]] = defaultdict(list)
groups["a"].append(1)
print(groups, groups.popitem())
