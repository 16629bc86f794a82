"""The command line finds commands, and answers mistakes with a sentence."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tools import cli
from tools.arguments import Parser
from tools.failure import Failure


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> type:
    """A command `sew` that does what its `main` is set to."""

    class Sew:
        main = staticmethod(lambda arguments: 0)

    monkeypatch.setitem(cli.COMMANDS, "sew", "join two pieces")
    monkeypatch.setitem(sys.modules, "tools.commands.sew", Sew)  # type: ignore[arg-type]
    return Sew


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--help"]) == 0
    text = capsys.readouterr().out
    assert all(f"\n  {name} " in text for name in cli.COMMANDS)
    assert max(map(len, text.splitlines())) <= 100


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        status = cli.main([name, "--help"])
    except SystemExit as end:
        status = end.code
    assert status == 0
    assert f"usage: ./patchwork {name}" in capsys.readouterr().out


def test_a_command_gets_its_arguments_and_gives_the_status(command: type) -> None:
    command.main = staticmethod(lambda arguments: len(arguments))
    assert cli.main(["sew", "--fast", "a b"]) == 2


def test_without_a_command_there_is_the_manual(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([]) == 2
    assert "usage: ./patchwork COMMAND" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["tets"], "unknown command tets, did you mean test?; see ./patchwork --help"),
        (
            ["--versoin"],
            "unknown option --versoin, did you mean --version?; see ./patchwork --help",
        ),
        (["xyzzy"], "unknown command xyzzy; see ./patchwork --help"),
    ],
)
def test_a_wrong_command_is_answered_with_the_nearest(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(arguments) == 2
    assert capsys.readouterr() == ("", f"patchwork: {sentence}\n")


def test_a_failure_is_one_sentence(command: type, capsys: pytest.CaptureFixture[str]) -> None:
    def fail(arguments: list[str]) -> int:
        raise Failure("the thread broke; take a longer one")

    command.main = staticmethod(fail)
    assert cli.main(["sew"]) == 1
    assert capsys.readouterr().err == "patchwork: the thread broke; take a longer one\n"


def test_control_c_ends_quietly(command: type, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(arguments: list[str]) -> int:
        raise KeyboardInterrupt

    command.main = staticmethod(interrupted)
    assert cli.main(["sew"]) == 130
    assert capsys.readouterr().err == "\n"


def test_a_reader_that_goes_away_is_no_error(root: Path) -> None:
    """As in `./patchwork --help | head -1`, for a help that is longer than a pipe."""
    program = (
        "from tools import cli; cli.COMMANDS |= {str(i): 'x' * 99 for i in range(9999)};"
        "raise SystemExit(cli.main(['--help']))"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout and process.stderr
        assert process.stdout.readline().startswith(b"PatchworkOS")
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


def test_help_does_not_load_the_libraries(root: Path) -> None:
    slow = {"argparse", "difflib", "llvmlite", "rich", "pytest"}
    program = (
        "import sys; from tools import cli; cli.main(['--help']);"
        f"sys.exit(bool({slow} & set(sys.modules)))"
    )
    finished = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, check=False
    )
    assert finished.returncode == 0


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--sppeed", "3"], "unknown option --sppeed, did you mean --speed?"),
        (["--sppeed=3"], "unknown option --sppeed, did you mean --speed?"),
        (["a", "b"], "one argument too many: b"),
        (["--speed", "fast"], "argument --speed: invalid int value: 'fast'"),
    ],
)
def test_wrong_arguments_are_answered_with_a_sentence(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    parser = Parser("sew", "join two pieces")
    parser.add_argument("pattern", nargs="?")
    parser.add_argument("--speed", type=int)
    with pytest.raises(SystemExit) as end:
        parser.parse_args(arguments)
    assert end.value.code == 2
    assert capsys.readouterr().err == f"patchwork sew: {sentence}; see ./patchwork sew --help\n"
