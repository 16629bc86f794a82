"""Each way in which a machine test can end is told from the others, and the next test runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tools.machine.conftest import require_qemu
from tools.failure import Failure
from tools.testing.kernel_image import TargetTest, build
from tools.testing.session import Ending, Outcome, TestSession, machine_of

NAMES = ("passes", "fails", "raises", "hangs", "resets")


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestSession]:
    require_qemu()
    tests = [TargetTest("tests.tools.testing.endings", name) for name in NAMES]
    kernel = build(tests, tmp_path_factory.mktemp("kernel"), "checked")
    with TestSession(machine_of(kernel, {})) as session:
        yield session


def run(session: TestSession, name: str, time_limit_s: float = 60.0) -> Outcome:
    session.time_limit_s = time_limit_s
    return session.run(NAMES.index(name))


def test_a_test_that_returns_has_passed(session: TestSession) -> None:
    outcome = run(session, "passes")
    assert outcome.ending is Ending.PASSED
    assert outcome.output.strip() == "a line of the test's"


def test_a_failed_assertion_is_shown_with_its_line(session: TestSession) -> None:
    outcome = run(session, "fails")
    assert outcome.ending is Ending.PANICKED
    assert "assert never" in outcome.output


def test_an_exception_that_leaves_a_test_fails_it(session: TestSession) -> None:
    outcome = run(session, "raises")
    assert (outcome.ending, outcome.sentence) == (Ending.RAISED, "an exception left the test")
    assert outcome.output.strip().endswith("Unhandled")


def test_a_hang_is_noticed(session: TestSession) -> None:
    outcome = run(session, "hangs", time_limit_s=1.0)
    assert (outcome.ending, outcome.sentence) == (Ending.HUNG, "the test did not end in 1 s")


def test_a_reset_is_noticed(session: TestSession) -> None:
    outcome = run(session, "resets")
    assert (outcome.ending, outcome.sentence) == (Ending.DIED, "the machine reset itself")


def test_the_next_test_runs_whatever_happened_before(session: TestSession) -> None:
    for name in ("fails", "resets"):
        run(session, name)
        assert run(session, "passes").ending is Ending.PASSED


@pytest.mark.parametrize("wish", [("screens", "2"), ("processors", "two"), ("memory", "much")])
def test_a_machine_that_there_is_not_is_a_sentence(wish: tuple[str, str], tmp_path: Path) -> None:
    with pytest.raises(Failure, match=wish[1] if wish[0] != "screens" else "screens"):
        machine_of(tmp_path / "kernel.elf", dict([wish]))
