"""Breadth first, depth first, Dijkstra and topological order."""

from __future__ import annotations

import heapq
from collections import deque


class Graph:
    def __init__(self) -> None:
        self.edges: dict[str, list[tuple[str, int]]] = {}

    def add(self, a: str, b: str, weight: int = 1) -> None:
        self.edges.setdefault(a, []).append((b, weight))
        self.edges.setdefault(b, [])

    def bfs(self, start: str) -> list[str]:
        seen = {start}
        order = []
        queue = deque([start])
        while queue:
            node = queue.popleft()
            order.append(node)
            for other, _ in self.edges[node]:
                if other not in seen:
                    seen.add(other)
                    queue.append(other)
        return order

    def dfs(self, start: str, seen: set[str] | None = None) -> list[str]:
        if seen is None:
            seen = set()
        seen.add(start)
        order = [start]
        for other, _ in self.edges[start]:
            if other not in seen:
                order.extend(self.dfs(other, seen))
        return order

    def dijkstra(self, start: str) -> dict[str, int]:
        distances: dict[str, int] = {start: 0}
        heap: list[tuple[int, str]] = [(0, start)]
        done: set[str] = set()
        while heap:
            distance, node = heapq.heappop(heap)
            if node in done:
                continue
            done.add(node)
            for other, weight in self.edges[node]:
                candidate = distance + weight
                if other not in distances or candidate < distances[other]:
                    distances[other] = candidate
                    heapq.heappush(heap, (candidate, other))
        return distances

    def topological(self) -> list[str]:
        degrees = {node: 0 for node in self.edges}
        for targets in self.edges.values():
            for other, _ in targets:
                degrees[other] += 1
        ready = sorted(node for node, degree in degrees.items() if degree == 0)
        order = []
        while ready:
            node = ready.pop(0)
            order.append(node)
            for other, _ in self.edges[node]:
                degrees[other] -= 1
                if degrees[other] == 0:
                    ready.append(other)
        if len(order) != len(self.edges):
            raise ValueError("cycle")
        return order


def main() -> None:
    g = Graph()
    for a, b, w in [
        ("a", "b", 4),
        ("a", "c", 1),
        ("c", "b", 2),
        ("b", "d", 5),
        ("c", "d", 8),
        ("d", "e", 3),
    ]:
        g.add(a, b, w)
    print(g.bfs("a"))
    print(g.dfs("a"))
    print(g.dijkstra("a"))
    print(g.topological())
    g.add("e", "a")
    try:
        g.topological()
    except ValueError as error:
        print(error)


if __name__ == "__main__":
    main()
