"""Disk images hold the files, by the judgement of other programs and of a firmware."""

from __future__ import annotations

import shutil
import struct
import subprocess
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.tools.machine import tiny
from tests.tools.machine.conftest import require_firmware
from tools.disk import fat, gpt, image
from tools.failure import Failure
from tools.machine.config import FirmwareBoot, MachineConfig
from tools.machine.machine import Machine

CHARACTERS = st.sampled_from("aZ09 .-_+,;=[]~éß漢")  # mtools knows none beyond 16 bits
NAMES = st.text(CHARACTERS, min_size=1, max_size=40).filter(
    lambda name: not fat.FORBIDDEN.search(name) and not name.startswith((" ", "."))
)


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


def fill(folder: Path, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def read_with_mtools(disk: Path, into: Path) -> dict[str, bytes]:
    """The files on the disk, read by programs that know FAT."""
    if shutil.which("mcopy") is None:
        pytest.skip("mtools is not installed")
    into.mkdir()
    volume = f"{disk}@@{gpt.FIRST_SECTOR * gpt.SECTOR}"
    subprocess.run(
        ["mcopy", "-s", "-n", "-i", volume, "::*", str(into)],
        check=True,
        capture_output=True,
        env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"},
    )
    return files_in(into)


@pytest.mark.parametrize(
    "files",
    [
        {"EFI/BOOT/BOOTX64.EFI": b"MZ" * 5000, "kernel.elf": b"\x7fELF" * 100},
        {"empty": b"", "a sector": bytes(range(256)) * 2, "more": bytes(513)},
        {f"many/file number {i} with a long name.txt": str(i).encode() for i in range(300)},
        {"a/b/c/d/e/f/g/h/deep.txt": b"deep", "a/b/side": b"side"},
        {"thirteen.four": b"13 characters: a long name without an end mark"},
    ],
    ids=["boot disk", "sizes", "many", "deep", "thirteen"],
)
def test_the_files_are_on_the_disk(files: dict[str, bytes], tmp_path: Path) -> None:
    fill(tmp_path / "files", files)
    image.write(tmp_path / "disk.img", tmp_path / "files")
    assert read_with_mtools(tmp_path / "disk.img", tmp_path / "read") == files


@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(st.dictionaries(NAMES, st.binary(max_size=2000), min_size=1, max_size=12))
def test_any_names_are_kept(
    tmp_path_factory: pytest.TempPathFactory, files: dict[str, bytes]
) -> None:
    # FAT keeps the case of a name, but two names that differ in nothing else are one.
    files = {name.casefold(): data for name, data in files.items()}
    tmp_path = tmp_path_factory.mktemp("disk")
    fill(tmp_path / "files", files)
    image.write(tmp_path / "disk.img", tmp_path / "files")
    assert read_with_mtools(tmp_path / "disk.img", tmp_path / "read") == files


def test_the_same_files_make_the_same_bytes(tmp_path: Path) -> None:
    files = {f"{i}/{i}": bytes([i]) * 1000 for i in range(9)}
    fill(tmp_path / "one", files)
    fill(tmp_path / "two", dict(reversed(files.items())))
    for name in ("one", "two"):
        image.write(tmp_path / f"{name}.img", tmp_path / name)
    assert (tmp_path / "one.img").read_bytes() == (tmp_path / "two.img").read_bytes()


def test_both_copies_of_the_partition_table_agree_and_their_checksums_hold(tmp_path: Path) -> None:
    image.write(tmp_path / "disk.img", tmp_path)
    disk = (tmp_path / "disk.img").read_bytes()
    last = len(disk) // 512 - 1
    for here, other in ((1, last), (last, 1)):
        header = bytearray(disk[here * 512 :][:92])
        (checksum,) = struct.unpack_from("<I", header, 16)
        header[16:20] = bytes(4)
        assert zlib.crc32(header) == checksum
        places = struct.unpack_from("<QQQQ", header, 24)
        assert places == (here, other, 34, last - 33)
        entries_at, count, size, entries_checksum = struct.unpack_from("<QIII", header, 72)
        assert zlib.crc32(disk[entries_at * 512 :][: count * size]) == entries_checksum


def test_a_large_volume_has_larger_clusters(tmp_path: Path) -> None:
    with (tmp_path / "volume").open("wb") as file:
        file.truncate(1 << 30)
        volume = fat.Volume(file, 0, (1 << 30) // 512, "large")
        volume.write({"file": b"x" * 5000})
    assert volume.shape.cluster_bytes == 4096
    assert volume.shape.clusters >= fat.FEWEST_CLUSTERS
    # Both reserved entries, the root, and two clusters of the file.
    assert len(volume.table) == 5


def test_what_does_not_fit_is_a_failure(tmp_path: Path) -> None:
    with (tmp_path / "volume").open("wb") as file:
        volume = fat.Volume(file, 0, (40 << 20) // 512, "small")
        with pytest.raises(Failure, match="do not fit"):
            volume.write({"file": bytes(41 << 20)})
        with pytest.raises(Failure, match="at least 36 MB"):
            fat.Volume(file, 0, (20 << 20) // 512, "tiny")


@pytest.mark.parametrize("name", ["what?", "a:b", "dot.", "x" * 256])
def test_a_name_that_cannot_be_held_is_a_failure(name: str) -> None:
    with pytest.raises(Failure, match="cannot hold a"):
        fat.entry(name, set(), 0, 0, 0)


def test_a_name_that_is_made_up_is_not_one_that_is_there(tmp_path: Path) -> None:
    files = {"A LONG NAME.TXT": b"long", "ALONGN~1.TXT": b"short", "A LONG NAME 2.TXT": b"too"}
    fill(tmp_path / "files", files)
    image.write(tmp_path / "disk.img", tmp_path / "files")
    assert read_with_mtools(tmp_path / "disk.img", tmp_path / "read") == files


def test_names_that_differ_in_case_alone_are_a_failure() -> None:
    with pytest.raises(Failure, match="on a FAT volume, quilt and Quilt are the same name"):
        fat.reserved_names(["quilt", "Quilt"])


def test_a_firmware_boots_the_disk(tmp_path: Path) -> None:
    require_firmware()
    loader = tiny.uefi_application(tiny.say("ready\n") + tiny.exit_with(0x10))
    fill(tmp_path / "files", {"EFI/BOOT/BOOTX64.EFI": loader, "some other file.txt": b"quilt"})
    image.write(tmp_path / "disk.img", tmp_path / "files")
    with Machine(MachineConfig(boot=FirmwareBoot(tmp_path / "disk.img"))) as machine:
        machine.wait_for("ready")
        assert machine.wait() == 0
