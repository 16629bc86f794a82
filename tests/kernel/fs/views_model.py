"""What processes' views of files do, in plain Python: a tree of objects without locks, caches and counts.

An operation returns what the kernel's does, or raises Refused with the name of the kernel's exception.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

READ, WRITE, EXECUTE = 1, 2, 4
PERMISSIONS = READ | WRITE | EXECUTE
MOST_LINKS = 40
LARGEST = 1 << 40  # bytes of a file
KINDS = {"file": 0, "folder": 1, "link": 2}
LETTERS = {
    "r": "read",
    "w": "write",
    "x": "execute",
    "c": "create",
    "e": "exclusive",
    "p": "parents",
    "t": "truncate",
    "a": "append",
    "d": "directory",
    "R": "recursive",
    "l": "nofollow",
    "P": "private",
    "g": "propagate",
    "L": "locked",
}
BITS = {"read": READ, "write": WRITE, "execute": EXECUTE}


class Refused(Exception):
    """An operation fails; the only argument is the name of the kernel's exception."""


@dataclass(eq=False)
class Node:
    kind: str  # file, folder, link
    parent: Node | None = None  # of a folder
    names: dict[str, Node] = field(default_factory=dict)
    target: str = ""
    links: int = 1
    is_gone: bool = False
    content: bytearray = field(default_factory=bytearray)

    def find(self, name: str) -> Node:
        if self.kind != "folder":
            raise Refused("NotADirectoryError")
        if name not in self.names:
            raise Refused("FileNotFoundError")
        return self.names[name]

    def check_free(self, name: str) -> None:
        if self.kind != "folder":
            raise Refused("PermissionError")
        if self.is_gone:
            raise Refused("FileNotFoundError")
        if name in self.names:
            raise Refused("FileExistsError")

    def make(self, name: str, kind: str, target: str = "") -> Node:
        self.check_free(name)
        self.names[name] = Node(kind, self if kind == "folder" else None, target=target)
        return self.names[name]

    def close(self) -> None:
        if self.names:
            raise Refused("DirectoryNotEmpty")
        self.is_gone = True


@dataclass(eq=False)
class Dentry:
    parent: Dentry | None
    node: Node


@dataclass(eq=False)
class Mount:
    root: Dentry
    place: Location | None
    flags: frozenset[str]

    @property
    def permissions(self) -> int:
        return sum(bit for name, bit in BITS.items() if name in self.flags)


@dataclass(frozen=True)
class Location:
    dentry: Dentry
    mount: Mount


@dataclass(eq=False)
class Namespace:
    parent: Namespace | None
    mounts: list[Mount] = field(default_factory=list)  # the newest first

    def root(self) -> Mount | None:
        return next((mount for mount in self.mounts if mount.place is None), None)

    def on(self, mount: Mount, node: Node) -> Mount | None:
        is_inside = mount.root.node is not node
        for each in self.mounts:
            if each.place is None or each.place.dentry.node is not node:
                continue
            if each.place.mount is mount or (is_inside and "locked" in each.flags):
                return each
        return None

    def is_within(self, other: Namespace) -> bool:
        at: Namespace | None = self
        while at is not None and at is not other:
            at = at.parent
        return at is other

    def cross(self, place: Location) -> Location:
        while (mount := self.on(place.mount, place.dentry.node)) is not None:
            place = Location(mount.root, mount)
        return place

    def sees(self, place: Location) -> bool:
        """Whether names lead to a place from the root: each folder above it is what one comes by."""
        dentry, mount = place.dentry, place.mount
        while True:
            if self.on(mount, dentry.node) is not None:
                return False
            while dentry is mount.root:
                if mount.place is None:
                    return self.root() is mount
                if self.on(mount.place.mount, mount.place.dentry.node) is not mount:
                    return False
                dentry, mount = mount.place.dentry, mount.place.mount
            assert dentry.parent is not None
            dentry = dentry.parent


@dataclass(eq=False)
class View:
    namespace: Namespace
    folder: Location | None


@dataclass(eq=False)
class Position:
    """Where a file is, and all that are the same with fewer permissions."""

    at: int = 0


@dataclass(eq=False)
class File:
    node: Node
    location: Location
    permissions: int
    appends: bool = False
    position: Position = field(default_factory=Position)

    def check(self, permission: int) -> None:
        """Refuse what the file was not opened for, and what folders and links are not."""
        if not self.permissions & permission:
            raise Refused("BadFile")
        if self.node.kind != "file":
            raise Refused("IsADirectoryError" if self.node.kind == "folder" else "NotSupported")


@dataclass(frozen=True)
class Path:
    names: list[str]
    is_absolute: bool
    flags: frozenset[str]

    @property
    def permissions(self) -> int:
        return sum(bit for name, bit in BITS.items() if name in self.flags)


def parse(text: str) -> Path:
    names, _, flags = text.partition(":")
    return Path(
        [name for name in names.split("/") if name],
        names.startswith("/"),
        frozenset(LETTERS[letter] for letter in flags),
    )


class Walk:
    def __init__(self, view: View, path: Path, base: File | None) -> None:
        self.view = view
        self.follows = "nofollow" not in path.flags
        self.links = 0
        self.at: Location | None = None
        self.is_from_root = True
        if not path.is_absolute:
            start = base.location if base is not None else view.folder
            if start is not None:
                self.at = start
                self.is_from_root = False

    @property
    def node(self) -> Node:
        return self.place.dentry.node

    @property
    def place(self) -> Location:
        if self.at is None:
            self.begin()
        assert self.at is not None
        return self.at

    def begin(self) -> None:
        if self.at is None:
            root = self.view.namespace.root()
            if root is None:
                raise Refused("FileNotFoundError")
            self.at = self.view.namespace.cross(Location(root.root, root))

    def go(self, names: list[str]) -> None:
        self.begin()
        for name in names:
            if name in (".", ".."):
                self.go_by_dots(name)
            else:
                self.go_by_name(name)

    def go_by_dots(self, name: str) -> None:
        if self.node.kind != "folder":
            raise Refused("NotADirectoryError")
        if name == ".":
            return
        above = self.view.namespace.cross(self.above())
        if not self.is_from_root and not self.view.namespace.sees(above):
            raise Refused("FileNotFoundError")
        self.at = above

    def above(self) -> Location:
        dentry, mount = self.place.dentry, self.place.mount
        while dentry is mount.root:
            if mount.place is None:
                return self.place
            dentry, mount = mount.place.dentry, mount.place.mount
        assert dentry.parent is not None
        return Location(dentry.parent, mount)

    def go_by_name(self, name: str) -> None:
        found = self.node.find(name)
        if found.kind == "link" and self.follows:
            self.links += 1
            if self.links > MOST_LINKS:
                raise Refused("TooManyLinks")
            target = parse(found.target)
            if target.is_absolute:
                self.at, self.is_from_root = None, True
            self.go(target.names)
        else:
            self.enter(found)

    def enter(self, node: Node) -> None:
        place = Location(Dentry(self.place.dentry, node), self.place.mount)
        self.at = self.view.namespace.cross(place)


class Model:
    """All views, and all open files, by number."""

    def __init__(self, views: int, files: int) -> None:
        root = Mount(Dentry(None, Node("folder")), None, frozenset(BITS))
        self.views: list[View | None] = [None] * views
        self.files: list[File | None] = [None] * files
        self.views[0] = View(Namespace(None, [root]), None)

    # Helpers ---------------------------------------------------------------------------------------

    def base(self, number: int) -> File | None:
        return self.files[number] if number < len(self.files) else None

    def allowed(self, way: Walk, path: Path, base: File | None) -> int:
        permissions = way.place.mount.permissions
        if base is not None and not path.is_absolute:
            permissions &= base.permissions
        return permissions

    def require(self, wanted: int, way: Walk, path: Path, base: File | None = None) -> None:
        if wanted & ~self.allowed(way, path, base):
            raise Refused("PermissionError")

    def find(self, view: int, path: Path) -> Walk:
        way = Walk(self.views[view], path, None)
        way.go(path.names)
        return way

    def parent_of(self, view: int, path: Path) -> Walk:
        way = Walk(self.views[view], path, None)
        way.go(path.names[:-1])
        self.require(WRITE, way, path)
        return way

    def has_mounts(self, node: Node) -> bool:
        return any(mount.place and mount.place.dentry.node is node for mount in self.alive())

    def alive(self) -> set[Mount]:
        """Return the mounts that something refers to."""
        found: set[Mount] = set()
        waiting = [file.location.mount for file in self.files if file]
        for view in self.views:
            if view is None:
                continue
            if view.folder:
                waiting.append(view.folder.mount)
            namespace: Namespace | None = view.namespace
            while namespace is not None:
                waiting += namespace.mounts
                namespace = namespace.parent
        while waiting:
            mount = waiting.pop()
            if mount not in found:
                found.add(mount)
                if mount.place:
                    waiting.append(mount.place.mount)
        return found

    def below(self, namespace: Namespace) -> list[Namespace]:
        found = {view.namespace for view in self.views if view}
        for each in list(found):
            while each.parent is not None:
                each = each.parent
                found.add(each)
        return [each for each in found if each is not namespace and each.is_within(namespace)]

    # Operations ------------------------------------------------------------------------------------

    def open(self, view: int, text: str, base_number: int, into: int) -> tuple[Node, int]:
        path, base = parse(text), self.base(base_number)
        way = Walk(self.views[view], path, base)
        if "create" in path.flags:
            self.find_or_make(way, path, base)
        else:
            way.go(path.names)
        self.require(path.permissions, way, path, base)
        if "truncate" in path.flags and way.node.kind == "file":
            self.require(WRITE, way, path, base)
            way.node.content.clear()
        permissions = path.permissions or self.allowed(way, path, base)
        self.files[into] = File(way.node, way.place, permissions, "append" in path.flags)
        return way.node, permissions

    def find_or_make(self, way: Walk, path: Path, base: File | None) -> None:
        kind = "folder" if "directory" in path.flags else "file"
        if "parents" in path.flags:
            for name in path.names[:-1]:
                self.go_or_make(way, name, "folder", path, base)
        else:
            way.go(path.names[:-1])
        is_made = bool(path.names) and self.go_or_make(way, path.names[-1], kind, path, base)
        way.begin()
        if not is_made and "exclusive" in path.flags:
            raise Refused("FileExistsError")

    def go_or_make(self, way: Walk, name: str, kind: str, path: Path, base: File | None) -> bool:
        way.begin()
        if name in way.node.names or name in (".", "..") or way.node.kind != "folder":
            way.go([name])
            return False
        self.require(WRITE, way, path, base)
        way.enter(way.node.make(name, kind))
        return True

    def stat(self, view: int, text: str) -> tuple[Node, int, str, int]:
        path = parse(text)
        way = self.find(view, path)
        self.require(READ, way, path)
        return way.node, way.node.links, way.node.kind, self.allowed(way, path, None)

    def size(self, view: int, text: str) -> int:
        node, *_ = self.stat(view, text)
        return len(node.content)

    def names(self, view: int, text: str) -> int:
        path = parse(text)
        way = self.find(view, path)
        self.require(path.permissions, way, path)
        permissions = path.permissions or self.allowed(way, path, None)
        if not permissions & READ:
            raise Refused("BadFile")
        if way.node.kind != "folder":
            raise Refused("NotADirectoryError")
        sum = 0
        for name, node in way.node.names.items():
            sum = sum * 256 + ord(name[0]) * 4 + KINDS[node.kind]
        return sum

    def read_link(self, view: int, text: str) -> int:
        path = parse(text)
        way = Walk(self.views[view], path, None)
        way.go(path.names[:-1])
        self.require(READ, way, path)
        if not path.names or path.names[-1] in (".", ".."):
            raise Refused("ValueError")
        node = way.node.find(path.names[-1])
        if node.kind != "link":
            raise Refused("ValueError")
        return sum_of(node.target.encode())

    def write(self, number: int, letter: int, count: int) -> int:
        file = self.files[number]
        file.check(WRITE)
        content = file.node.content
        if file.appends:
            file.position.at = len(content)
        start, file.position.at = file.position.at, file.position.at + count
        if file.position.at > LARGEST:
            file.position.at = start
            raise Refused("NoSpace")
        if count:
            content.extend(bytes(max(file.position.at - len(content), 0)))
            content[start : file.position.at] = bytes([letter]) * count
        return count

    def read(self, number: int, count: int) -> int:
        file = self.files[number]
        file.check(READ)
        data = file.node.content[file.position.at : file.position.at + count]
        file.position.at += len(data)
        return sum_of(data)

    def seek(self, number: int, offset: int, origin: int) -> int:
        file = self.files[number]
        if file.node.kind != "file":
            raise Refused("NotSeekable")
        if origin > 2:
            raise Refused("ValueError")
        base = (0, file.position.at, len(file.node.content))[origin]
        if base + offset < 0 or base + offset >= 1 << 63:
            raise Refused("ValueError")
        file.position.at = base + offset
        return file.position.at

    def reduce(self, number: int, permissions: int, into: int) -> None:
        file = self.files[number]
        if permissions & ~file.permissions:
            raise Refused("PermissionError")
        self.files[into] = replace(file, permissions=permissions)

    def link(self, view: int, old: str, new: str) -> None:
        source_path, path = parse(old), parse(new)
        source = self.find(view, source_path)
        self.require(READ, source, source_path)
        if source.node.kind == "folder":
            raise Refused("IsADirectoryError")
        way = self.parent_of(view, path)
        if way.place.mount is not source.place.mount:
            raise Refused("CrossDevice")
        name = changeable(path)
        if way.node.kind != "folder":
            raise Refused("PermissionError")
        if source.node.kind != "file":
            raise Refused("CrossDevice")
        way.node.check_free(name)
        source.node.links += 1
        way.node.names[name] = source.node

    def symlink(self, view: int, target: str, new: str) -> None:
        path = parse(new)
        way = self.parent_of(view, path)
        way.node.make(changeable(path), "link", target)

    def remove(self, view: int, text: str) -> None:
        path = parse(text)
        way = self.parent_of(view, path)
        name = changeable(path)
        node = way.node.find(name)
        if "recursive" not in path.flags:
            if node.kind == "folder" and "directory" not in path.flags:
                raise Refused("IsADirectoryError")
            if node.kind != "folder" and "directory" in path.flags:
                raise Refused("NotADirectoryError")
        elif node.kind == "folder":
            self.empty(node)
        self.take_away(way.node, name)

    def take_away(self, folder: Node, name: str) -> None:
        node = folder.names[name]
        if self.has_mounts(node):
            raise Refused("Busy")
        if node.kind == "folder":
            node.close()
        node.links -= 1
        del folder.names[name]

    def empty(self, folder: Node) -> None:
        if self.has_mounts(folder):
            raise Refused("Busy")
        for name, node in list(folder.names.items()):
            if node.kind == "folder" and node.names:
                self.empty(node)
            self.take_away(folder, name)

    def rename(self, view: int, old: str, new: str) -> None:
        source_path, path = parse(old), parse(new)
        way = self.parent_of(view, source_path)
        name = changeable(source_path)
        node = way.node.find(name)
        to = self.parent_of(view, path)
        if to.place.mount is not way.place.mount:
            raise Refused("CrossDevice")
        new_name = changeable(path)
        if to.node.kind != "folder":
            raise Refused("CrossDevice")
        if self.has_mounts(node):
            raise Refused("Busy")
        if to.node.is_gone:
            raise Refused("FileNotFoundError")
        above: Node | None = to.node if node.kind == "folder" else None
        while above is not None:
            if above is node:
                raise Refused("ValueError")
            above = above.parent
        self.move(way.node, name, to.node, new_name)

    def move(self, source: Node, name: str, to: Node, new_name: str) -> None:
        node, before = source.names[name], to.names.get(new_name)
        if before is node:
            return
        if before is not None:
            self.check_replaceable(before, node, source)
            before.links -= 1
            del to.names[new_name]
        del source.names[name]
        to.names[new_name] = node
        if node.kind == "folder":
            node.parent = to

    def check_replaceable(self, old: Node, new: Node, source: Node) -> None:
        if self.has_mounts(old):
            raise Refused("Busy")
        if old.kind != "folder":
            if new.kind == "folder":
                raise Refused("NotADirectoryError")
            return
        if new.kind != "folder":
            raise Refused("IsADirectoryError")
        if old is source:
            raise Refused("DirectoryNotEmpty")
        old.close()

    # Mounts ----------------------------------------------------------------------------------------

    def mount(self, view: int, text: str) -> None:
        path = parse(text)
        self.attach(view, Dentry(None, Node("folder")), path, path.flags)

    def bind(self, view: int, text: str, source: int) -> None:
        path, file = parse(text), self.files[source]
        wanted = path.permissions or file.permissions
        if wanted & ~file.permissions:
            raise Refused("PermissionError")
        flags = path.flags | {name for name, bit in BITS.items() if wanted & bit}
        self.attach(view, file.location.dentry, path, flags)

    def attach(self, view: int, root: Dentry, path: Path, flags: frozenset[str]) -> None:
        namespace = self.views[view].namespace
        place = None
        if path.names or not path.is_absolute or namespace.root() is not None:
            place = self.find(view, path).place
        mount = Mount(root, place, flags)
        namespace.mounts.insert(0, mount)
        if "propagate" in flags:
            for each in self.below(namespace):
                each.mounts.insert(0, mount)

    def unmount(self, view: int, text: str) -> None:
        path = parse(text)
        way = self.find(view, path)
        mount = way.place.mount
        if way.place.dentry is not mount.root or mount.place is None:
            raise Refused("ValueError")
        if "locked" in mount.flags:
            raise Refused("Busy")
        namespace = self.views[view].namespace
        below = self.below(namespace) if "propagate" in path.flags else []
        for each in [namespace, *below]:
            if mount in each.mounts:
                each.mounts.remove(mount)

    # Views -----------------------------------------------------------------------------------------

    def go_to(self, view: int, text: str) -> None:
        way = self.find(view, parse(text))
        if way.node.kind != "folder":
            raise Refused("NotADirectoryError")
        self.views[view].folder = way.place

    def start(self, parent: int, child: int, is_copy: bool) -> None:
        above = self.views[parent]
        mounts = [each for each in above.namespace.mounts if "private" not in each.flags]
        if not is_copy:
            mounts = [each for each in mounts if "locked" in each.flags and each.place]
        namespace = Namespace(above.namespace, mounts)
        folder = above.folder
        self.views[child] = View(namespace, folder if folder and namespace.sees(folder) else None)

    def enter(self, view: int, other: int) -> None:
        self.views[view].namespace = self.views[other].namespace
        self.views[view].folder = None

    def close(self, number: int) -> None:
        self.files[number] = None


def sum_of(data: bytes) -> int:
    """Return what views_subject.sum_of does."""
    sum = len(data)
    for byte in data:
        sum = (sum * 257 + byte) % (1 << 40)
    return sum


def changeable(path: Path) -> str:
    if not path.names or path.names[-1] in (".", ".."):
        raise Refused("Busy")
    return path.names[-1]
