"""Threads of programs on the system, on one processor and on several."""

from __future__ import annotations

import pytest

from tests.machine.test_programs_run import run
from tools.image import ROOT

PROGRAMS = ROOT / "tests" / "system" / "programs"

THREADS = """\
4000 20 [False, False, False, False]
124750
False False False
True False
Exception in thread failing:
ValueError: not here
the others go on
deep enough
[]
1000
the program waits for this
"""

FUTEXES = """\
it has another value
in vain, for long enough: True
nobody waits: 0
no word of ours
no word of ours
no word of ours
no word of ours
woken: 1
went on: 1
woken: 2
went on: 3
"""

TIMES = """\
thread user_clocks kernel_sched_clocks run_clocks
threads: 4 True
parts are the whole: True
computes: True
calls: True True
waits: True
afterwards: 1
the process' is more: True
crowd: 101 True
"""


@pytest.mark.parametrize("processors", ["1", "4"])
def test_threads_share_objects_and_wait_for_each_other(processors: str) -> None:
    done = run(PROGRAMS / "threads.py", "--release", "--smp", processors)
    assert (done.stdout, done.returncode) == (THREADS, 3)


def test_an_exception_of_a_thread_shows_where_it_came_from() -> None:
    done = run(PROGRAMS / "threads.py", "--checked", "--smp", "2")
    assert "in fail\n    raise ValueError" in done.stdout
    assert done.returncode == 3


def test_the_kernel_knows_who_waits_for_a_word() -> None:
    assert run(PROGRAMS / "futexes.py").stdout == FUTEXES


@pytest.mark.parametrize("processors", ["1", "2"])
def test_the_time_of_each_thread_is_told(processors: str) -> None:
    done = run(PROGRAMS / "thread_times.py", "--release", "--smp", processors)
    assert (done.stdout, done.returncode) == (TIMES, 0)
