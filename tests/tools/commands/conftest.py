"""Images for the commands that build and boot, without a compiler."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tools.machine import tiny
from tools import image


class TinyImages:
    """In place of the compiler: every image runs `code`."""

    def __init__(self) -> None:
        self.code = tiny.say("ready\n") + tiny.exit_with(0x10 + 3)
        self.builds: list[str] = []

    def build_kernel(self, build: str) -> Path:
        self.builds.append(f"kernel {build}")
        return self.write(image.kernel_file(build), tiny.pvh_kernel(self.code))

    def build_loader(self, build: str) -> Path:
        self.builds.append(f"loader {build}")
        loader = image.disk_folder(build) / image.LOADER_ON_DISK
        return self.write(loader, tiny.uefi_application(self.code))

    def write(self, path: Path, data: bytes) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path


@pytest.fixture
def images(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TinyImages]:
    """Builds go to a directory of the test, there is no display, and nobody types."""
    images = TinyImages()
    monkeypatch.setattr(image, "ROOT", tmp_path)
    monkeypatch.setattr(image, "build_kernel", images.build_kernel)
    monkeypatch.setattr(image, "build_loader", images.build_loader)
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    with open(os.devnull) as nothing:
        monkeypatch.setattr(sys, "stdin", nothing)
        yield images
