"""A cache by hand and the caches of functools, with what they count."""

from __future__ import annotations

from collections import OrderedDict
from functools import lru_cache, wraps


class LRUCache:
    def __init__(self, capacity):
        self.capacity = capacity
        self.data = OrderedDict()
        self.hits = self.misses = 0

    def get(self, key, default=None):
        if key not in self.data:
            self.misses += 1
            return default
        self.hits += 1
        self.data.move_to_end(key)
        return self.data[key]

    def put(self, key, value):
        if key in self.data:
            self.data.move_to_end(key)
        self.data[key] = value
        if len(self.data) > self.capacity:
            old, _ = self.data.popitem(last=False)
            print("evicted", old)

    def __getitem__(self, key):
        value = self.get(key)
        if value is None:
            raise KeyError(key)
        return value

    __setitem__ = put

    def __repr__(self):
        inside = ", ".join(f"{k!r}: {v!r}" for k, v in self.data.items())
        return f"{type(self).__name__}({{{inside}}})"


def counted(function):
    @wraps(function)
    def wrapper(*args):
        wrapper.calls += 1
        return function(*args)

    wrapper.calls = 0
    return wrapper


@lru_cache(maxsize=None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


@lru_cache(maxsize=2)
def slow_square(n):
    print("computing", n)
    return n * n


@counted
def add(a, b):
    return a + b


def main() -> None:
    cache = LRUCache(2)
    cache.put("a", 1)
    cache["b"] = 2
    print(cache.get("a"), cache.get("z"), cache.get("z", -1))
    cache["c"] = 3
    print(cache, cache.hits, cache.misses)
    try:
        print(cache["b"])
    except KeyError as e:
        print("missing", e, e.args)
    print(fib(50), fib.cache_info())
    for n in (3, 4, 3, 5, 4):
        print(slow_square(n))
    info = slow_square.cache_info()
    print(info.hits, info.misses, info.maxsize, info.currsize)
    slow_square.cache_clear()
    print(slow_square.cache_info())
    print(add(1, 2), add(3, 4), add.calls)


if __name__ == "__main__":
    main()
