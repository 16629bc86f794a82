"""A graph: searches, shortest paths, an order of what depends on what."""

from __future__ import annotations

import heapq
from collections import defaultdict, deque
from typing import Optional


class Graph:
    def __init__(self, directed=False):
        self.edges = defaultdict(dict)
        self.directed = directed

    def add_edge(self, a, b, weight=1):
        self.edges[a][b] = weight
        if self.directed:
            self.edges[b]
        else:
            self.edges[b][a] = weight

    def bfs(self, start):
        seen, queue, order = {start}, deque([start]), []
        while queue:
            node = queue.popleft()
            order.append(node)
            for other in sorted(self.edges[node]):
                if other not in seen:
                    seen.add(other)
                    queue.append(other)
        return order

    def dfs(self, node, seen=None):
        if seen is None:
            seen = set()
        seen.add(node)
        yield node
        for other in sorted(self.edges[node]):
            if other not in seen:
                yield from self.dfs(other, seen)

    def shortest(self, start, goal) -> Optional[tuple[int, list[str]]]:
        heap = [(0, start, [start])]
        done = set()
        while heap:
            cost, node, path = heapq.heappop(heap)
            if node == goal:
                return cost, path
            if node in done:
                continue
            done.add(node)
            for other, weight in self.edges[node].items():
                if other not in done:
                    heapq.heappush(heap, (cost + weight, other, path + [other]))
        return None

    def topological(self):
        degree = {node: 0 for node in self.edges}
        for node in self.edges:
            for other in self.edges[node]:
                degree[other] += 1
        ready = [n for n, d in degree.items() if not d]
        heapq.heapify(ready)
        out = []
        while ready:
            node = heapq.heappop(ready)
            out.append(node)
            for other in self.edges[node]:
                degree[other] -= 1
                if degree[other] == 0:
                    heapq.heappush(ready, other)
        if len(out) < len(degree):
            raise ValueError("cycle: %s" % sorted(set(degree) - set(out)))
        return out

    def has_cycle(self):
        try:
            self.topological()
        except ValueError:
            return True
        return False

    def distances(self, start):
        best = {node: float("inf") for node in self.edges}
        best[start] = 0
        for _ in range(len(self.edges) - 1):
            for a, targets in self.edges.items():
                for b, w in targets.items():
                    if best[a] + w < best[b]:
                        best[b] = best[a] + w
        return best


def main() -> None:
    g = Graph()
    for a, b, w in [
        ("A", "B", 4),
        ("A", "C", 2),
        ("B", "C", 1),
        ("B", "D", 5),
        ("C", "D", 8),
        ("C", "E", 10),
        ("D", "E", 2),
        ("X", "Y", 1),
    ]:
        g.add_edge(a, b, w)
    print(g.bfs("A"), list(g.dfs("A")))
    result = g.shortest("A", "E")
    if result:
        cost, path = result
        print(cost, " -> ".join(path))
    print(g.shortest("A", "X"))
    print(g.distances("A"))
    d = Graph(directed=True)
    for a, b in zip("abcd", "bcde"):
        d.add_edge(a, b)
    d.add_edge("a", "e", 7)
    print(d.topological(), d.has_cycle())
    d.add_edge("e", "b")
    print(d.has_cycle())
    try:
        d.topological()
    except ValueError as e:
        print(e)
    degrees = {n: len(x) for n, x in g.edges.items()}
    print(max(degrees, key=degrees.get), sorted(degrees.items(), key=lambda p: (-p[1], p[0]))[:3])


if __name__ == "__main__":
    main()
