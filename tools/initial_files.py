"""Packs a folder into the file system that the kernel starts with (core/initial_files.py)."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from pathlib import Path

from tools.failure import Failure

MAGIC = b"PWFILES1"
HEADER = struct.Struct("<8sIIQQ")
NODE = struct.Struct("<IHHQQII")
ALIGNMENT = 4096
FOLDER, FILE = 1, 2
LONGEST_NAME = 255


@dataclass
class _Node:
    name: bytes
    path: Path
    parent: int
    first_child: int = 0
    children: list[Path] = field(default_factory=list)


def pack(folder: Path) -> bytes:
    """Return the file system that holds what a folder does: the same bytes for the same files.

    Raises:
        Failure: something in it is neither a file nor a folder, or has too long a name.
    """
    nodes = [_Node(b"", folder, 0)]
    for number, node in enumerate(nodes):  # which grows meanwhile
        if node.path.is_dir():
            node.children = sorted(node.path.iterdir(), key=lambda path: _name_of(path))
            node.first_child = len(nodes)
            nodes += [_Node(_name_of(path), path, number) for path in node.children]
    names = b"".join(node.name for node in nodes)
    contents = HEADER.size + len(nodes) * NODE.size + len(names)

    data, packed, name_at = bytearray(), bytearray(), 0
    start = _aligned(contents)
    for node in nodes:
        if node.path.is_dir():
            place, size, kind = node.first_child, len(node.children), FOLDER
        else:
            content = node.path.read_bytes()
            place, size, kind = start + len(data), len(content), FILE
            data += content.ljust(_aligned(len(content)), b"\0")
        packed += NODE.pack(name_at, len(node.name), kind, place, size, node.parent, 0)
        name_at += len(node.name)

    size = start + len(data)
    header = HEADER.pack(MAGIC, len(nodes), len(names), size, 0)
    return (header + packed + names).ljust(start, b"\0") + bytes(data)


def _name_of(path: Path) -> bytes:
    name = path.name.encode()
    if len(name) > LONGEST_NAME:
        raise Failure(f"{path} has a name of {len(name)} bytes; {LONGEST_NAME} is the most")
    if path.is_symlink() or not (path.is_dir() or path.is_file()):
        raise Failure(f"{path} is neither a file nor a folder")
    return name


def _aligned(size: int) -> int:
    return -(-size // ALIGNMENT) * ALIGNMENT
