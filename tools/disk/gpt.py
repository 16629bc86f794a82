"""GPT: the partition table of a disk with one partition, which UEFI boots from.

    sector 0           a protective table in the old format, which says that the disk is full
    1                  header
    2 to 33            partition entries
    34 ...             (from 2048 on) the partition
    the last 33        copies of entries and header

Source: UEFI Specification 2.10, sections 5.2.3 and 5.3.
"""

from __future__ import annotations

import struct
import uuid
import zlib
from dataclasses import dataclass
from typing import BinaryIO

SECTOR = 512
ENTRIES = 128
ENTRY_BYTES = 128
ENTRY_SECTORS = ENTRIES * ENTRY_BYTES // SECTOR
HEADER_BYTES = 92
REVISION = 0x10000

FIRST_SECTOR = 2048  # of the partition, at 1 MiB, which suits every medium
SECTORS_AFTER = 1 + ENTRY_SECTORS  # the partition

SYSTEM_PARTITION = uuid.UUID("C12A7328-F81F-11D2-BA4B-00A0C93EC93B")
PROTECTIVE = 0xEE


@dataclass(frozen=True)
class Table:
    """The partition table of a disk of `sectors` sectors, which the partition fills."""

    sectors: int
    identity: uuid.UUID  # from which those of the disk and the partition are made
    name: str

    @property
    def partition_sectors(self) -> int:
        return self.sectors - SECTORS_AFTER - FIRST_SECTOR

    def write(self, file: BinaryIO) -> None:
        """Write both copies to the disk's file."""
        last = self.sectors - 1
        entries = self._entries()
        for sector, data in (
            (0, self._protective_table()),
            (1, self._header(here=1, other=last, entries_at=2)),
            (2, entries),
            (last - ENTRY_SECTORS, entries),
            (last, self._header(here=last, other=1, entries_at=last - ENTRY_SECTORS)),
        ):
            file.seek(sector * SECTOR)
            file.write(data)

    def _protective_table(self) -> bytes:
        first, last = b"\x00\x02\x00", b"\xff\xff\xff"  # as cylinder, head and sector
        size = min(self.sectors - 1, 0xFFFFFFFF)
        record = struct.pack("<B3sB3sII", 0, first, PROTECTIVE, last, 1, size)
        return bytes(446) + record.ljust(64, b"\0") + b"\x55\xaa"

    def _entries(self) -> bytes:
        partition = struct.pack(
            "<16s16sQQQ72s",
            SYSTEM_PARTITION.bytes_le,
            uuid.uuid5(self.identity, "partition").bytes_le,
            FIRST_SECTOR,
            FIRST_SECTOR + self.partition_sectors - 1,
            0,
            self.name.encode("utf-16-le"),
        )
        return partition.ljust(ENTRIES * ENTRY_BYTES, b"\0")

    def _header(self, here: int, other: int, entries_at: int) -> bytes:
        def header(own_checksum: int) -> bytes:
            return struct.pack(
                "<8sIIIIQQQQ16sQIII",
                *(b"EFI PART", REVISION, HEADER_BYTES, own_checksum, 0, here, other),
                *(2 + ENTRY_SECTORS, self.sectors - SECTORS_AFTER - 1),
                *(uuid.uuid5(self.identity, "disk").bytes_le, entries_at, ENTRIES, ENTRY_BYTES),
                zlib.crc32(self._entries()),
            )

        return header(zlib.crc32(header(0)))
