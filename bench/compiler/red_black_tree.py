"""A red-black tree of timers: intrusive links, so that nothing is allocated.

A `Link` is embedded in the `Timer` that it sorts, and `owner` leads from the one to the other.
The two sides of a node are the two elements of `child`, so that each case is written once and
its mirror image follows from `1 - side`.

Invariants:
    In the order of the tree, deadlines never decrease.
    No red link has a red child.
    All ways from the root to a missing child pass the same number of black links.

Source: Cormen, Leiserson, Rivest and Stein, "Introduction to Algorithms", chapter 13.
"""

from __future__ import annotations

from bench.compiler.xorshift import XorShift
from lang import Array, Ptr, address_of, export, owner, rotate_left, struct, u64

TIMERS = 1024
LEFT = 0
RIGHT = 1


@struct(pinned=True)
class Link:
    """A timer's place in the tree."""

    parent: Ptr[Link] | None
    child: Array[Ptr[Link] | None, 2]
    is_red: bool


@struct(pinned=True)
class Timer:
    deadline: u64
    link: Link


@struct(pinned=True)
class Tree:
    root: Ptr[Link] | None


timers: Array[Timer, TIMERS]
tree: Tree


@export("run")
def run(rounds: u64) -> u64:
    """Fill the tree, look deadlines up, and empty it again, `rounds` times."""
    random = XorShift(88172645463325252)
    total = u64(0)
    for _ in range(rounds):
        for i in range(TIMERS):
            timers[i].deadline = random.next() >> 52
            insert(tree, address_of(timers[i].link))
        for _ in range(2 * TIMERS):
            total += u64(find(tree, random.next() >> 52) is not None)
        for i in range(TIMERS):
            remove(tree, address_of(timers[(i * 5) % TIMERS].link))
            total = rotate_left(total, 1) ^ first_deadline(tree)
    return total


def deadline_of(link: Ptr[Link]) -> u64:
    return owner(link, Timer, "link").deadline


def find(tree: Tree, deadline: u64) -> Ptr[Link] | None:
    """Return a timer's link with this deadline, if there is one."""
    node = tree.root
    while node is not None and deadline_of(node) != deadline:
        node = node.child[u64(deadline_of(node) < deadline)]
    return node


def first_deadline(tree: Tree) -> u64:
    """Return the earliest deadline, 0 if there are no timers."""
    root = tree.root
    return deadline_of(leftmost(root)) if root is not None else 0


def leftmost(node: Ptr[Link]) -> Ptr[Link]:
    left = node.child[LEFT]
    while left is not None:
        node = left
        left = node.child[LEFT]
    return node


def insert(tree: Tree, link: Ptr[Link]) -> None:
    """Add a timer, after those with the same deadline."""
    parent: Ptr[Link] | None = None
    side: u64 = LEFT
    node = tree.root
    while node is not None:
        parent = node
        side = u64(deadline_of(node) <= deadline_of(link))
        node = node.child[side]

    link.parent = parent
    link.child[LEFT] = None
    link.child[RIGHT] = None
    link.is_red = True
    if parent is None:
        tree.root = link
    else:
        parent.child[side] = link
    part_reds(tree, link)


def remove(tree: Tree, link: Ptr[Link]) -> None:
    """Take a timer out."""
    left = link.child[LEFT]
    right = link.child[RIGHT]
    if left is None or right is None:
        moved = right if left is None else left
        parent = link.parent
        lost_black = not link.is_red
        replace(tree, link, moved)
    else:
        heir = leftmost(right)
        moved = heir.child[RIGHT]
        parent = heir.parent
        lost_black = not heir.is_red
        if parent == link:
            parent = heir
        else:
            replace(tree, heir, moved)
            heir.child[RIGHT] = right
            right.parent = heir
        replace(tree, link, heir)
        heir.child[LEFT] = left
        left.parent = heir
        heir.is_red = link.is_red

    if lost_black:
        restore_black(tree, moved, parent)


def part_reds(tree: Tree, node: Ptr[Link]) -> None:
    """Restore the second invariant, which only the red `node` and its parent may break."""
    parent = node.parent
    while parent is not None and parent.is_red:
        grandparent = parent.parent
        assert grandparent is not None  # the root is black
        side = side_of(parent, grandparent)
        uncle = grandparent.child[1 - side]
        if uncle is not None and uncle.is_red:
            parent.is_red = False
            uncle.is_red = False
            grandparent.is_red = True
            node = grandparent
        else:
            if side_of(node, parent) != side:
                rotate(tree, parent, side)
                parent = node
            parent.is_red = False
            grandparent.is_red = True
            rotate(tree, grandparent, 1 - side)
            break
        parent = node.parent

    root = tree.root
    if root is not None:
        root.is_red = False


def restore_black(tree: Tree, node: Ptr[Link] | None, parent: Ptr[Link] | None) -> None:
    """Restore the third invariant: below `node`, a child of `parent`, one black is missing."""
    while parent is not None and is_black(node):
        side = u64(parent.child[RIGHT] == node)
        sibling = sibling_of(parent, side)
        if sibling.is_red:
            sibling.is_red = False
            parent.is_red = True
            rotate(tree, parent, side)
            sibling = sibling_of(parent, side)

        if is_black(sibling.child[LEFT]) and is_black(sibling.child[RIGHT]):
            sibling.is_red = True
            node = parent
            parent = node.parent
            continue

        if is_black(sibling.child[1 - side]):
            sibling.is_red = True
            near = sibling.child[side]
            assert near is not None  # it is the red one of the two
            near.is_red = False
            rotate(tree, sibling, 1 - side)
            sibling = near
        far = sibling.child[1 - side]
        assert far is not None  # it is red
        far.is_red = False
        sibling.is_red = parent.is_red
        parent.is_red = False
        rotate(tree, parent, side)
        return

    if node is not None:
        node.is_red = False


def is_black(node: Ptr[Link] | None) -> bool:
    return node is None or not node.is_red


def side_of(node: Ptr[Link], parent: Ptr[Link]) -> u64:
    return u64(parent.child[RIGHT] == node)


def sibling_of(parent: Ptr[Link], side: u64) -> Ptr[Link]:
    """Return the child across from `side`, where a black is missing: there must be one."""
    sibling = parent.child[1 - side]
    assert sibling is not None
    return sibling


def rotate(tree: Tree, node: Ptr[Link], side: u64) -> None:
    """Lower `node` to `side`; its other child takes its place."""
    riser = node.child[1 - side]
    assert riser is not None
    inner = riser.child[side]
    node.child[1 - side] = inner
    if inner is not None:
        inner.parent = node
    replace(tree, node, riser)
    riser.child[side] = node
    node.parent = riser


def replace(tree: Tree, node: Ptr[Link], other: Ptr[Link] | None) -> None:
    """Hang `other` where `node` hangs."""
    parent = node.parent
    if parent is None:
        tree.root = other
    else:
        parent.child[side_of(node, parent)] = other
    if other is not None:
        other.parent = parent
