"""`./patchwork build` writes a disk that boots, and says what to do with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tools.commands.conftest import TinyImages
from tests.tools.machine.conftest import require_firmware
from tools import image
from tools.commands import build
from tools.failure import Failure
from tools.machine.config import FirmwareBoot, MachineConfig
from tools.machine.machine import Machine


def test_the_disk_is_for_a_usb_stick_and_boots(
    images: TinyImages, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    require_firmware()
    disk = tmp_path / "my.img"
    assert build.main(["-o", str(disk)]) == 0
    assert images.builds == ["loader release", "kernel release"]
    assert f"sudo dd if={disk} of=/dev/sdX" in capsys.readouterr().out
    with Machine(MachineConfig(boot=FirmwareBoot(disk))) as machine:
        assert machine.wait() == 3


def test_without_a_name_it_is_in_the_build_folder(images: TinyImages) -> None:
    assert build.main(["--checked"]) == 0
    assert image.disk_file("checked").is_file()


@pytest.mark.usefixtures("images")
def test_a_place_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Failure, match="cannot write .*/none/my.img: No such file or directory"):
        build.main(["-o", str(tmp_path / "none" / "my.img")])
