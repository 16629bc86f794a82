"""The namespace: names below names, from the root on, and how they are looked up.

A name of one segment without a prefix is looked up where it stands, then above, up to the root. Every other name leads from
one place to one place.

Source: ACPI 6.5, section 5.3.
"""

from __future__ import annotations

from lang import Array, Slice, borrow, retain, u8, u32, u64
from modules.acpi.aml.errors import AlreadyExists, BadName, NotFound
from modules.acpi.aml.frame import Frame, NamePath, segment_at
from modules.acpi.aml.node import Node


def child(parent: Node, name: u32) -> Node | None:
    """Return what stands directly below; an alias as itself."""
    each = parent.first
    while each is not None and each.name != name:
        each = each.next
    return each


def find(frame: Frame, path: NamePath) -> Node:
    """Return what a name means in a call; not an alias, but what that leads to.

    Raises:
        NotFound: nothing has the name.
        BadName: it leads above the root.
    """
    found = look_up(frame, path)
    if found is None:
        raise NotFound
    return found


def look_up(frame: Frame, path: NamePath) -> Node | None:
    """Return what a name means in a call, or None."""
    if path.count == 1 and path.parents == 0 and not path.is_absolute:
        return search_upwards(frame.scope, frame.segment(path, 0))
    node = starting_point(frame, path)
    for index in range(path.count):
        below = child(node, frame.segment(path, index))
        if below is None:
            return None
        node = behind_alias(below)
    return node


def search_upwards(scope: Node, name: u32) -> Node | None:
    """Return what a single name means in a scope, or None."""
    place = scope
    while True:
        found = child(place, name)
        if found is not None:
            return behind_alias(found)
        parent = place.parent
        if parent is None:
            return None
        place = retain(parent)


def make(frame: Frame, path: NamePath) -> Node:
    """Make a name, which stands for nothing yet.

    Raises:
        AlreadyExists: there is one.
        NotFound: there is nothing that it could stand below.
        BadName: it is empty, or leads above the root.
    """
    if path.count == 0:
        raise BadName
    parent = starting_point(frame, path)
    for index in range(path.count - 1):
        below = child(parent, frame.segment(path, index))
        if below is None:
            raise NotFound
        parent = behind_alias(below)
    return make_below(frame, parent, frame.segment(path, path.count - 1))


def make_below(frame: Frame, parent: Node, name: u32) -> Node:
    """Make a name directly below another.

    Raises:
        AlreadyExists: there is one.
    """
    if child(parent, name) is not None:
        raise AlreadyExists
    node = Node(name)
    parent.add(node)
    node.made_before = frame.made
    frame.made = node
    return node


def remove_made(frame: Frame) -> None:
    """Take out all names that a call made; what they stood for is theirs no more."""
    made = frame.made
    frame.made = None
    remove_chain(made)


def remove_chain(made: Node | None) -> None:
    """Take out a chain of names, the last made first."""
    node = made
    while node is not None:
        parent = node.parent
        if parent is not None:
            parent.remove(node)
        clear(node)
        before = node.made_before
        node.made_before = None
        node = before


def clear(node: Node) -> None:
    """Let a name stand for nothing."""
    node.value = None
    node.alias_of = None


def starting_point(frame: Frame, path: NamePath) -> Node:
    """Return the node from which the segments of a name lead down."""
    node = frame.scope
    if path.is_absolute:
        return root_of(node)
    for _ in range(path.parents):
        node = above(node)
    return node


def above(node: Node) -> Node:
    """Return what a node is below.

    Raises:
        BadName: nothing.
    """
    parent = node.parent
    if parent is None:
        raise BadName
    return retain(parent)


def take_letters(text: Slice[u8], start: u64) -> tuple[u32, u64]:
    """Read a segment, of at most four letters, and the dot behind it; return it, and where the next starts.

    Raises:
        BadName: it is none.
    """
    room = Array[u8, 4]()
    room[:].fill(ord("_"))
    size: u64 = 0
    at = start
    while at < len(text) and text[at] != ord("."):
        if size == 4:
            raise BadName
        room[size] = text[at]
        size += 1
        at += 1
    if size == 0:
        raise BadName
    return segment_at(room[:], 0), at + 1 if at < len(text) else at


def root_of(node: Node) -> Node:
    """Return the top of what a node is in."""
    top = borrow(node)
    while (parent := top.parent) is not None:
        top = parent
    return retain(top)


def behind_alias(node: Node) -> Node:
    """Return what an alias leads to, through at most one alias; every other node itself."""
    meant = node.alias_of
    return node if meant is None else meant


def after(node: Node, root: Node) -> Node | None:
    """Return the next of all nodes below a root, parents before their children; None: that was the last."""
    below = node.first
    if below is not None:
        return below
    return after_children(node, root)


def after_children(node: Node, root: Node) -> Node | None:
    """Return the next node that is not below this one."""
    each = node
    while each is not root:
        following = each.next
        if following is not None:
            return following
        parent = each.parent
        if parent is None:
            return None
        each = retain(parent)
    return None
