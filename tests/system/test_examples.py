"""The system's tour: what it shows a newcomer about flags, processes, notes, namespaces and keys works to the letter."""

from __future__ import annotations

import re

from tests.machine.test_programs_run import run
from tests.system.test_shell import output
from tests.system.test_threads import PROGRAMS
from tools import image
from tools.machine.config import DirectBoot, MachineConfig
from tools.machine.machine import Machine

PROGRAM = """\
the child has not begun: False
input: typed
MY_VAR is my_value
status: [3]
no files but these: 0 1 2
terminate and tell why
killed
"""


def test_a_process_is_spawned_redirected_started_and_waited_for() -> None:
    done = run(PROGRAMS / "examples.py")
    assert (done.stdout, done.returncode) == (PROGRAM, 0), done.stderr


def test_flags_are_long_or_short_and_combine(shell) -> None:
    assert output(
        shell,
        "cd /tmp; touch file.txt:create:exclusive; touch file.txt:ce",
        "touch mydir:create:directory; touch a/b/c:cdp; touch x:create:cd:rw",
        "ls :R",
        "rm mydir:d; rm a:directory:recursive; rm x; rm x:d; ls x",
    ) == [
        "touch: file.txt:ce: there is something of that name already",
        *["a/", "a/b/", "a/b/c/", "file.txt", "mydir/", "x/"],
        "rm: x: that is a folder; say so with :directory",
        "ls: x: there is no such file or folder",
    ]


def test_the_utilities_do_what_the_tour_says(shell) -> None:
    assert output(
        shell,
        "cd /tmp; echo one > f1; echo two > f2; cat f1 f2",
        "echo three > f1:append; echo four > f1:a; cat < f1 > f3:create; cat f3",
        "sleep 0 & cat /proc/$!/wait; stat f1 | head -n 1",
        "symlink f1 link; stat link | head -n 1; stat link:nofollow | head -n 1; stat link:l | grep -c symlink",
        "ls -f /dev/const; ls -f :R | head -n 1; ls -f / | grep proc",
        "rm f1; mkdir mydir; touch mydir/g:c; ls mydir; rm mydir:directory:recursive; ls mydir",
    ) == [
        *["one", "two", "one", "three", "four"],
        *["f1: file, 15 bytes", "link: file, 15 bytes", "link:nofollow: symlink, 0 bytes", "1"],
        *[f"{name}:read:write:execute:propagate:locked" for name in ("null", "one", "zero")],
        *["f1:read:write:execute:propagate:locked", "proc/:read:write:execute:propagate:locked"],
        *["g", "ls: mydir: there is no such file or folder"],
    ]


def test_what_is_mounted_is_underlined_on_a_terminal() -> None:
    system = DirectBoot(image.build_kernel("checked"), image.build_initial_files("checked"))
    with Machine(MachineConfig(boot=system)) as machine:
        machine.wait_for("Type help")
        machine.send("ls /\r")
        machine.wait_for(re.compile(r"\x1b\[34m\x1b\[4mproc"))
        assert "\x1b[34mbase" in machine.transcript.text
