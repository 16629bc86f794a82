"""Modules in the running system: loaded, refused with the reason, unloaded, replaced, and named in a traceback."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from compiler.backend.elf import Elf
from tests.system.test_threads import PROGRAMS
from tools import image
from tools.machine.config import DirectBoot, MachineConfig
from tools.machine.machine import Machine

SOURCES = Path(__file__).with_name("modules")
COMING = PROGRAMS / "coming_modules.py"
CONTROL = "/sys/module/control"
IS_LONG = bool(os.environ.get("PATCHWORK_LONG"))
SECONDS = 300 if IS_LONG else 4
TIMEOUT_S = 1200 if IS_LONG else 120
AT_HAND = 60  # pages that caches and stacks keep for each processor, however long it goes on

Log = Callable[..., str]


def renamed(file: bytes, old: bytes, new: bytes) -> bytes:
    """Return an object in which some text is another of the same length."""
    assert old in file
    assert len(old) == len(new)
    return file.replace(old, new)


@pytest.fixture(scope="module")
def modules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of objects: the system's modules, those of the tests, and damaged ones."""
    folder: Path = tmp_path_factory.mktemp("modules")
    shutil.copytree(SOURCES, folder / "sources")
    roots = sorted((folder / "sources").glob("*.py"))
    objects = image.build_modules("checked", roots, folder / "objects")
    good = (objects / "counter").read_bytes()
    needs = Elf(good).contents(".module_needs").decode().splitlines()
    [need] = [line for line in needs if line.endswith("kernel.log.log.info")]
    other = f"{int(need[:8], 16) ^ 1:08x}{need[8:]}"
    (objects / "stale").write_bytes(renamed(good, need.encode(), other.encode()))
    (objects / "lost").write_bytes(renamed(good, b"\0__pw_destroy\0", b"\0__pw_destroZ\0"))
    itself = renamed((objects / "user").read_bytes(), b"counter\n", b"circles\n")
    (objects / "circles").write_bytes(itself)
    (objects / "half").write_bytes(good[: len(good) // 2])
    (objects / "old").write_bytes(renamed(good, b";0.1.0;", b";0.0.9;"))
    (objects / "newer").write_bytes(renamed(good, b" takes ", b" wants "))
    return objects


@pytest.fixture(scope="module")
def log_of(modules: Path, tmp_path_factory: pytest.TempPathFactory) -> Log:
    """Return what runs a command line in a system with these modules, and returns all that was printed."""
    folder: Path = tmp_path_factory.mktemp("boots")
    executable = image.build_program(image.FIRST_PROGRAM, folder / "init", "checked")
    kernel = image.build_kernel("checked")

    def run(line: str, *arguments: str) -> str:
        files = folder / "files.img"
        image.pack_initial_files(executable, [f"{line}; cat /dev/klog"], files, "checked", modules)
        config = MachineConfig(boot=DirectBoot(kernel, files), qemu_arguments=arguments)
        with Machine(config) as machine:
            machine.wait()
            return machine.transcript.text.replace("\r", "")

    return run


def kept_log(printed: str) -> str:
    """Return what is printed of the log once all is done, in which each line is once."""
    return printed[printed.rindex("hello from typed Python") :]


def test_modules_come_with_their_devices_and_with_who_needs_them(log_of: Log) -> None:
    log = log_of(f"echo 'load user' > {CONTROL}; cat /sys/module/list")
    assert "counter takes BOOT_ALWAYS" in log
    assert "user counts to 1" in log
    assert "user counts to 2" in log
    assert "user has enough" in log
    assert "user 1 0 0 0" in log
    assert "counter 2.5 1 1 1" in log


def test_a_driver_comes_with_its_device_alone(log_of: Log) -> None:
    with_device = log_of("cat /sys/module/list", "-device", "edu")
    assert "the factorial of 10 is 3628800" in with_device
    assert "edu 1.0 1 0 0" in with_device
    assert "edu" not in log_of("cat /sys/module/list")


def test_a_module_that_cannot_be_used_is_refused_with_the_reason(log_of: Log) -> None:
    names = ("stale", "lost", "lazy", "nobody", "circles")
    log = kept_log(log_of("; ".join(f"echo 'load {name}' > {CONTROL}" for name in names)))
    assert "stale: kernel.log.log.info is not what the module was made for" in log
    assert "lost: nothing defines __pw_destroZ" in log
    assert "lazy: it could not begin: kernel.module.description.NotUsable" in log
    assert "nobody: there is no such module" in log
    assert "circles: it needs itself, by way of others" in log
    assert "half: the file is no module's, or damaged" in log
    assert "old: the module is for version 0.0.9, not 0.1.0" in log


def test_a_module_goes_when_nobody_needs_it(log_of: Log) -> None:
    names = ("unload counter", "unload user", "unload counter", "unload counter")
    commands = [f"echo 'load user' > {CONTROL}", *(f"echo '{name}' > {CONTROL}" for name in names)]
    log = kept_log(log_of("; ".join(commands)))
    places = [
        log.index("counter: modules that need it: 1"),
        log.index("user: unloaded"),
        log.index("counter gives BOOT_ALWAYS back"),
        log.index("counter: unloaded"),
        log.index("counter: the module is not loaded"),
    ]
    assert places == sorted(places)


def test_a_module_stays_while_an_object_of_it_is_in_use(log_of: Log) -> None:
    log = log_of(f"echo 'load holder' > {CONTROL}; echo 'unload holder' > {CONTROL}")
    assert "holder: objects of it that are in use: 1" in log


def test_a_module_is_replaced_and_keeps_its_devices(log_of: Log) -> None:
    log = log_of(f"echo 'replace counter' > {CONTROL}; cat /sys/module/list")
    back = log.index("counter gives BOOT_ALWAYS back")
    assert log.index("counter takes BOOT_ALWAYS") < back < log.rindex("counter takes BOOT_ALWAYS")
    assert "counter: replaced" in log
    assert "counter 2.5 1 0 1" in log


def test_the_file_that_is_there_now_takes_a_modules_place(log_of: Log) -> None:
    """It is also what is loaded from then on, under a name that was not there at the start, too."""
    files = f"cd /kernel/modules/{image.version()}; cat newer > counter; cat newer > another:create"
    verbs = f"echo 'replace counter' > {CONTROL}; echo 'load another' > {CONTROL}"
    log = log_of(f"{files}; {verbs}; cat /sys/module/list")
    assert "counter: replaced" in log
    assert kept_log(log).count("counter wants BOOT_ALWAYS") == 3  # the first by "newer"
    assert "another 2.5" in log


def test_the_clock_goes_on_while_a_time_source_comes_and_goes(log_of: Log) -> None:
    turn = " && ".join(["unload hpet && load hpet && replace hpet"] * 16)
    look = "cat /dev/clock/uptime; echo"
    log = log_of(f"{look}; echo '{turn} && unload hpet' > {CONTROL}; sleep 0.1; {look}")
    before, after = (int(line) for line in log.splitlines() if line.isdecimal())
    assert after - before >= 100_000_000
    log = kept_log(log)
    assert re.findall(r"the clock counts at \d+ kHz, by the (.+)", log) == ["PM timer", "HPET"]
    assert log.count("hpet: unloaded") == 17
    assert log.count("hpet: replaced") == 16


def test_a_module_may_come_and_go_for_ever(log_of: Log) -> None:
    """All its pages come back: a turn of 48 loads takes no more than a command that does nothing."""
    turn = " && ".join(["load user && unload user && replace counter"] * 16)
    look = "cat /dev/perf/mem; echo"
    turns = [f"echo '{turn}' > {CONTROL}; {look}"] * 3
    log = log_of("; ".join([*turns, "cat /sys/module/list"]))
    used = [int(line.split()[1]) for line in log.splitlines() if line.startswith("used_pages")]
    assert len(used) == 3
    assert used[2] - used[0] < 32  # of two other processes, and less than a module for each load
    assert "counter 2.5 1 0 1" in log


def test_a_mistake_in_a_module_is_shown_with_its_lines(log_of: Log) -> None:
    log = log_of(f"echo 'load wrong' > {CONTROL}")
    assert "kernel panic: " in log
    assert 'File "wrong.py", line 12, in wrong.load\n    check(3)\n' in log
    assert 'File "wrong.py", line 16, in wrong.check\n' in log


def test_the_tutorials_module_says_hello(shell) -> None:
    result = shell('cat /dev/klog | grep "Hello, World!"')
    assert result.returncode == 0, result.stderr
    assert result.stdout.endswith("-I] Hello, World!\n")
    assert result.stdout.count("\n") == 1


@pytest.mark.parametrize("machine", ["q35", "pc"])
def test_what_the_firmware_describes_is_offered_by_its_identifiers(
    log_of: Log, machine: str
) -> None:
    printed = log_of("cat /sys/module/list", "-M", machine)
    assert "described 1.0 2 0 0" in printed
    log = kept_log(printed)
    assert re.search(
        r"described: QEMU0002 \\_SB\S+FWCF at 0x510: 0x510, 12 ports, interrupt 0\n", log
    )
    assert re.search(r"described: PNP0F13 \\_SB\S+MOU at 0x0: 0x0, 0 ports, interrupt 12\n", log)


def test_what_programs_talk_through_may_come_and_go_while_nobody_talks(log_of: Log) -> None:
    """Nothing but a refusal happens while somebody does, and the folders are there as long as the modules are."""
    turn = " && ".join(["unload netfs && replace pipe && replace shared_memory && load netfs"] * 8)
    many = f"echo '{turn}' > {CONTROL}"
    busy = f"tell {CONTROL} unload netfs; tell {CONTROL} unload pipe | cat; ls /dev/pipe"
    gone = f"echo 'unload shared_memory' > {CONTROL}; ls /dev/shmem"
    log = log_of(f"{many}; {busy}; {gone}; echo 'load netfs' > {CONTROL}; ls /net/local")
    assert log.count("pipe: replaced") >= 8
    assert "pipe: objects of it that are in use" in log
    assert "new\n" in log
    assert "/dev/shmem: there is no such file" in log
    assert "seqpacket" in log


def test_a_module_that_is_loaded_again_gets_its_devices(log_of: Log) -> None:
    commands = f"echo 'unload edu && load edu' > {CONTROL}; cat /sys/module/list"
    log = log_of(commands, "-device", "edu")
    assert "edu 1.0 1 0 0" in log
    assert kept_log(log).count("the factorial of 10 is 3628800") == 2


@pytest.mark.parametrize("processors", [2, 4])
def test_modules_come_and_go_while_several_processors_use_them(
    tmp_path: Path, processors: int
) -> None:
    """What is used stays; what is not there is a file that is not there; and nothing is left in the end."""
    program = image.build_program(COMING, tmp_path / "init", "checked")
    files = image.pack_initial_files(program, [str(SECONDS)], tmp_path / "files.img", "checked")
    boot = DirectBoot(image.build_kernel("checked"), files)
    with Machine(MachineConfig(boot=boot, processors=processors, timeout_s=TIMEOUT_S)) as machine:
        status = machine.wait()
        shown = machine.transcript.text.replace("\r", "")
    assert status == 0, shown
    assert int(re.search(r"more pages: (-?\d+)\n", shown)[1]) <= AT_HAND * processors, shown
    for left in ("netfs 1.0 1 0 3", "pipe 1.0 1 1 1", "shared_memory 1.0 1 0 1"):
        assert f"\n{left}\n" in shown, shown
    uses = re.findall(r"^([a-z]+ ?[a-z]* ?\d?): (\d+) (\d+) (.*)$", shown, re.MULTILINE)
    assert len(uses) == 18, shown
    assert all(trouble == "" for _, _, _, trouble in uses), shown
    assert all(int(used) > 0 for _, used, _, _ in uses[9:]), shown  # before, they only began
