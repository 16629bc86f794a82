"""A pytest plugin: collects the functions in `machine_*.py` under tests/ and runs them in the kernel.

Nothing is compiled before the first of them runs. All tests of a session and build are in one kernel,
and tests for the same machine that follow each other share one boot.
"""

from __future__ import annotations

import ast
import re
import shutil
from collections.abc import Generator, Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from compiler.source import CompileFailed
from tools.failure import Failure
from tools.machine import emulator
from tools.testing.kernel_image import TargetTest, build
from tools.testing.session import Ending, Outcome, TestSession, machine_of

ROOT = Path(__file__).resolve().parents[2]
NEED = re.compile(r"^\s*(Machine|Panics): (.*?)\s*$", re.MULTILINE)


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(_Machines(), "machine-tests")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    if file_path.suffix == ".py" and file_path.name.startswith("machine_"):
        return MachineFile.from_parent(parent, path=file_path)
    return None


class MachineFile(pytest.File):
    """A file of target code with tests."""

    def collect(self) -> Iterator[pytest.Item]:
        tree = ast.parse(self.path.read_text(), str(self.path))
        module = ".".join(self.path.relative_to(ROOT).with_suffix("").parts)
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                texts = (ast.get_docstring(tree), ast.get_docstring(node))
                yield MachineItem.from_parent(
                    self,
                    name=node.name,
                    test=TargetTest(module, node.name),
                    line=node.lineno,
                    text="\n".join(text or "" for text in texts),
                )


class TestFailed(Exception):
    """A machine test did not end as it should."""


class MachineItem(pytest.Item):
    """One test."""

    def __init__(self, *, test: TargetTest, line: int, text: str, **rest: object) -> None:
        super().__init__(**rest)
        self.test, self.line = test, line
        needs = NEED.findall(text)
        self.panics = [value for kind, value in needs if kind == "Panics"]
        wishes = " ".join(value for kind, value in needs if kind == "Machine")
        self.machine = dict(wish.partition("=")[::2] for wish in wishes.split())

    def runtest(self) -> None:
        outcome = self.config.pluginmanager.get_plugin("machine-tests").run(self)
        self.add_report_section("call", "machine", outcome.output)
        self.judge(outcome)

    def judge(self, outcome: Outcome) -> None:
        """Raise unless the test ended as its docstring says."""
        wanted = Ending.PANICKED if self.panics else Ending.PASSED
        if outcome.ending is not wanted:
            instead = "; it should have panicked" if self.panics else ""
            raise TestFailed(f"{outcome.sentence}{instead}")
        for text in self.panics:
            if text not in outcome.output:
                raise TestFailed(f"the report does not say {text!r}")

    def repr_failure(
        self, excinfo: pytest.ExceptionInfo[BaseException], style: object = None
    ) -> str:
        if isinstance(excinfo.value, TestFailed | Failure | CompileFailed):
            return str(excinfo.value)
        return str(super().repr_failure(excinfo))

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, self.line - 1, self.name


class _Machines:
    """The kernel with the tests of this session, and the machine that runs it at the moment."""

    def __init__(self) -> None:
        self.tests: list[TargetTest] = []
        self.kernel: Path | None = None
        self.error: Exception | None = None
        self.session: TestSession | None = None
        self.folder = ExitStack()  # what was built, while there is something

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self.tests = [item.test for item in session.items if isinstance(item, MachineItem)]

    def run(self, item: MachineItem) -> Outcome:
        """Run a test on a machine such as it wishes for."""
        config = machine_of(self._built(), item.machine)
        if self.session is None or self.session.config != config:
            self.stop()
            self.session = TestSession(config)
        return self.session.run(self.tests.index(item.test))

    def stop(self) -> None:
        if self.session is not None:
            self.session.stop()
            self.session = None

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Let no idle machine use a processor that other tests need.

        What comes next is not asked: where several processes share the tests, it may come in another one.
        """
        if not isinstance(item, MachineItem):
            self.stop()
        return (yield)

    def pytest_sessionfinish(self) -> None:
        self.stop()
        self.folder.close()

    def _built(self) -> Path:
        """Build the kernel once; what was wrong with it is wrong for every test."""
        if self.error is not None:
            raise self.error
        if self.kernel is None:
            try:
                self.kernel = self._build()
            except Exception as error:
                self.error = error
                raise
        return self.kernel

    def _build(self) -> Path:
        if shutil.which(emulator.PROGRAM) is None:
            pytest.skip(f"{emulator.PROGRAM} is not installed")
        folder = self.folder.enter_context(TemporaryDirectory(prefix="patchwork-tests-"))
        return build(self.tests, Path(folder), "checked")
