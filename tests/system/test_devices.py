"""Devices that need no hardware, or a processor's help: clocks, and random bytes, with and without a source of them."""

from __future__ import annotations

from tests.system.test_shell import output
from tools import image
from tools.machine.config import DirectBoot, MachineConfig
from tools.machine.machine import Machine


def test_clocks_are_read_and_go_on(shell) -> None:
    before, after, epoch = output(
        shell,
        "cat /dev/clock/uptime; echo; sleep 0.01; cat /dev/clock/uptime; echo",
        "cat /dev/clock/epoch; echo",
    )
    assert int(after) - int(before) >= 10_000_000
    assert int(epoch) > 1_600_000_000_000_000_000


def test_random_bytes_are_different_each_time(shell) -> None:
    one, other = output(
        shell,
        "head -n 3 /dev/rand > /tmp/a; cat -x /tmp/a",
        "head -n 3 /dev/rand > /tmp/b; cat -x /tmp/b",
    )
    assert one != other
    assert one.split().count("0a") == 3
    assert len(set(one.split())) > 20


def test_a_machine_without_a_source_of_randomness_says_so() -> None:
    system = DirectBoot(image.build_kernel("checked"), image.build_initial_files("checked"))
    config = MachineConfig(boot=system, qemu_arguments=("-cpu", "qemu64"))
    with Machine(config) as machine:
        machine.wait_for("Type help")
        machine.send("cat /dev/rand\r")
        machine.wait_for("cat: /dev/rand: the machine has no source of numbers that nobody can")
