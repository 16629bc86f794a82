"""A least recently used cache over a linked list and a dict."""

from __future__ import annotations


class Node:
    def __init__(self, key: int, value: str) -> None:
        self.key = key
        self.value = value
        self.prev: Node | None = None
        self.next: Node | None = None


class LRUCache:
    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.nodes: dict[int, Node] = {}
        self.head: Node | None = None
        self.tail: Node | None = None
        self.hits = 0
        self.misses = 0

    def _unlink(self, node: Node) -> None:
        if node.prev is not None:
            node.prev.next = node.next
        else:
            self.head = node.next
        if node.next is not None:
            node.next.prev = node.prev
        else:
            self.tail = node.prev
        node.prev = None
        node.next = None

    def _push_front(self, node: Node) -> None:
        node.next = self.head
        if self.head is not None:
            self.head.prev = node
        self.head = node
        if self.tail is None:
            self.tail = node

    def get(self, key: int) -> str | None:
        node = self.nodes.get(key)
        if node is None:
            self.misses += 1
            return None
        self.hits += 1
        self._unlink(node)
        self._push_front(node)
        return node.value

    def put(self, key: int, value: str) -> None:
        node = self.nodes.get(key)
        if node is not None:
            node.value = value
            self._unlink(node)
            self._push_front(node)
            return
        if len(self.nodes) >= self.capacity:
            last = self.tail
            assert last is not None
            self._unlink(last)
            del self.nodes[last.key]
        node = Node(key, value)
        self.nodes[key] = node
        self._push_front(node)

    def keys(self) -> list[int]:
        result = []
        node = self.head
        while node is not None:
            result.append(node.key)
            node = node.next
        return result

    def clear(self) -> None:
        while self.head is not None:
            self._unlink(self.head)
        self.nodes.clear()


def main() -> None:
    cache = LRUCache(3)
    for i in range(5):
        cache.put(i, f"v{i}")
    print(cache.keys())
    print(cache.get(2), cache.get(0), cache.get(3))
    print(cache.keys())
    cache.put(2, "two")
    cache.put(9, "nine")
    print(cache.keys(), cache.get(2), cache.get(4))
    print(cache.hits, cache.misses, len(cache.nodes))
    cache.clear()
    print(cache.keys())


if __name__ == "__main__":
    main()
