"""A disk image from a directory: a partition table and one FAT volume with the directory's files."""

from __future__ import annotations

import uuid
from pathlib import Path

from tools.disk import fat, gpt
from tools.outputs import replacing

LABEL = "PatchworkOS"
SECTOR = 512
SMALLEST = 64 << 20  # bytes
IDENTITY = uuid.uuid5(uuid.NAMESPACE_URL, "urn:patchworkos:boot-disk")


def write(path: Path, folder: Path) -> None:
    """Write the image of a disk that holds the files of the folder.

    It replaces the one that was there at once, so nobody sees half an image.

    Raises:
        Failure: a file has a name that the disk cannot hold.
    """
    files = {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }
    size = size_for(sum(map(len, files.values())), len(files))
    table = gpt.Table(size // SECTOR, IDENTITY, LABEL)

    with replacing(path) as new, new.open("wb") as file:
        file.truncate(size)
        start = gpt.FIRST_SECTOR * SECTOR
        fat.Volume(file, start, table.partition_sectors, LABEL).write(files)
        table.write(file)


def size_for(file_bytes: int, file_count: int) -> int:
    """A size in whole MiB that has room for the files, and as much again for what is to come."""
    needed = 2 * (file_bytes + file_count * 8192)
    return max(SMALLEST, -(-needed // (1 << 20)) << 20)
