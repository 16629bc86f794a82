"""A pytest plugin that runs tests marked `native` in a process of its own.

The guard turns faults of target code into exceptions; but a wild write may also damage the memory of
the process and end it later, far from its cause. So a forked worker runs these tests, one after the
other, as pytest tells it to. A worker that dies is one failed test, reported with its signal, and a new
worker runs the rest: pytest itself never executes target code.

Modules that tests compile stay in the worker, so that each is compiled and loaded once.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

SECONDS_TO_REPORT = 10  # for a worker whose test took too long


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "native: calls compiled code; runs in a process of its own")
    config.pluginmanager.register(_Isolation(), "native-isolation")


class _Isolation:
    """The hooks, and the worker that is alive, if any."""

    def __init__(self) -> None:
        self.worker: _Worker | None = None

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Fork before any test runs: what other tests start, such as threads, is not inherited."""
        wanted = any(map(_is_native, session.items))
        if wanted and not session.config.option.collectonly and not session.config.option.usepdb:
            self.worker = _Worker(session)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item, nextitem: pytest.Item | None) -> object:
        """Run a native item in the worker, any other here. What either process keeps set up after an
        item is for the next one that it runs itself."""
        if item.config.getoption("usepdb"):
            return None
        item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
        if _is_native(item):
            for report in self._run(item):
                item.ihook.pytest_runtest_logreport(report=report)
        else:
            _run_here(item, _following(item, native=False))
        item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
        return True

    def pytest_sessionfinish(self) -> None:
        if self.worker is not None:
            self.worker.end()
            self.worker = None

    def _run(self, item: pytest.Item) -> list[pytest.TestReport]:
        if self.worker is None:
            self.worker = _Worker(item.session)
        reports = self.worker.run(item)
        if reports is None:
            how = self.worker.describe_death()
            self.worker = None
            return [_death_report(item, how)]
        hook = item.config.hook
        return [
            hook.pytest_report_from_serializable(config=item.config, data=data) for data in reports
        ]


class _Worker:
    """A fork of pytest that runs the items whose numbers it is sent."""

    def __init__(self, session: pytest.Session):
        self.connection, other = Pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        self.child = os.fork()
        if self.child == 0:
            self.connection.close()
            _serve(session, other)
        other.close()

    def run(self, item: pytest.Item) -> list[dict[str, Any]] | None:
        """Return the reports of one item; None if the worker died, or had to be ended since it hung."""
        items = item.session.items
        following = _following(item, native=True)
        after = None if following is None else items.index(following)
        try:
            self.connection.send((items.index(item), after))
            return self.connection.recv()
        except (EOFError, OSError):
            return None
        except pytest.fail.Exception:  # pytest-timeout's, which knows nothing of the worker
            os.kill(self.child, signal.SIGALRM)
            if self.connection.poll(SECONDS_TO_REPORT):
                return self.connection.recv()
            os.kill(self.child, signal.SIGKILL)
            return None

    def describe_death(self) -> str:
        self.connection.close()
        _, status = os.waitpid(self.child, 0)
        if os.WIFSIGNALED(status):
            return f"it was ended by {signal.Signals(os.WTERMSIG(status)).name}"
        return f"it ended with status {os.WEXITSTATUS(status)}"

    def end(self) -> None:
        self.connection.close()
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self.child, 0)


def _is_native(item: pytest.Item) -> bool:
    return item.get_closest_marker("native") is not None


def _following(item: pytest.Item, *, native: bool) -> pytest.Item | None:
    """Return the next item after `item` that is native, or that is not."""
    items = item.session.items
    after = items[items.index(item) + 1 :]
    return next((each for each in after if _is_native(each) == native), None)


def _serve(session: pytest.Session, connection: Connection) -> None:
    """Run items until pytest closes the connection; end without any of pytest's own clean-up.

    Each comes with the one that follows it here, for which fixtures of a wider scope are kept.
    """
    hook = session.config.hook
    signal.signal(signal.SIGALRM, _give_up)
    with contextlib.suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            index, after = connection.recv()
            following = None if after is None else session.items[after]
            reports = _run_here(session.items[index], following, log=False)
            connection.send(
                [
                    hook.pytest_report_to_serializable(config=session.config, report=report)
                    for report in reports
                ]
            )
    os._exit(0)


def _run_here(
    item: pytest.Item, following: pytest.Item | None, log: bool = True
) -> list[pytest.TestReport]:
    """Run an item in this process. What is set up still, for one that should have followed, but runs elsewhere, ends before."""
    item.session._setupstate.teardown_exact(item)
    return runtestprotocol(item, nextitem=following, log=log)


def _give_up(number: int, frame: object) -> None:
    """End a test from within, so that the report shows where it was."""
    pytest.fail("it took too long")


def _death_report(item: pytest.Item, how: str) -> pytest.TestReport:
    return pytest.TestReport(
        nodeid=item.nodeid,
        location=item.location,
        keywords={},
        outcome="failed",
        longrepr=f"the process that ran this test is gone: {how}",
        when="call",
    )
