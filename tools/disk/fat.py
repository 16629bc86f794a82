"""FAT32: writes a volume that holds given files, and nothing else.

    sector 0       boot sector: the shape of the volume
    1              how many clusters are free
    6, 7           copies of both
    32             file allocation table, twice: entry n is the cluster after cluster n of a file
    data           clusters from number 2 on

Every file and directory is in one piece, so its chain is n, n + 1, ..., the end. A name that is
not an upper-case 8.3 name gets long name entries before a short one that is made up.

Source: Microsoft, FAT File System Specification (2000-12-06), which the sections refer to; the
UEFI Specification, section 13.3, is based on it.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import BinaryIO

from tools.failure import Failure

SECTOR = 512
RESERVED_SECTORS = 32
FEWEST_CLUSTERS = 65525  # with fewer, a volume is FAT16 by definition
MOST_SMALL_SECTORS = 532_480  # up to 260 MB a cluster is one sector, else eight

MEDIA_FIXED = 0xF8
END_OF_CHAIN = 0x0FFFFFFF
ROOT_CLUSTER = 2

DIRECTORY = 0x10
ARCHIVE = 0x20
LONG_NAME = 0x0F
LAST_LONG = 0x40
ENTRY = 32
LONG_CHARACTERS = 13  # of a name in one long name entry
DATE_1980 = 0x0021  # the first day that there is

SHORT = re.compile(r"[A-Z0-9!#$%&'()@^_`{}~-]{1,8}(\.[A-Z0-9!#$%&'()@^_`{}~-]{1,3})?")
FORBIDDEN = re.compile(r'[\x00-\x1f"*/:<>?\\|]|[. ]$')

Files = dict[str, bytes]  # by path, as "EFI/BOOT/BOOTX64.EFI"


@dataclass
class Directory:
    """A directory that is still to be placed on the volume."""

    directories: dict[str, Directory] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class Shape:
    """Where everything is on a volume of a given size."""

    sectors: int
    cluster_sectors: int
    table_sectors: int

    @property
    def data_sector(self) -> int:
        return RESERVED_SECTORS + 2 * self.table_sectors

    @property
    def cluster_bytes(self) -> int:
        return self.cluster_sectors * SECTOR

    @property
    def clusters(self) -> int:
        return (self.sectors - self.data_sector) // self.cluster_sectors


class Volume:
    """A volume in `sectors` sectors of an open file, from byte `start` of it on.

    That part of the file has to be zero.
    """

    def __init__(self, file: BinaryIO, start: int, sectors: int, label: str) -> None:
        self.file = file
        self.start = start
        self.shape = shape_of(sectors)
        self.label = label.upper().ljust(11).encode()
        self.hidden_sectors = start // SECTOR
        self.table = [0x0FFFFF00 | MEDIA_FIXED, END_OF_CHAIN]  # of clusters 0 and 1, which are none

    def write(self, files: Files) -> None:
        """Write all files, and what makes a volume of them."""
        self._place_directory(tree_of(files), parent=0)
        table = struct.pack(f"<{len(self.table)}I", *self.table)
        for copy in range(2):
            self._write(RESERVED_SECTORS + copy * self.shape.table_sectors, table)
        for sector in (0, 6):
            self._write(sector, self._boot_sector())
            self._write(sector + 1, self._information_sector())

    def _place_directory(self, directory: Directory, parent: int) -> int:
        """Place a directory with all that is in it, and return its first cluster."""
        size = sum(map(entries_for, [*directory.directories, *directory.files])) * ENTRY
        first = self._allocate(max(size + 2 * ENTRY, 1))
        if parent == 0:
            entries = bytearray(short_entry(self.label, 0x08, 0, 0))
        else:  # ".." of a directory in the root is 0, whatever the root's cluster
            above = 0 if parent == ROOT_CLUSTER else parent
            entries = bytearray(short_entry(b".".ljust(11), DIRECTORY, first, 0))
            entries += short_entry(b"..".ljust(11), DIRECTORY, above, 0)

        taken = reserved_names([*directory.directories, *directory.files])
        for name, below in directory.directories.items():
            cluster = self._place_directory(below, first)
            entries += entry(name, taken, DIRECTORY, cluster, 0)
        for name, data in directory.files.items():
            cluster = self._place(data)
            entries += entry(name, taken, ARCHIVE, cluster, len(data))
        self._write(self._sector_of(first), bytes(entries))
        return first

    def _place(self, data: bytes) -> int:
        """Place a file's data and return its first cluster; an empty file has none."""
        if not data:
            return 0
        first = self._allocate(len(data))
        self._write(self._sector_of(first), data)
        return first

    def _allocate(self, size: int) -> int:
        """Take as many clusters as `size` bytes need, in one piece, and return the first."""
        first = len(self.table)
        count = -(-size // self.shape.cluster_bytes)
        if first + count > self.shape.clusters + 2:
            raise Failure("the files do not fit on the disk image; make it larger")
        self.table += range(first + 1, first + count)
        self.table.append(END_OF_CHAIN)
        return first

    def _sector_of(self, cluster: int) -> int:
        return self.shape.data_sector + (cluster - 2) * self.shape.cluster_sectors

    def _write(self, sector: int, data: bytes) -> None:
        self.file.seek(self.start + sector * SECTOR)
        self.file.write(data)

    def _boot_sector(self) -> bytes:
        """Section "Boot Sector and BPB"."""
        shape = self.shape
        disk = struct.pack(
            "<3s8sHBHBHHBHHHII",
            *(b"\xeb\x58\x90", b"PATCHWRK", SECTOR, shape.cluster_sectors, RESERVED_SECTORS, 2),
            *(0, 0, MEDIA_FIXED, 0, 63, 255, self.hidden_sectors, shape.sectors),
        )
        fat32 = struct.pack("<IHHIHH12x", shape.table_sectors, 0, 0, ROOT_CLUSTER, 1, 6)
        serial = 0x50415443
        drive = struct.pack("<BBBI11s8s", 0x80, 0, 0x29, serial, self.label, b"FAT32   ")
        return (disk + fat32 + drive).ljust(SECTOR - 2, b"\0") + b"\x55\xaa"

    def _information_sector(self) -> bytes:
        """Section "FAT32 FSInfo Sector Structure"."""
        used = len(self.table)
        free = self.shape.clusters + 2 - used
        return struct.pack("<I480xIII12xI", 0x41615252, 0x61417272, free, used, 0xAA550000)


def shape_of(sectors: int) -> Shape:
    """Divide a volume. The tables come out a little too long rather than too short."""
    cluster_sectors = 1 if sectors <= MOST_SMALL_SECTORS else 8
    entries_per_sector = SECTOR // 4
    clusters = (sectors - RESERVED_SECTORS) // cluster_sectors + 2
    shape = Shape(sectors, cluster_sectors, -(-clusters // entries_per_sector))
    if shape.clusters < FEWEST_CLUSTERS:
        raise Failure("a disk image has at least 36 MB")
    return shape


def tree_of(files: Files) -> Directory:
    """The directories that the paths spell, in a fixed order."""
    root = Directory()
    for path in sorted(files):
        *folders, name = PurePosixPath(path).parts
        directory = root
        for folder in folders:
            directory = directory.directories.setdefault(folder, Directory())
        directory.files[name] = files[path]
    return root


def entry(name: str, taken: set[bytes], attributes: int, cluster: int, size: int) -> bytes:
    """The entries that give a file its name in its directory."""
    if FORBIDDEN.search(name):
        raise Failure(f"a FAT volume cannot hold a file named {name!r}")
    short = short_name(name, taken)
    taken.add(short)
    return b"".join(long_entries(name, short)) + short_entry(short, attributes, cluster, size)


def reserved_names(names: list[str]) -> set[bytes]:
    """The short names that stand for themselves, which none that is made up may be."""
    by_case = {name.casefold(): name for name in names}
    if len(by_case) < len(names):
        twice = next(name for name in names if by_case[name.casefold()] != name)
        raise Failure(f"on a FAT volume, {twice} and {by_case[twice.casefold()]} are the same name")
    return {short_name(name, set()) for name in names if SHORT.fullmatch(name)}


def entries_for(name: str) -> int:
    """How many entries a name takes."""
    if SHORT.fullmatch(name):
        return 1
    units = len(name.encode("utf-16-le")) // 2
    return 1 + -(-units // LONG_CHARACTERS)


def short_entry(name: bytes, attributes: int, cluster: int, size: int) -> bytes:
    """Section "FAT Directory Structure"."""
    return struct.pack(
        "<11sBBBHHHHHHHI",
        *(name, attributes, 0, 0, 0, DATE_1980, DATE_1980),
        *(cluster >> 16, 0, DATE_1980, cluster & 0xFFFF, size),
    )


def short_name(name: str, taken: set[bytes]) -> bytes:
    """The name in 8.3 form: itself, or one made up for a long name that is not taken yet."""
    stem, _, suffix = name.rpartition(".") if "." in name.lstrip(".") else (name, "", "")
    if SHORT.fullmatch(name):
        return stem.encode().ljust(8) + suffix.encode().ljust(3)

    stem, suffix = (re.sub(r"[^A-Z0-9_-]", "", part.upper()) for part in (stem, suffix))
    number = 1
    while True:
        tail = f"~{number}"
        short = f"{stem[: 8 - len(tail)]}{tail}".ljust(8) + suffix[:3].ljust(3)
        if short.encode() not in taken:
            return short.encode()
        number += 1


def long_entries(name: str, short: bytes) -> Iterator[bytes]:
    """Section "FAT Long Directory Entries": pieces of the name in UTF-16, the last one first."""
    if SHORT.fullmatch(name):
        return
    text = name.encode("utf-16-le")
    if len(text) > 2 * 255:
        raise Failure(f"a FAT volume cannot hold a name as long as {name!r}")
    piece_bytes = 2 * LONG_CHARACTERS
    count = -(-len(text) // piece_bytes)
    if len(text) % piece_bytes:
        text = (text + b"\0\0").ljust(count * piece_bytes, b"\xff")
    for number in range(count, 0, -1):
        piece = text[(number - 1) * piece_bytes : number * piece_bytes]
        order = number | (LAST_LONG if number == count else 0)
        head = struct.pack("<B10sBBB", order, piece[:10], LONG_NAME, 0, checksum(short))
        yield head + piece[10:22] + b"\0\0" + piece[22:]


def checksum(short: bytes) -> int:
    """Ties long name entries to the short one that they belong to."""
    value = 0
    for byte in short:
        value = ((value >> 1 | value << 7) + byte) & 0xFF
    return value
