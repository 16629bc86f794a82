"""Chains and trees of objects, deeper than any stack, end when their first does, and in Python's order."""

from __future__ import annotations


class Node:
    def __init__(self, value: int, next: Node | None) -> None:
        self.value = value
        self.next = next


class Loud:
    def __init__(self, number: int, next: Loud | None) -> None:
        self.number = number
        self.next = next

    def __del__(self) -> None:
        if self.number % 1000 == 0:
            print("gone", self.number)


class Tree:
    def __init__(self, left: Tree | None, right: Tree | None) -> None:
        self.left = left
        self.right = right


def chain(length: int) -> Node:
    head = Node(0, None)
    for value in range(1, length):
        head = Node(value, head)
    return head


def loud_chain(length: int) -> Loud:
    head = Loud(0, None)
    for number in range(1, length):
        head = Loud(number, head)
    return head


def rib(length: int) -> Tree:
    tree = Tree(None, None)
    for _ in range(length):
        tree = Tree(None, tree)
    return tree


def spine(length: int) -> Tree:
    """Return a tree with deep branches all along."""
    tree = Tree(None, None)
    for index in range(length):
        tree = Tree(rib(50), tree) if index % 2 else Tree(tree, rib(60))
    return tree


def main() -> int:
    head = chain(200_000)
    print(head.value)
    del head
    print("the chain is gone")
    loud = loud_chain(5001)
    print(loud.number)
    del loud
    tree = spine(2000)
    print(tree.left is None, tree.right is None)
    del tree
    print("the tree is gone")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
