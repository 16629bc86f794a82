"""A pytest plugin that runs each test that is marked `native` in a process of its own.

The guard turns faults of target code into exceptions; but a wild write may also damage this
process's memory and end it later, far from its cause. A forked child that dies is one failed test,
reported with its signal. What a test prepared at import is shared by all children, unharmed.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from typing import Any

import pytest
from _pytest.runner import runtestprotocol


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "native: calls compiled code; runs in a process of its own")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    if item.get_closest_marker("native") is None or item.config.getoption("usepdb"):
        return None
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    for report in _run_in_child(item, nextitem):
        item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


def _run_in_child(item: pytest.Item, nextitem: pytest.Item | None) -> list[pytest.TestReport]:
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read_end)
        _be_the_child(item, nextitem, write_end)
    os.close(write_end)
    with os.fdopen(read_end, "rb") as pipe:
        content = pipe.read()
    _, status = os.waitpid(child, 0)
    try:
        return [_report_of(item, data) for data in json.loads(content)]
    except ValueError:
        return [_death_report(item, status)]


def _be_the_child(item: pytest.Item, nextitem: pytest.Item | None, write_end: int) -> None:
    """Run the test, send its reports, and end without any of the parent's clean-up."""
    reports = runtestprotocol(item, nextitem=nextitem, log=False)
    hook = item.config.hook
    data = [
        hook.pytest_report_to_serializable(config=item.config, report=report) for report in reports
    ]
    with os.fdopen(write_end, "wb") as pipe:
        pipe.write(json.dumps(data, default=str).encode())
    sys.stdout.flush()
    os._exit(0)


def _report_of(item: pytest.Item, data: dict[str, Any]) -> pytest.TestReport:
    return item.config.hook.pytest_report_from_serializable(config=item.config, data=data)


def _death_report(item: pytest.Item, status: int) -> pytest.TestReport:
    if os.WIFSIGNALED(status):
        how = f"it was ended by {signal.Signals(os.WTERMSIG(status)).name}"
    else:
        how = f"it ended with status {os.WEXITSTATUS(status)}"
    return pytest.TestReport(
        nodeid=item.nodeid,
        location=item.location,
        keywords={},
        outcome="failed",
        longrepr=f"the process of this test did not report back: {how}",
        when="call",
    )
