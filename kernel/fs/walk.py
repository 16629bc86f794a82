"""Walks: from a path to what it leads to, in a namespace.

A walk first goes as far as the dentry cache knows the way: that takes no lock, counts no references on the way, and writes
nothing that others read. At a name that the cache does not know, a link, or a folder whose names are not kept, it takes
one step by asking the folder, and goes on.

Where something is mounted the walk goes on there, after `..`, too. A walk that begins at a folder which the process was
given, open or as where it is, may go down from there, and up only to what the process could reach by names from the
root: so nobody climbs out of a folder into what its namespace does not hold. What is reached has at most the permissions with which
the walk began, and those of the mount through which it is reached.

A link is a detour: the walk goes along what it says, and then on behind it. Links in links are a list of detours and no calls
in calls, so that nobody uses up the kernel's stack with them.

Limits: MOST_LINKS links on the way, those in links included; more are a circle.
"""

from __future__ import annotations

from typing import Final

from core.errors import TooManyLinks
from core.file_records import NodeKind
from kernel.fs import dentry_cache, path
from kernel.fs import namespace as namespaces
from kernel.fs.dentry import Dentry
from kernel.fs.location import Location, Spot
from kernel.fs.mount import Mount
from kernel.fs.namespace import Namespace
from kernel.fs.path import LONGEST_PATH
from kernel.fs.view import View
from kernel.fs.vnode import Vnode
from kernel.sync import rcu
from lang import (
    Array,
    Ptr,
    Slice,
    borrow,
    copy,
    holds,
    no_raise,
    retain,
    struct,
    u8,
    u32,
    u64,
    usize,
)

MOST_LINKS: Final[u32] = 40


@struct
class Walk:
    """One walk, and where it has come to."""

    view: View
    follows: bool  # links
    links: u32  # followed so far
    at_dentry: Dentry | None  # None: the root, where it has not been yet
    at_mount: Mount | None
    is_from_root: bool  # and so where names lead
    detour: Detour | None  # the link that it goes along now

    @property
    @no_raise
    def dentry(self) -> Dentry:
        """Where the walk is, once it has gone along names, however few."""
        dentry = self.at_dentry
        assert dentry is not None, "the walk has begun"
        return dentry

    @property
    @no_raise
    def mount(self) -> Mount:
        """Through which mount it is seen there."""
        mount = self.at_mount
        assert mount is not None, "the walk has begun"
        return mount

    @property
    @no_raise
    def node(self) -> Vnode:
        """What is there."""
        node = self.dentry.node
        assert node is not None, "a walk is at what there is"
        return node

    def at(self) -> Location:
        """Return where the walk is.

        Raises:
            MemoryError: there is too little memory.
        """
        return Location(self.dentry, self.mount)

    def go(self, names: Slice[u8]) -> None:
        """Walk along all names.

        Raises:
            FileNotFoundError: a name leads nowhere, or `..` out of what the process can reach.
            NotADirectoryError: a name is looked for in what is no folder.
            TooManyLinks: there are too many links on the way.
        """
        try:
            gone = self.go_to_link(names)
            while self.detour is not None:
                self.go_along_links()
                gone += self.go_to_link(names[gone:])
        finally:
            self.leave_detours()

    @no_raise
    def leave_detours(self) -> None:
        """Let go of all detours, one after the other: the first of a list takes all others along, in calls in calls."""
        while (detour := self.detour) is not None:
            self.detour = detour.outer

    def go_along_links(self) -> None:
        """Walk along the link that was met, and those that are met then, to the end of the first."""
        while (detour := self.detour) is not None:
            detour.gone += self.go_to_link(detour.rest)
            if self.detour is detour:
                self.detour = detour.outer

    def go_to_link(self, names: Slice[u8]) -> u64:
        """Walk along names up to a link that is to be followed, which is a detour then, or the end; return how many bytes.

        Raises:
            FileNotFoundError, NotADirectoryError, TooManyLinks: as `go`.
        """
        links = self.links
        rest = self.hurry(names)
        while len(rest) > 0:
            name, rest = path.split(rest)
            self.step(name)
            if self.links != links:
                break
            rest = self.hurry(rest)
        return len(names) - len(rest)

    def hurry(self, names: Slice[u8]) -> Slice[u8]:
        """Walk along as many names as can be without asking a folder, and return the others.

        Raises:
            FileNotFoundError: the walk begins at the root, and nothing is there.
        """
        with rcu.read():
            namespace = borrow(self.view.current_namespace)
            spot = self.begin(namespace)
            length = along(names, spot, namespace, self.follows, self.is_from_root)
            dentry, mount = retain(spot.dentry), retain(spot.mount)
        self.at_dentry, self.at_mount = dentry, mount
        return names[length:]

    @holds("preemption")
    def begin(self, namespace: Ptr[Namespace]) -> Spot:
        """Return where the walk is, inside of `with rcu.read():`."""
        dentry, mount = borrow(self.at_dentry), borrow(self.at_mount)
        if dentry is not None and mount is not None:
            return Spot(dentry, mount)
        root = namespace.root_seen()
        if root is None:
            raise FileNotFoundError
        spot = Spot(borrow(root.root), root)
        spot.cross(namespace)
        return spot

    # By asking -----------------------------------------------------------------------------------

    def step(self, name: Slice[u8]) -> None:
        """Walk along one name, or begin a detour; where that fails, the walk stays where it is."""
        if name == b"." or name == b"..":
            if self.node.kind != NodeKind.DIRECTORY:
                raise NotADirectoryError
            raise FileNotFoundError  # the folder above is none for this process
        found = self.look_up(name)
        node = found.node
        if node is None:
            raise FileNotFoundError
        if node.kind == NodeKind.SYMLINK and self.follows:
            self.follow(node)
        else:
            self.enter(found)

    def look_up(self, name: Slice[u8]) -> Dentry:
        """Return the dentry of a name in the folder where the walk is."""
        folder, dentry = self.node, self.dentry
        if not folder.keeps_names:
            return Dentry(dentry, name, folder.find(name))
        known = dentry_cache.find(dentry, name)
        if known is not None:
            return known
        changes = folder.changes.load()
        return dentry_cache.keep(Dentry(dentry, name, found_in(folder, name)), changes)

    def enter(self, found: Dentry) -> None:
        """Go on to what is in the folder where the walk is, and to what is mounted there."""
        with rcu.read():
            spot = Spot(borrow(found), borrow(self.mount))
            spot.cross(borrow(self.view.current_namespace))
            dentry, mount = retain(spot.dentry), retain(spot.mount)
        self.at_dentry, self.at_mount = dentry, mount

    def enter_new(self, name: Slice[u8], node: Vnode) -> None:
        """Go on to what was just made in the folder where the walk is."""
        self.enter(Dentry(self.dentry, name, node))

    def follow(self, link: Vnode) -> None:
        """Begin to go where a link leads, from the folder in which it is."""
        if self.links == MOST_LINKS:
            raise TooManyLinks
        detour = Detour(link, self.detour)
        names = path.parse(detour.rest)
        detour.length = len(names.names)
        if names.is_absolute:
            self.at_dentry, self.at_mount = None, None
            self.is_from_root = True
        self.detour = detour
        self.links += 1


class Detour:
    """Where a link leads, and how far along that the walk is."""

    length: u64
    bytes: Array[u8, 1024]
    gone: u64
    outer: Detour | None  # what the link was met on; None: the path itself

    def __init__(self, link: Vnode, outer: Detour | None) -> None:
        self.length = link.read_link(self.bytes[:LONGEST_PATH])
        self.gone = 0
        self.outer = outer

    @property
    @no_raise
    def rest(self) -> Slice[u8]:
        return self.bytes[self.gone : self.length]


def found_in(folder: Vnode, name: Slice[u8]) -> Vnode | None:
    """Return what a name in a folder leads to; None: there is no such name."""
    try:
        return folder.find(name)
    except FileNotFoundError:
        return None


@no_raise
@holds("preemption")
def along(
    names: Slice[u8], spot: Spot, namespace: Ptr[Namespace], follows: bool, is_from_root: bool
) -> usize:
    """Move a spot along names as far as the dentry cache knows the way; return how many bytes of them it went.

    is_from_root: it came to where it is by names, and so may go to the folder above.

    Inside of `with rcu.read():`.
    """
    gone: usize = 0
    while True:
        name, behind = path.split(names[gone:])
        if len(name) == 0:
            return len(names)
        if name == b"." or name == b"..":
            if not is_folder(spot):
                return gone
            if len(name) == 2 and not climb(spot, namespace, is_from_root):
                return gone
        else:
            found = dentry_cache.look_up(spot.dentry, name)
            if found is None:
                return gone
            node = borrow(found.node)
            if node is None or (node.kind == NodeKind.SYMLINK and follows):
                return gone
            spot.dentry = found
            spot.cross(namespace)
        gone = len(names) - len(behind)


@no_raise
@holds("preemption")
def climb(spot: Spot, namespace: Ptr[Namespace], is_from_root: bool) -> bool:
    """Go to the folder above; return False if there is none that names lead to.

    At the root of all that is the root itself, or what has been mounted on it since the process came there.
    """
    above = copy(spot)
    above.climb()
    above.cross(namespace)
    if not is_from_root and not namespaces.is_seen(namespace, above.dentry, above.mount):
        return False
    spot.dentry, spot.mount = above.dentry, above.mount
    return True


@no_raise
def is_folder(spot: Spot) -> bool:
    node = borrow(spot.dentry.node)
    return node is not None and node.kind == NodeKind.DIRECTORY


def begin(view: View, text: path.Path, folder: Location | None, follows: bool) -> Walk:
    """Return a walk where a path starts: at the root, a folder that is given, or the one where the process is."""
    walk = Walk(view, follows, 0, None, None, True, None)
    if not text.is_absolute:
        start = view.folder() if folder is None else folder
        if start is not None:
            walk.at_dentry, walk.at_mount = start.dentry, start.mount
            walk.is_from_root = False
    return walk
