"""A machine runs, is watched, and every way in which it can end is told from the others."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image

from tests.tools.machine import tiny
from tests.tools.machine.conftest import Boot
from tools.failure import Failure
from tools.machine.machine import EmulatorFailed, Machine, MachineDied, MachineHung

READY = tiny.say("ready\n")


def test_the_machine_prints_and_ends_with_a_status(direct: Boot) -> None:
    with Machine(direct(READY + tiny.exit_with(0x10 + 7))) as machine:
        machine.wait_for("ready")
        assert machine.wait() == 7


def test_powering_off_is_status_0(direct: Boot) -> None:
    with Machine(direct(tiny.power_off() + tiny.halt())) as machine:
        assert machine.wait() == 0


def test_a_reset_is_reported_with_the_last_lines(direct: Boot) -> None:
    with (
        Machine(direct(tiny.say("one\ntwo\n") + tiny.reset() + tiny.halt())) as machine,
        pytest.raises(MachineDied) as died,
    ):
        machine.wait()
    assert str(died.value) == "the machine reset itself; its last lines were:\n    one\n    two"


def test_a_triple_fault_is_a_reset(direct: Boot) -> None:
    undefined_instruction = b"\x0f\x0b"
    with (
        Machine(direct(undefined_instruction)) as machine,
        pytest.raises(MachineDied, match="reset itself; it printed nothing"),
    ):
        machine.wait()


def test_a_value_that_is_no_status_is_reported(direct: Boot) -> None:
    with (
        Machine(direct(tiny.exit_with(3))) as machine,
        pytest.raises(MachineDied, match="wrote 3 to the exit port, not 16 \\+ its status"),
    ):
        machine.wait()


def test_a_hung_machine_is_reported_with_the_last_lines(direct: Boot) -> None:
    with Machine(direct(tiny.say("so far\n") + tiny.halt())) as machine:
        machine.wait_for("so far")
        with pytest.raises(MachineHung) as hung:
            machine.wait(timeout_s=0.1)
        assert str(hung.value) == (
            "the machine has not ended in 0.1 s; its last lines were:\n    so far"
        )
        with pytest.raises(MachineHung, match="has not printed 'ready' in 0.1 s"):
            machine.wait_for("ready", timeout_s=0.1)


def test_a_report_is_plain_text(direct: Boot) -> None:
    code = tiny.say("\x1b[2J\x1b[01;01H\x1b[=3hBds\x1b[1m: loading\r\n\x1b[0m\n")
    with (
        Machine(direct(code + tiny.reset() + tiny.halt())) as machine,
        pytest.raises(MachineDied) as died,
    ):
        machine.wait()
    assert str(died.value).endswith("lines were:\n    Bds: loading")


def test_an_end_before_the_awaited_line_is_reported(direct: Boot) -> None:
    with (
        Machine(direct(tiny.say("bye\n") + tiny.exit_with(0x12))) as machine,
        pytest.raises(MachineDied, match="ended with status 2 and never printed 'ready'"),
    ):
        machine.wait_for("ready")


def test_waiting_goes_on_where_the_last_wait_ended(direct: Boot) -> None:
    with Machine(direct(tiny.say("a1 a2 b a3") + tiny.halt())) as machine:
        numbers = [machine.wait_for(re.compile(r"a(\d)"))[1] for _ in range(2)]
        machine.wait_for("b")
        assert [*numbers, machine.wait_for(re.compile(r"a(\d)"))[1]] == ["1", "2", "3"]


def test_what_is_typed_arrives(direct: Boot) -> None:
    with Machine(direct(READY + tiny.echo_until("!") + tiny.exit_with(0x10))) as machine:
        machine.wait_for("ready")
        machine.send("hello, world!")
        assert machine.wait() == 0
        machine.wait_for("hello, world!")


def test_the_output_can_be_followed(direct: Boot) -> None:
    seen = []
    with Machine(direct(READY + tiny.exit_with(0x10)), seen.append) as machine:
        machine.wait()
    assert b"".join(seen) == b"ready\n"


def test_a_screenshot_is_a_picture_of_the_screen(direct: Boot, tmp_path: Path) -> None:
    with Machine(direct(READY + tiny.halt())) as machine:
        machine.wait_for("ready")
        machine.screenshot(tmp_path / "screen.png")
        with pytest.raises(Failure, match="cannot write the screenshot"):
            machine.screenshot(tmp_path / "no such folder" / "screen.png")
    with Image.open(tmp_path / "screen.png") as picture:
        assert picture.format == "PNG"
        assert picture.size >= (640, 400)


def test_after_the_end_there_is_no_screenshot(direct: Boot, tmp_path: Path) -> None:
    with Machine(direct(READY + tiny.exit_with(0x10))) as machine:
        machine.wait()
        with pytest.raises(MachineDied, match="the machine has ended"):
            machine.screenshot(tmp_path / "screen.png")


def test_a_machine_can_be_switched_off(direct: Boot) -> None:
    with Machine(direct(READY + tiny.halt())) as machine:
        machine.wait_for("ready")
        machine.quit()
        assert machine.wait() == 0


def test_the_firmware_boots_a_directory(by_firmware: Boot) -> None:
    with Machine(by_firmware(READY + tiny.exit_with(0x10))) as machine:
        machine.wait_for("ready")
        assert machine.wait() == 0


@pytest.mark.parametrize(
    "options",
    [
        {"processors": 4},
        {"memory": "64G"},
        {"icount_shift": 1},
        {"qemu_arguments": ("-name", "tiny")},
    ],
    ids=str,
)
def test_every_option_makes_a_machine_that_runs(direct: Boot, options: dict[str, object]) -> None:
    with Machine(direct(READY + tiny.exit_with(0x10), **options)) as machine:
        assert machine.wait() == 0


def test_what_qemu_says_about_its_arguments_is_the_failure(direct: Boot) -> None:
    machine = Machine(direct(READY, qemu_arguments=("-bogus",)))
    with pytest.raises(EmulatorFailed, match="^QEMU failed: -bogus: invalid option$"), machine:
        raise AssertionError("it started")


def test_no_machine_is_left_behind_by_a_killed_process(direct: Boot, root: Path) -> None:
    config = direct(READY + tiny.halt())
    program = (
        "import sys, time; from pathlib import Path;"
        "from tools.machine.config import DirectBoot, MachineConfig;"
        "from tools.machine.machine import Machine\n"
        "with Machine(MachineConfig(boot=DirectBoot(Path(sys.argv[1])))) as machine:\n"
        "    machine.wait_for('ready')\n"
        "    print(machine.process.pid, flush=True)\n"
        "    time.sleep(60)\n"
    )
    command = [sys.executable, "-c", program, str(config.boot.kernel)]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE) as ours:
        assert ours.stdout
        machine = int(ours.stdout.readline())
        ours.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 10
    while is_running(machine):
        assert time.monotonic() < deadline
        time.sleep(0.01)


def is_running(process: int) -> bool:
    try:
        return os.read(os.open(f"/proc/{process}/stat", os.O_RDONLY), 999).split()[2] != b"Z"
    except FileNotFoundError:
        return False
