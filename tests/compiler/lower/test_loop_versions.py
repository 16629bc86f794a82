"""Loops that are compiled twice: what the first version leaves out, and which loops there are two of."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from compiler.driver import compile_file
from compiler.options import CompileOptions

SOURCE = """
def f(xs: list[int], rows: list[list[int]], a: str, n: int, m: int) -> list[int]:
    ys = [0]
    t = 0
    {loop}
    return [*ys, t]

def g(n: int) -> int:
    return n * n

print(f([1], [[1]], "a", 1, 1), g(2))
"""


def versions(folder: Path, loop: str, build: str = "release") -> list[str]:
    """Return the IR of each version of a loop over a range."""
    path, output = folder / "sample.py", folder / "sample.ir"
    path.write_text(SOURCE.format(loop=loop.replace("\n", "\n    ")))
    compile_file(CompileOptions(path, output=output, target="host", build=build, emit="ir"))
    function = output.read_text().partition("function @core.world.program.f(")[2]
    body = function.partition("\nfunction ")[0]
    return re.findall(r"^for[.\d]*:$.*?^endfor[.\d]*:$", body, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(
    "body",
    [
        "t ^= xs[k]",
        "t ^= xs[k + 1] ^ xs[k - 1] ^ xs[m]",
        "t ^= rows[m][k]",
        "xs[k] = k",
        "t ^= ord(a[k]) ^ ord(a[m])",
        "ys.append(xs[k])",
        "ys.append(ys[k] ^ xs[k])",
    ],
)
def test_the_first_version_looks_at_no_index_and_calls_nothing(tmp_path: Path, body: str) -> None:
    special, general = versions(tmp_path, f"for k in range(1, n):\n    {body}")
    assert "from_end" not in special
    assert "call " not in special
    assert "from_end" in general or "call " in general


def test_the_newest_element_is_not_read_again(tmp_path: Path) -> None:
    special, _ = versions(tmp_path, "for k in range(n):\n    ys.append(ys[k] ^ m)")
    assert special.count("load ") == 2  # to append: the length, and the address of the storage


def test_what_a_loop_knows_of_its_numbers_is_said(tmp_path: Path) -> None:
    special, general = versions(tmp_path, "for k in range(n):\n    t += g(k + m)")
    assert "compare ult" in special
    assert "compare ult" not in general


@pytest.mark.parametrize(
    "loop",
    [
        "for k in range(n):\n    pass",  # has nothing to gain
        "for k in range(0, n, 2):\n    t += xs[k]",
        "for k in range(n):\n    for x in xs:\n        t += x * k",
        "for k in range(n):\n    t += xs[k]\nelse:\n    t = 0",
        "for k in range(n):\n" + "    t += xs[k] * (t + k)\n" * 40,  # too large
    ],
)
def test_other_loops_are_compiled_once(tmp_path: Path, loop: str) -> None:
    assert len([each for each in versions(tmp_path, loop) if "assume" in each]) <= 1
    assert "special" not in "".join(versions(tmp_path, loop))


def test_checked_builds_have_each_loop_once(tmp_path: Path) -> None:
    assert len(versions(tmp_path, "for k in range(n):\n    t += xs[k]", "checked")) == 1


@pytest.mark.parametrize(
    "body",
    [
        "k = k + 1\n    t ^= xs[k]",  # the counter is not the index
        "xs = [1, k]\n    t ^= xs[k]",
        "t ^= xs[k]\n    print(xs)",  # may do anything
    ],
)
def test_an_index_that_may_be_out_of_range_is_looked_at(tmp_path: Path, body: str) -> None:
    for version in versions(tmp_path, f"for k in range(n):\n    {body}"):
        assert "from_end" in version


WORD = "4294967296"


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("t = (t + xs[k]) & 4294967295", 1),
        ("t, m = m, (t * xs[k]) & 4294967295", 2),
        ("m = t >> 3\n    t = m ^ t | xs[k] % 4294967296", 1),
        ("t = t // 3 if xs[k] > 5 else (t ^ n) & 255", 1),
        ("t &= xs[k]", 1),
        ("t += xs[k]", 0),
        ("t, m = m, t + xs[k]", 0),
        ("t, m = m, xs[k] & 4294967296", 0),
        ("m ^= t\n    t = m - xs[k]", 0),
        ("m ^= xs[k] & 1\n    t ^= k", 2),
        ("if xs[k] > 0:\n        m = xs[k] & 7\n    t ^= m", 0),  # m may be from before the loop
        ("for t, m in [(xs[k], 1)]:\n        pass", 0),
    ],
)
def test_numbers_that_stay_words_are_said_to_be_such(tmp_path: Path, body: str, count: int) -> None:
    special, *_ = versions(tmp_path, f"for k in range(n):\n    {body}")
    assert len(re.findall(rf"compare ult %\S+ {WORD}", special)) == count
