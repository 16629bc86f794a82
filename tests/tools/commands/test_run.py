"""`./patchwork run` builds and boots what it was asked for. Here the build makes tiny images."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from tests.tools.commands.conftest import TinyImages
from tests.tools.machine import tiny
from tests.tools.machine.conftest import require_firmware, require_qemu
from tools import image
from tools.commands import run
from tools.failure import Failure
from tools.machine.config import DirectBoot, FirmwareBoot, MachineConfig
from tools.machine.machine import MachineDied


@pytest.fixture(autouse=True)
def emulator_is_installed() -> None:
    require_qemu()


def configured(*arguments: str) -> MachineConfig:
    return run.configure(run.parse(list(arguments)))


def test_a_direct_boot_prints_and_gives_the_status(
    images: TinyImages, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run.main(["--direct"]) == 3
    assert images.builds == ["kernel checked"]
    assert capfd.readouterr().out == "ready\n"


def test_a_boot_by_firmware_prints_and_gives_the_status(
    images: TinyImages, capfd: pytest.CaptureFixture[str]
) -> None:
    require_firmware()
    assert run.main(["--uefi", "--release"]) == 3
    assert images.builds == ["loader release", "kernel release"]
    assert "ready\n" in capfd.readouterr().out


def test_a_machine_that_ends_too_early_is_a_failure(images: TinyImages) -> None:
    images.code = tiny.say("out of cloth\n") + tiny.exit_with(0x11)
    with pytest.raises(MachineDied, match="never printed 'ready'; its .*\n *out of cloth"):
        run.main(["--direct"])


def test_a_screenshot_is_written(images: TinyImages, tmp_path: Path) -> None:
    images.code = tiny.say("ready\n") + tiny.halt()
    assert run.main(["--direct", "--screenshot", str(tmp_path / "screen.png")]) == 0
    with Image.open(tmp_path / "screen.png") as picture:
        assert picture.format == "PNG"


def test_the_options_make_the_machine() -> None:
    config = configured("--direct", "--smp", "3", "--memory", "1G", "--", "-accel", "kvm", "--")
    files = image.initial_files_file("checked")
    assert config.boot == DirectBoot(image.kernel_file("checked"), files)
    assert (config.processors, config.memory) == (3, "1G")
    assert config.qemu_arguments == ("-accel", "kvm", "--")


def test_the_default_is_what_a_pc_does() -> None:
    require_firmware()
    assert configured().boot == FirmwareBoot(image.disk_file("checked"))
    assert configured("--release").boot == FirmwareBoot(image.disk_file("release"))


def test_a_window_needs_a_display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr(run.emulator, "has_windows", lambda program: True)
    monkeypatch.setenv("DISPLAY", ":0")
    assert configured("--direct").has_window
    assert not configured("--direct", "--screenshot", "a.png").has_window
    monkeypatch.delenv("DISPLAY")
    assert not configured("--direct").has_window


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--smp", "0"], "1 to 255 processors, not 0"),
        (["--memory", "much"], "much is not an amount of memory; write it as 256M or 4G"),
    ],
)
def test_an_impossible_machine_is_a_sentence_before_anything_is_built(
    arguments: list[str], sentence: str, images: TinyImages
) -> None:
    with pytest.raises(Failure, match=sentence):
        run.main(["--direct", *arguments])
    assert images.builds == []


def test_options_that_contradict_each_other_are_a_sentence(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        run.parse(["--direct", "--uefi"])
    assert "--uefi: not allowed with argument --direct" in capsys.readouterr().err
