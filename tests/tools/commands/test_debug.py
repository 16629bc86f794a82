"""`./patchwork debug` stops in Python, and the machine ends with the debugger."""

from __future__ import annotations

import shutil

import pytest

from tests.tools.machine.conftest import require_qemu
from tools import host
from tools.commands import debug
from tools.failure import Failure


@pytest.mark.skipif(not shutil.which("gdb"), reason="needs gdb")
def test_it_stops_where_the_kernel_starts(capfd: pytest.CaptureFixture[str]) -> None:
    require_qemu()
    assert debug.main(["--", "-batch", "-ex", "backtrace", "-ex", "info line"]) == 0
    printed = capfd.readouterr()
    assert "kernel.init.start.start" in printed.out
    assert "kernel.init.start.from_pvh" in printed.out
    assert "kernel/init/start.py" in printed.out
    assert "debug.log" in printed.err


def test_without_gdb_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda program: None)
    monkeypatch.setattr(host, "provide", lambda requirement: None)
    with pytest.raises(Failure, match="the debugger gdb"):
        debug.debugger()
