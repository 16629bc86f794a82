"""Paths: taken apart into components, looked up in a small tree, with flags at the end.

`/dev/../net/tcp:create:rw` names `/net/tcp`; the words after the first colon are flags.
"""

from __future__ import annotations

from enum import IntFlag

from lang import Array, Slice, over, struct, u8, u16, u32, u64, usize

NODES = 32  # or 48, 64
NAME_MAX = 8  # or 12, 16
SLASH = ord("/")
COLON = ord(":")
DOT = ord(".")
SAMPLE = b"/dev/net/../disk0:create:rw|usr/bin/./sh:r|//a///b:bogus|/dev/disk0/x:w|../..:rw|/long_name_of_a_thing|"
BAR = ord("|")


@over(u16)
class Flags(IntFlag):
    NONE = 0
    READ = 1
    WRITE = 2
    CREATE = 4
    EXCLUSIVE = 8
    DIRECTORY = 16


@struct
class Node:
    name: Array[u8, NAME_MAX]
    length: u8
    parent: u16
    first_child: u16
    next_sibling: u16

    def has_name(self, name: Slice[u8]) -> bool:
        return self.name[: self.length] == name


@struct(pinned=True)
class Tree:
    """Nodes by number; node 0 is the root, and no node's child, so that 0 also means none."""

    nodes: Array[Node, NODES]
    count: u16

    def clear(self) -> None:
        self.count = 1
        self.nodes[0] = Node()

    def child(self, parent: u16, name: Slice[u8]) -> u16:
        """Return a node's child of this name.

        Raises:
            FileNotFoundError: it has none.
        """
        at = self.nodes[parent].first_child
        while at != 0:
            if self.nodes[at].has_name(name):
                return at
            at = self.nodes[at].next_sibling
        raise FileNotFoundError

    def make_child(self, parent: u16, name: Slice[u8]) -> u16:
        """Add a child.

        Raises:
            ValueError: the name is too long.
            MemoryError: the tree is full.
        """
        if len(name) > NAME_MAX:
            raise ValueError
        if self.count == NODES:
            raise MemoryError
        at = self.count
        self.count += 1
        node = self.nodes[at]
        node.name[: len(name)].copy_from(name)
        node.length = u8(len(name))
        node.parent = parent
        node.first_child = 0
        node.next_sibling = self.nodes[parent].first_child
        self.nodes[parent].first_child = at
        return at

    def step(self, node: u16, name: Slice[u8], flags: Flags) -> u16:
        """Go from a node to what a component names."""
        if len(name) == 0 or (len(name) == 1 and name[0] == DOT):
            return node
        if len(name) == 2 and name[0] == DOT and name[1] == DOT:
            return self.nodes[node].parent
        try:
            return self.child(node, name)
        except FileNotFoundError:
            if flags & Flags.CREATE == 0:
                raise
        return self.make_child(node, name)


tree: Tree


def end_of(text: Slice[u8], start: usize, stop: u8) -> usize:
    """Return where `stop` comes first, from `start` on; the text's length if nowhere."""
    at = start
    while at < len(text) and text[at] != stop:
        at += 1
    return at


def flag_of(word: Slice[u8]) -> Flags:
    """Return what a flag's name stands for.

    Raises:
        ValueError: nothing.
    """
    if word == b"r":
        return Flags.READ
    if word == b"w":
        return Flags.WRITE
    if word == b"rw":
        return Flags.READ | Flags.WRITE
    if word == b"create":
        return Flags.CREATE
    if word == b"exclusive":
        return Flags.EXCLUSIVE
    if word == b"dir":
        return Flags.DIRECTORY
    raise ValueError


def read_flags(text: Slice[u8]) -> Flags:
    """Read flags that are parted by colons."""
    flags = Flags.NONE
    at = usize(0)
    while at < len(text):
        end = end_of(text, at, COLON)
        flags |= flag_of(text[at:end])
        at = end + 1
    return flags


def walk(path: Slice[u8], start: u16) -> u16:
    """Return the node that a path names.

    Raises:
        FileNotFoundError: a component does not exist, and the path does not say `create`.
        ValueError: a flag is unknown or a name too long.
        MemoryError: there is no room for a new node.
    """
    colon = end_of(path, usize(0), COLON)
    flags = read_flags(path[colon + 1 :]) if colon < len(path) else Flags.NONE
    node = u16(0) if len(path) > 0 and path[0] == SLASH else start
    at = usize(0)
    while at < colon:
        end = end_of(path[:colon], at, SLASH)
        node = tree.step(node, path[at:end], flags)
        at = end + 1
    return node


def exercise(seed: u64) -> u64:
    """Walk the sample's paths; return a checksum."""
    tree.clear()
    total = seed % 1000
    sample = SAMPLE[:]
    start = u16(0)
    for _ in range(1 + seed % 3):
        at = usize(0)
        while at < len(sample):
            end = end_of(sample, at, BAR)
            try:
                start = walk(sample[at:end], start)
                total = total * 3 % 65537 + start
            except FileNotFoundError:
                total += 1
            except ValueError:
                total += 2
            except MemoryError:
                tree.clear()
            at = end + 1
    return total + depth(start)


def depth(node: u16) -> u32:
    """Return how many steps up the root is."""
    steps = u32(0)
    at = node
    while at != 0:
        at = tree.nodes[at].parent
        steps += 1
    return steps
