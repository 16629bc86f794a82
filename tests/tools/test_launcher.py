"""`./patchwork` makes its environment on first use, once, whole or not at all."""

from __future__ import annotations

import ast
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

PYTHON = os.path.realpath(sys.executable)

Project = Callable[..., Path]


@pytest.fixture
def project(tmp_path: Path, root: Path) -> Project:
    """Makes a copy of the project with dependencies of one's own."""

    def make(*dependencies: str) -> Path:
        copy = tmp_path / "the project"
        shutil.copytree(
            root / "tools", copy / "tools", ignore=shutil.ignore_patterns("__pycache__")
        )
        shutil.copy(root / "patchwork", copy)
        depend_on(copy, *dependencies)
        return copy

    return make


def depend_on(project: Path, *dependencies: str) -> None:
    table = {"version": "1.2.3", "dependencies": list(dependencies)}
    lines = ["[project]", *(f"{key} = {value!r}" for key, value in table.items())]
    (project / "pyproject.toml").write_text("\n".join(lines) + "\n")


def wheel(folder: Path, name: str) -> str:
    """Write a package that installs without a network and return the dependency on it."""
    path = folder / f"{name}-1.0-py3-none-any.whl"
    about = f"{name}-1.0.dist-info"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{name}.py", "")
        archive.writestr(
            f"{about}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n"
        )
        archive.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        archive.writestr(f"{about}/RECORD", "")
    return f"{name} @ {path.as_uri()}"


def start(project: Path, *arguments: str, **variables: str) -> subprocess.Popen[str]:
    environment = {k: v for k, v in os.environ.items() if k != "PATCHWORK_ENV"} | variables
    return subprocess.Popen(
        [PYTHON, str(project / "patchwork"), *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def patchwork(project: Path, *arguments: str, **variables: str) -> tuple[int, str, str]:
    process = start(project, *arguments, **variables)
    output, errors = process.communicate(timeout=100)
    return process.returncode, output, errors


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_the_first_use_makes_the_environment_and_later_ones_find_it(project: Project) -> None:
    copy = project()

    status, output, errors = patchwork(copy, "--version")
    assert (status, output) == (0, "PatchworkOS 1.2.3\n")
    assert "making the Python environment" in errors

    assert patchwork(copy, "--version") == (0, "PatchworkOS 1.2.3\n", "")


def test_it_is_made_again_when_the_dependencies_change_and_only_then(
    project: Project, tmp_path: Path
) -> None:
    copy = project()
    patchwork(copy, "--version")
    first_one = copy / ".venv" / "first one"
    first_one.touch()

    settings = (copy / "pyproject.toml").read_text() + "\n[tool.ruff]\nline-length = 90\n"
    (copy / "pyproject.toml").write_text(settings)
    assert patchwork(copy, "--version")[2] == ""
    assert first_one.exists()

    depend_on(copy, wheel(tmp_path, "quilt"))
    assert "making the Python environment" in patchwork(copy, "--version")[2]
    assert not first_one.exists()
    assert list(copy.glob(".venv/lib/*/site-packages/quilt.py"))


def test_a_failed_install_leaves_what_was_there_before(project: Project) -> None:
    copy = project("needle-in-no-haystack==1.0")
    status, output, errors = patchwork(copy, "--version", PIP_NO_INDEX="1")
    assert (status, output) == (1, "")
    assert "there is no needle-in-no-haystack==1.0 for this Python" in errors
    assert "Traceback" not in errors
    assert not (copy / ".venv").exists()

    depend_on(copy)
    assert patchwork(copy, "--version")[0] == 0
    (copy / ".venv" / "first one").touch()
    depend_on(copy, "needle-in-no-haystack==1.0")
    assert patchwork(copy, "--version", PIP_NO_INDEX="1")[0] == 1
    assert (copy / ".venv" / "first one").exists()


def test_without_a_network_it_says_so(project: Project) -> None:
    copy = project("needle-in-no-haystack==1.0")
    nowhere = {"PIP_CONFIG_FILE": os.devnull, "PIP_INDEX_URL": "http://127.0.0.1:9/"}
    status, _, errors = patchwork(copy, "--version", **nowhere)
    assert status == 1
    assert "the Python package index cannot be reached; check the network" in errors


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_after_an_interruption_it_starts_over(project: Project, how: signal.Signals) -> None:
    copy = project()
    process = start(copy, "--version")
    wait_for((copy / ".venv" / "bin").exists)
    os.killpg(process.pid, how)
    _, errors = process.communicate(timeout=60)
    assert process.returncode != 0
    assert "Traceback" not in errors
    assert not (copy / ".venv" / "pyproject.toml").exists()

    assert patchwork(copy, "--version")[:2] == (0, "PatchworkOS 1.2.3\n")


def test_two_first_uses_at_once_make_it_once(project: Project) -> None:
    copy = project()
    both = [start(copy, "--version"), start(copy, "--version")]
    ends = [process.communicate(timeout=100) for process in both]
    assert [output for output, _ in ends] == ["PatchworkOS 1.2.3\n"] * 2
    assert "".join(errors for _, errors in ends).count("making the Python environment") == 1


def test_a_given_environment_is_used_as_it_is(project: Project, tmp_path: Path) -> None:
    copy = project()
    status, output, errors = patchwork(copy, "--version", PATCHWORK_ENV=sys.prefix)
    assert (status, output, errors) == (0, "PatchworkOS 1.2.3\n", "")
    assert not (copy / ".venv").exists()

    status, _, errors = patchwork(copy, "--version", PATCHWORK_ENV=str(tmp_path / "none"))
    assert status == 1
    assert "No such file or directory; check PATCHWORK_ENV" in errors


def test_a_project_that_cannot_be_written_in_is_a_sentence(project: Project) -> None:
    copy = project()
    (copy / "build").write_text("a file where the directory should be")
    status, _, errors = patchwork(copy, "--version")
    assert status == 1
    assert errors.startswith("patchwork: cannot make the environment: File exists")
    assert errors.count("\n") == 1


def test_the_launcher_is_old_python(root: Path) -> None:
    ast.parse((root / "patchwork").read_text(), feature_version=(3, 6))


def run_as_python_3_6(project: Path, path: Path) -> tuple[int, str, str]:
    """Run the launcher in a Python that says it is 3.6, which finds programs only in `path`."""
    pretend = (
        "import runpy, sys; sys.version_info = (3, 6, 9); sys.argv = ['patchwork', 'a', 'b c'];"
        f"runpy.run_path({str(project / 'patchwork')!r}, run_name='__main__')"
    )
    process = subprocess.run(
        [PYTHON, "-c", pretend],
        env={"PATH": str(path)},
        capture_output=True,
        text=True,
        check=False,
    )
    return process.returncode, process.stdout, process.stderr


def test_an_old_python_says_that_it_is_too_old(project: Project, tmp_path: Path) -> None:
    status, _, errors = run_as_python_3_6(project(), tmp_path)
    assert status == 1
    assert errors == (
        "patchwork: needs Python 3.11 or newer, and this is 3.6; "
        "install a newer python3 and run the command again\n"
    )


def test_an_old_python_hands_over_to_a_newer_one(project: Project, tmp_path: Path) -> None:
    too_old, newer = tmp_path / "python3.14", tmp_path / "python3.12"
    too_old.write_text("#!/bin/sh\nexit 1\n")
    newer.write_text('#!/bin/sh\n[ "$1" = -c ] || echo "$@"\n')
    for python in (too_old, newer):
        python.chmod(0o755)

    copy = project()
    assert run_as_python_3_6(copy, tmp_path) == (0, f"{copy / 'patchwork'} a b c\n", "")
