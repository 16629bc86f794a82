"""Shortest ways through a network: Dijkstra with a heap, and breadth first."""

from __future__ import annotations

import heapq
from collections import deque


def graph_of(roads: list[tuple[str, str, int]]) -> dict[str, list[tuple[str, int]]]:
    graph: dict[str, list[tuple[str, int]]] = {}
    for a, b, length in roads:
        graph.setdefault(a, []).append((b, length))
        graph.setdefault(b, []).append((a, length))
    return graph


def shortest(graph: dict[str, list[tuple[str, int]]], start: str) -> dict[str, tuple[int, str]]:
    best: dict[str, tuple[int, str]] = {start: (0, "")}
    queue = [(0, start)]
    while queue:
        distance, place = heapq.heappop(queue)
        if distance > best[place][0]:
            continue
        for neighbour, length in graph[place]:
            total = distance + length
            if neighbour not in best or total < best[neighbour][0]:
                best[neighbour] = (total, place)
                heapq.heappush(queue, (total, neighbour))
    return best


def path_to(best: dict[str, tuple[int, str]], goal: str) -> list[str]:
    path: list[str] = []
    while goal:
        path.append(goal)
        goal = best[goal][1]
    return path[::-1]


def hops(graph: dict[str, list[tuple[str, int]]], start: str) -> dict[str, int]:
    seen = {start: 0}
    queue = deque([start])
    while queue:
        place = queue.popleft()
        for neighbour, _ in graph[place]:
            if neighbour not in seen:
                seen[neighbour] = seen[place] + 1
                queue.append(neighbour)
    return seen


def main() -> None:
    roads = [
        ("A", "B", 7),
        ("A", "C", 9),
        ("A", "F", 14),
        ("B", "C", 10),
        ("B", "D", 15),
        ("C", "D", 11),
        ("C", "F", 2),
        ("D", "E", 6),
        ("E", "F", 9),
        ("G", "H", 1),
    ]
    graph = graph_of(roads)
    best = shortest(graph, "A")
    for place in sorted(graph):
        if place in best:
            print(f"{place}: {best[place][0]:3d} {' -> '.join(path_to(best, place))}")
        else:
            print(f"{place}: no way")
    print(hops(graph, "A"))


if __name__ == "__main__":
    main()
