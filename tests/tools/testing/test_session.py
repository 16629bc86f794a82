"""Each way in which a machine test can end is told from the others, and the next test runs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.tools.machine.conftest import require_qemu
from tools.testing.kernel_image import TargetTest, build
from tools.testing.session import Outcome, TestSession, machine_of

NAMES = ("passes", "fails", "raises", "hangs", "resets")


@pytest.fixture(scope="module")
def session() -> Iterator[TestSession]:
    require_qemu()
    kernel = build([TargetTest("tests.tools.testing.endings", name) for name in NAMES], "checked")
    with TestSession(machine_of(kernel, {})) as session:
        yield session


def run(session: TestSession, name: str, time_limit_s: float = 60.0) -> Outcome:
    session.time_limit_s = time_limit_s
    return session.run(NAMES.index(name))


def test_a_test_that_returns_has_passed(session: TestSession) -> None:
    outcome = run(session, "passes")
    assert outcome.passed
    assert outcome.output.strip() == "a line of the test's"


def test_a_failed_assertion_is_shown_with_its_line(session: TestSession) -> None:
    outcome = run(session, "fails")
    assert not outcome.passed
    assert "assert never" in outcome.output
    assert "ended with status 1" in outcome.reason


def test_an_exception_that_leaves_a_test_fails_it(session: TestSession) -> None:
    outcome = run(session, "raises")
    assert (outcome.passed, outcome.reason) == (False, "an exception left the test")


def test_a_hang_is_noticed(session: TestSession) -> None:
    outcome = run(session, "hangs", time_limit_s=1.0)
    assert not outcome.passed
    assert "in 1 s" in outcome.reason


def test_a_reset_is_noticed(session: TestSession) -> None:
    outcome = run(session, "resets")
    assert (outcome.passed, outcome.reason) == (False, "the machine reset itself")


def test_the_next_test_runs_whatever_happened_before(session: TestSession) -> None:
    for name in ("fails", "resets"):
        run(session, name)
        assert run(session, "passes").passed
