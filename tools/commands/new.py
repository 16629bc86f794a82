"""`./patchwork new module NAME`: makes a module that says hello when it is loaded, and its test."""

from __future__ import annotations

import keyword
import re

from tools.arguments import Parser
from tools.failure import Failure
from tools.image import ROOT

DESCRIPTION = """\
Make a module of the kernel that says "Hello, World!" when the system has started, and a test of that. It is part
of the next image; change it from there (docs/modules.md, "Make your own module")."""

EXAMPLES = """\
  ./patchwork new module hello
  ./patchwork run --exec 'cat /dev/klog | grep "Hello, World!"'"""

NAME = re.compile(r"[a-z][a-z0-9_]*")
LONGEST_NAME = 32

MODULE = '''\
"""Says hello when it is loaded."""

from __future__ import annotations

from typing import Annotated

from kernel.log import log
from kernel.module.description import Module
from lang import section


def load() -> None:
    log.info("Hello, World!")


MODULE: Annotated[Module, section(".module")] = Module(
    name="{name}",
    author="you",
    description="says hello when it is loaded",
    version="1.0",
    licence="MIT",
    devices="BOOT_ALWAYS",
    load=load,
)
'''

TEST = '''\
"""The module {name}, in the running system."""

from __future__ import annotations


def test_it_says_hello(shell) -> None:
    result = shell('cat /sys/module/list | grep "{name} " && cat /dev/klog | grep "Hello, World!"')
    assert result.returncode == 0, result.stderr
    assert "Hello, World!" in result.stdout
'''


def main(arguments: list[str]) -> int:
    parser = Parser("new", DESCRIPTION, EXAMPLES)
    parser.add_argument("kind", choices=["module"], help="what to make")
    parser.add_argument("name", metavar="NAME", help="lower-case letters, digits and _")
    options = parser.parse_args(arguments)
    new_module(options.name)
    return 0


def new_module(name: str) -> None:
    """Write the files of a module.

    Raises:
        Failure: the name is none for a module, or taken.
    """
    if not NAME.fullmatch(name) or len(name) > LONGEST_NAME or keyword.iskeyword(name):
        raise Failure(
            f"{name!r} is no name for a module; use up to {LONGEST_NAME} lower-case letters, digits and _"
        )
    source = ROOT / "modules" / f"{name}.py"
    test = ROOT / "tests" / "system" / f"test_module_{name}.py"
    taken = [path for path in (source, ROOT / "modules" / name, test) if path.exists()]
    taken += [path for path in (ROOT / "modules").rglob(f"{name}.py") if path not in taken]
    if taken:
        raise Failure(f"{taken[0].relative_to(ROOT)} exists; choose another name")
    source.write_text(MODULE.format(name=name), encoding="utf-8")
    test.write_text(TEST.format(name=name), encoding="utf-8")
    print(f"{source.relative_to(ROOT)}\n{test.relative_to(ROOT)}")
