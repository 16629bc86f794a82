"""The plugin that runs functions of the kernel as tests."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from tools.testing.pytest_machine import MachineItem, _Machines


def test_another_test_stops_the_machine(request: pytest.FixtureRequest) -> None:
    machines = _Machines()
    stopped: list[bool] = []
    machines.session = SimpleNamespace(stop=lambda: stopped.append(True))
    machine_item = MachineItem.__new__(MachineItem)
    for item, ends in ((machine_item, []), (request.node, [True]), (request.node, [True])):
        running = machines.pytest_runtest_protocol(item)
        next(running)
        assert stopped == ends
