"""The Python environment: `.venv`, made from the dependencies that pyproject.toml pins.

It is made in place, because the scripts in an environment hold its path, and its last step leaves
a copy of pyproject.toml in it. So an environment with that copy is whole, and one without it was
interrupted and is made again. A lock lets one process make it while others wait.

Making one replaces the old one, which stands aside meanwhile and comes back if the new one fails.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from tools import host
from tools.failure import Failure
from tools.outputs import locked

COPY = "pyproject.toml"  # in the environment: what it was made from

VENV = host.Requirement(
    "Python's venv module",
    {"apt-get": f"python{sys.version_info.major}.{sys.version_info.minor}-venv"},
)

# What pip says, and what that means for the user. The first match counts: without a network,
# pip also says that it found no matching distribution.
EXPLANATIONS = [
    (
        r"No space left on device|Errno 28",
        "the disk is full; free 1.5 GB in this directory and in the temporary one",
    ),
    (
        r"NewConnectionError|ConnectTimeout|ReadTimeout|Network is unreachable|Connection refused",
        "the Python package index cannot be reached; check the network or the proxy",
    ),
    (
        r"No matching distribution found for (?P<what>\S+)",
        "there is no {what} for this Python and processor; try another python3, 3.11 or newer",
    ),
]


def ensure(root: str, environment: str) -> bool:
    """Make the environment unless it is current; on failure print a sentence and return False."""
    try:
        _ensure(Path(root), Path(environment))
    except Failure as failure:
        print(f"patchwork: {failure}", file=sys.stderr)
    except KeyboardInterrupt:
        print("\npatchwork: interrupted; the next use starts over", file=sys.stderr)
    except OSError as error:
        print(
            f"patchwork: cannot make the environment: {error.strerror}: {error.filename}; "
            "the project needs a directory that you can write in",
            file=sys.stderr,
        )
    else:
        return True
    return False


def _ensure(root: Path, environment: Path) -> None:
    scratch = root / "build"
    scratch.mkdir(exist_ok=True)
    with locked(scratch / "environment.lock"):
        wanted = (root / "pyproject.toml").read_bytes()
        if _was_made_from(environment, wanted):
            (environment / COPY).write_bytes(wanted)
            return
        with _replaced(environment, aside=scratch / "environment.old"):
            _make(environment, _dependencies(wanted), log=scratch / "environment.log")
            _write_atomically(environment / COPY, wanted)


def _was_made_from(environment: Path, wanted: bytes) -> bool:
    """Whether the environment is whole and has the wanted packages, the other settings aside."""
    try:
        made_from = (environment / COPY).read_bytes()
    except FileNotFoundError:
        return False
    has_python = os.access(environment / "bin" / "python", os.X_OK)
    return has_python and _dependencies(made_from) == _dependencies(wanted)


def _dependencies(pyproject: bytes) -> list[str]:
    try:
        return tomllib.loads(pyproject.decode())["project"]["dependencies"]
    except (ValueError, KeyError) as error:
        raise Failure(f"pyproject.toml does not name the dependencies: {error}") from None


@contextmanager
def _replaced(environment: Path, aside: Path) -> Iterator[None]:
    """Hold the old environment aside while the block makes a new one; bring it back on failure."""
    if (environment / COPY).exists():
        shutil.rmtree(aside, ignore_errors=True)
        environment.rename(aside)
    try:
        shutil.rmtree(environment, ignore_errors=True)
        yield
    except BaseException:
        shutil.rmtree(environment, ignore_errors=True)
        if aside.exists():
            aside.rename(environment)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _make(environment: Path, dependencies: list[str], log: Path) -> None:
    if not _has_venv():
        host.provide(VENV)
        if not _has_venv():
            raise host.missing(VENV)

    with _Progress(log) as progress:
        progress.show("making the Python environment (once; it takes a minute and 800 MB)")
        # The interpreter's own path, so that the environment dies with it instead of
        # outliving it with the packages of another version.
        python = os.path.realpath(getattr(sys, "_base_executable", sys.executable))
        progress.run([python, "-m", "venv", str(environment)])
        if dependencies:
            pip = [str(environment / "bin" / "python"), "-m", "pip", "--no-input"]
            quiet = ["--disable-pip-version-check", "--progress-bar", "off", "--retries", "2"]
            progress.run([*pip, "install", *quiet, *dependencies])


def _has_venv() -> bool:
    """Debian splits `ensurepip`, without which `venv` does not work, off the standard library.

    Asked of a child, since this process remembers what it did not find.
    """
    question = [sys.executable, "-c", "import venv, ensurepip"]
    return subprocess.run(question, capture_output=True, check=False).returncode == 0


def _write_atomically(path: Path, data: bytes) -> None:
    partial = path.with_suffix(".partial")
    partial.write_bytes(data)
    partial.rename(path)


def explain(output: str) -> str | None:
    """The sentence for what pip or venv printed; None if it is not a known failure."""
    for pattern, sentence in EXPLANATIONS:
        if found := re.search(pattern, output):
            return sentence.format(**found.groupdict())
    return None


class _Progress:
    """One line on the terminal that says what is being done; in a log, a line for each."""

    def __init__(self, log: Path) -> None:
        self.log = log
        self.log_file = log.open("w")
        self.is_terminal = sys.stderr.isatty()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.log_file.close()
        if self.is_terminal:
            print(end="\r\033[K", file=sys.stderr, flush=True)

    def show(self, text: str) -> None:
        """Say it for good."""
        print(f"patchwork: {text}", file=sys.stderr, flush=True)

    def update(self, text: str) -> None:
        """Show it until there is something newer."""
        if self.is_terminal:
            columns = shutil.get_terminal_size().columns
            print(end=f"\r\033[K{text}"[: columns + 3], file=sys.stderr, flush=True)

    def run(self, command: list[str]) -> None:
        """Run a command of pip or venv to its end, following what it prints.

        Raises:
            Failure: it failed; says why where that is known.
        """
        output = []
        with subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as child:
            try:
                for line in child.stdout or ():
                    output.append(line)
                    self.log_file.write(line)
                    self.update(line.strip())
            except BaseException:
                child.kill()
                raise
        if child.returncode != 0:
            cause = explain("".join(output)) or f"{self.log} has the details"
            raise Failure(f"cannot make the Python environment: {cause}")
