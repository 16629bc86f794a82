"""Walks: from a path to what it leads to, in a namespace.

At each name, the folder is asked; a link is followed, unless the path says not to, and where something is mounted the walk goes on
there. What is reached has at most the permissions with which the walk began, and those of the mount through which it is
reached.

Limits: MOST_LINKS links on the way, those in links included; more are a circle.
"""

from __future__ import annotations

from typing import Final

from core.errors import TooManyLinks
from core.file_records import NodeKind
from kernel.fs import path
from kernel.fs.location import Location
from kernel.fs.namespace import Namespace
from kernel.fs.path import LONGEST_PATH, Names
from kernel.fs.view import View
from kernel.fs.vnode import Vnode
from lang import Array, Slice, no_raise, u8, u32, u64

MOST_LINKS: Final[u32] = 40


class Walk:
    """One walk; `at` is where it has come to."""

    view: View
    namespace: Namespace
    at: Location
    follows: bool  # links
    links: u32  # followed so far

    def __init__(self, view: View, start: Location, follows: bool) -> None:
        self.view = view
        self.namespace = view.namespace()
        self.at = start
        self.follows = follows

    def go(self, names: Slice[u8]) -> None:
        """Walk along all names.

        Raises:
            FileNotFoundError: a name leads nowhere.
            NotADirectoryError: a name is looked for in what is no folder.
            TooManyLinks: there are too many links on the way.
        """
        rest = Names(names)
        name = rest.take()
        while len(name) > 0:
            self.step(name)
            name = rest.take()

    def step(self, name: Slice[u8]) -> None:
        """Walk along one name."""
        if name == b".":
            return
        if name == b"..":
            above = self.at.above
            if above is not None:
                self.at = above
            return
        self.enter(self.at.node.find(name), name)

    def enter(self, node: Vnode, name: Slice[u8]) -> None:
        """Go on to what a name of the folder where the walk is leads to."""
        if node.kind == NodeKind.SYMLINK and self.follows:
            self.follow(node)
        else:
            self.at = cross(self.namespace, Location(node, self.at.mount, self.at, name))

    def follow(self, link: Vnode) -> None:
        """Go where a link leads, from the folder in which it is."""
        self.links += 1
        if self.links > MOST_LINKS:
            raise TooManyLinks
        target = LinkText(link)
        names = path.parse(target.text)
        if names.is_absolute:
            self.at = cross(self.namespace, self.view.root())
        self.go(names.names)


class LinkText:
    """Where a link leads. On the heap, since links lead to links."""

    length: u64
    bytes: Array[u8, 1024]

    def __init__(self, link: Vnode) -> None:
        self.length = link.read_link(self.bytes[:LONGEST_PATH])

    @property
    @no_raise
    def text(self) -> Slice[u8]:
        return self.bytes[: self.length]


def cross(namespace: Namespace, found: Location) -> Location:
    """Return a location, or that of what is mounted there.

    Raises:
        MemoryError: there is too little memory.
    """
    at = found
    while True:
        mount = namespace.mount_on(at.mount, at.node)
        if mount is None:
            return at
        at = Location(mount.root, mount, at.above, at.name)


def start_of(view: View, text: path.Path, folder: Location | None) -> Location:
    """Return where a path starts: the root, a folder that is given, or the one where the process is.

    Raises:
        FileNotFoundError: nothing is at the root.
        MemoryError: there is too little memory.
    """
    if not text.is_absolute:
        if folder is not None:
            return folder
        current = view.folder()
        if current is not None:
            return current
    return cross(view.namespace(), view.root())
