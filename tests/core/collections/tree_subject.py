"""Target code for test_tree: numbered nodes ordered by a key, each of which knows how large and how
tall its subtree is."""

from __future__ import annotations

from core.collections.tree import RedBlackTree, TreeLink
from lang import Array, Ptr, Slice, i32, struct, u32, usize

COUNT = 64
BROKEN = -1


@struct(pinned=True)
class Node:
    link: TreeLink[Node]
    number: u32
    key: i32
    weight: u32
    total: u32  # of the weights in the subtree

    def precedes(self, other: Node) -> bool:
        return self.key < other.key

    def update(self) -> bool:
        total = self.weight
        left = self.link.left
        if left is not None:
            total += left.total
        right = self.link.right
        if right is not None:
            total += right.total
        is_changed = total != self.total
        self.total = total
        return is_changed


@struct(pinned=True)
class Subject:
    """Nodes that are in the tree or not."""

    nodes: Array[Node, 64]
    tree: RedBlackTree[Node]

    def insert(self, number: u32, key: i32, weight: u32) -> None:
        node = self.nodes[number]
        node.number = number
        node.key = key
        node.weight = weight
        self.tree.insert(node)

    def remove(self, number: u32) -> None:
        self.tree.remove(self.nodes[number])

    def set_weight(self, number: u32, weight: u32) -> None:
        self.nodes[number].weight = weight
        self.tree.refresh(self.nodes[number])

    def total(self) -> u32:
        root = self.tree.root
        return u32(0) if root is None else root.total

    def numbers(self, into: Slice[u32]) -> usize:
        """Write the numbers of the nodes in order; return how many there are."""
        count = usize(0)
        for node in self.tree:
            into[count] = node.number
            count += 1
        return count

    def numbers_backward(self, into: Slice[u32]) -> usize:
        count = usize(0)
        at = self.tree.find_last()
        while at is not None:
            into[count] = at.number
            count += 1
            at = self.tree.before(at[0])
        return count

    def black_height(self) -> i32:
        """Return how many black nodes each path has; BROKEN if an invariant does not hold."""
        root = self.tree.root
        if root is None:
            return 0
        if root.link.is_red or root.link.parent is not None:
            return BROKEN
        return _black_height(root)


def _black_height(node: Ptr[Node]) -> i32:
    left = node.link.left
    right = node.link.right
    total = node.weight
    left_height: i32 = 0
    right_height: i32 = 0
    if left is not None:
        if left.link.parent != node or (node.link.is_red and left.link.is_red):
            return BROKEN
        left_height = _black_height(left)
        total += left.total
    if right is not None:
        if right.link.parent != node or (node.link.is_red and right.link.is_red):
            return BROKEN
        right_height = _black_height(right)
        total += right.total
    if left_height != right_height or left_height == BROKEN or total != node.total:
        return BROKEN
    return left_height if node.link.is_red else left_height + 1
