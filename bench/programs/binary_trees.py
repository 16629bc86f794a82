"""Binary trees: makes full trees of many depths, counts their nodes and lets go of them."""

from __future__ import annotations

DEPTH = 12


class Node:
    """A node with two children or none."""

    left: Node | None
    right: Node | None

    def __init__(self, left: Node | None, right: Node | None) -> None:
        self.left = left
        self.right = right


def grow(depth: int) -> Node:
    if depth == 0:
        return Node(None, None)
    return Node(grow(depth - 1), grow(depth - 1))


def count(node: Node) -> int:
    total = 1
    if node.left is not None:
        total += count(node.left)
    if node.right is not None:
        total += count(node.right)
    return total


def run(rounds: int) -> int:
    total = 0
    for _ in range(rounds):
        kept = grow(DEPTH)
        for depth in range(4, DEPTH, 4):
            for _ in range(1 << (DEPTH - depth)):
                total += count(grow(depth))
        total += count(kept)
    return total
