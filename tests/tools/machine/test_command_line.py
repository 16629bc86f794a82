"""The configuration arrives in QEMU's arguments."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tools.failure import Failure
from tools.machine import command_line
from tools.machine.config import DirectBoot, FirmwareBoot, MachineConfig
from tools.machine.emulator import Firmware

DIRECT = DirectBoot(Path("kernel.elf"))


def arguments(config: MachineConfig, firmware: Firmware | None = None) -> list[str]:
    return command_line.arguments(config, 3, 4, firmware)


def value(of: str, line: list[str]) -> str:
    assert line.count(of) == 1
    return line[line.index(of) + 1]


def test_processors_and_memory() -> None:
    line = arguments(MachineConfig(boot=DIRECT, processors=4, memory="2G"))
    assert value("-smp", line) == "4"
    assert value("-m", line) == "2G"
    assert "size=2G" in value("-object", line)


def test_a_direct_boot_names_the_kernel_and_its_file_system() -> None:
    line = arguments(MachineConfig(boot=DirectBoot(Path("k"), Path("files"))))
    assert (value("-kernel", line), value("-initrd", line)) == ("k", "files")


def test_a_firmware_boot_has_read_only_code_and_a_disk(tmp_path: Path) -> None:
    config = MachineConfig(boot=FirmwareBoot(tmp_path))
    line = arguments(config, Firmware(Path("code"), Path("vars"), "raw"))
    blocks = [json.loads(line[i + 1]) for i, word in enumerate(line) if word == "-blockdev"]
    assert [block["node-name"] for block in blocks] == ["code", "variables", "disk"]
    assert [block.get("read-only") for block in blocks] == [True, False, True]
    assert blocks[2]["dir"] == str(tmp_path)


def test_a_disk_image_is_a_file(tmp_path: Path) -> None:
    image = tmp_path / "disk.img"
    image.touch()
    line = arguments(MachineConfig(boot=FirmwareBoot(image)))
    disk = json.loads(value("-blockdev", line))
    assert disk["file"] == {"driver": "file", "filename": str(image)}
    assert disk["read-only"]


def test_counted_instructions_run_on_one_thread() -> None:
    line = arguments(MachineConfig(boot=DIRECT, icount_shift=2))
    assert value("-icount", line) == "shift=2,sleep=off"
    assert value("-accel", line) == "tcg"


def test_the_user_may_choose_the_accelerator() -> None:
    line = arguments(MachineConfig(boot=DIRECT, qemu_arguments=("-accel", "kvm")))
    assert value("-accel", line) == "kvm"


def test_a_window_is_opened_only_if_wanted() -> None:
    assert value("-display", arguments(MachineConfig(boot=DIRECT))) == "none"
    assert "-display" not in arguments(MachineConfig(boot=DIRECT, has_window=True))


@pytest.mark.parametrize("memory", ["", "0M", "12", "1.5G", "lots", "64K"])
def test_an_amount_of_memory_has_a_unit(memory: str) -> None:
    with pytest.raises(Failure, match="is not an amount of memory; write it as 256M or 4G"):
        MachineConfig(boot=DIRECT, memory=memory)


@pytest.mark.parametrize("processors", [0, 256])
def test_a_machine_has_1_to_255_processors(processors: int) -> None:
    with pytest.raises(Failure, match="1 to 255 processors"):
        MachineConfig(boot=DIRECT, processors=processors)
