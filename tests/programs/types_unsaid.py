"""Fields, names, parameters and results without annotations, told by what comes to be in them."""

from __future__ import annotations

from collections import defaultdict


class Node:
    def __init__(self, key: int, value: int) -> None:
        self.key = key
        self.value = value
        self.prev = None
        self.next = None


class LRUCache:
    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.map = {}
        self.head = Node(0, 0)
        self.tail = Node(0, 0)
        self.head.next = self.tail
        self.tail.prev = self.head
        self.hits = 0

    def _remove(self, node: Node) -> None:
        node.prev.next = node.next
        node.next.prev = node.prev

    def _add(self, node: Node) -> None:
        node.prev = self.tail.prev
        node.next = self.tail
        self.tail.prev.next = node
        self.tail.prev = node

    def get(self, key: int) -> int:
        if key in self.map:
            node = self.map[key]
            self._remove(node)
            self._add(node)
            self.hits += 1
            return node.value
        return -1

    def put(self, key: int, value: int) -> None:
        if key in self.map:
            self._remove(self.map[key])
        node = Node(key, value)
        self._add(node)
        self.map[key] = node
        if len(self.map) > self.capacity:
            oldest = self.head.next
            self._remove(oldest)
            del self.map[oldest.key]


class Tree:
    def __init__(self, val, left=None, right=None):
        self.val = val
        self.left = left
        self.right = right


class Trie:
    def __init__(self):
        self.children = {}
        self.is_word = False

    def insert(self, word):
        node = self
        for ch in word:
            if ch not in node.children:
                node.children[ch] = Trie()
            node = node.children[ch]
        node.is_word = True

    def words(self, prefix=""):
        out = [prefix] if self.is_word else []
        for ch in sorted(self.children):
            out += self.children[ch].words(prefix + ch)
        return out


class Graph:
    def __init__(self) -> None:
        self.edges = defaultdict(dict)
        self.listeners = []

    def add(self, a: str, b: str, weight: int = 1) -> None:
        self.edges[a][b] = weight
        self.edges[b][a] = weight
        for each in self.listeners:
            each(a, b)

    def distances(self, start: str) -> dict[str, float]:
        found = {each: float("inf") for each in self.edges}
        before = {each: None for each in self.edges}
        found[start] = 0
        waiting = [start]
        while waiting:
            at = waiting.pop(0)
            for other, weight in self.edges[at].items():
                if found[at] + weight < found[other]:
                    found[other] = found[at] + weight
                    before[other] = at
                    waiting.append(other)
        print(before)
        return found


class Student:
    school = "MIT"
    known = []

    def __init__(self, name: str, grades=None):
        self.name = name
        self.grades = grades if grades is not None else []
        Student.known.append(name)

    def average(self):
        if not self.grades:
            return 0
        return sum(self.grades) / len(self.grades)


def best_of(students):
    best = None
    for each in students:
        if best is None or each.average() > best.average():
            best = each
    return best


def gcd(a, b):
    while b:
        a, b = b, a % b
    return a


def bubble(values: list) -> list:
    values = values[:]
    for i in range(len(values)):
        for j in range(len(values) - 1 - i):
            if values[j] > values[j + 1]:
                values[j], values[j + 1] = values[j + 1], values[j]
    return values


def height(tree: Tree) -> int:
    return 0 if tree is None else 1 + max(height(tree.left), height(tree.right))


def hanoi(n, a, b, c, moves):
    if n > 0:
        hanoi(n - 1, a, c, b, moves)
        moves.append((a, c))
        hanoi(n - 1, b, a, c, moves)


cache = LRUCache(2)
cache.put(1, 1)
cache.put(2, 2)
print(cache.get(1))
cache.put(3, 3)
print(cache.get(2), cache.get(3), cache.hits, list(cache.map))
print(height(Tree(5, Tree(2), Tree(8, None, Tree(9)))))
trie = Trie()
for word in ["car", "card", "cat", "dog"]:
    trie.insert(word)
print(trie.words())
graph = Graph()
log = []
graph.listeners.append(lambda a, b: log.append(a + b))
for edge in [("a", "b", 7), ("a", "c", 3), ("c", "b", 1), ("b", "d", 2)]:
    graph.add(*edge)
print(graph.distances("a"), log)
students = [Student("ann", [90, 80]), Student("bob", [100]), Student("cleo")]
print([(each.name, each.average()) for each in students], best_of(students).name, Student.known)
moves = []
hanoi(3, "A", "B", "C", moves)
print(gcd(48, 18), bubble([3, 1, 2]), len(moves), moves[:2])
grid = [[None] * 3 for _ in range(2)]
grid[1][2] = 5
print(grid)
try:
    print(Node(1, 2).next.value)
except AttributeError as error:
    print(error)
try:
    print(grid[0][0] + 1)
except TypeError as error:
    print(error)
print(best_of([]).name)
