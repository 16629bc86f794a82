"""Every lock in the declared order exists, so that a name that was mistyped, or left behind, is found."""

from __future__ import annotations

import ast
from functools import cache

import pytest

from tools.image import ROOT

SOURCE = ROOT / "kernel" / "sync" / "declared_order.py"
LOCKS = ("SpinLock", "Mutex")


def declared(name: str) -> list[str]:
    for node in ast.parse(SOURCE.read_text()).body:
        if isinstance(node, ast.AnnAssign) and node.target.id == name:
            return [argument.value.decode() for argument in node.value.args]
    raise AssertionError(name)


@cache
def locks_of(module: str) -> set[str]:
    """Return the names of the locks that a module declares, with their classes."""
    found = set()
    tree = ast.parse((ROOT / f"{module.replace('.', '/')}.py").read_text())
    places = [("", tree.body)]
    places += [(f"{node.name}.", node.body) for node in tree.body if isinstance(node, ast.ClassDef)]
    for prefix, body in places:
        for node in body:
            if isinstance(node, ast.AnnAssign) and ast.unparse(node.annotation) in LOCKS:
                found.add(prefix + node.target.id)
    return found


def test_each_pair_has_two_sides() -> None:
    assert len(declared("OUTER")) == len(declared("INNER"))


@pytest.mark.parametrize("lock", sorted({*declared("OUTER"), *declared("INNER")}))
def test_the_lock_exists(lock: str) -> None:
    parts = lock.split(".")
    split = next(
        at
        for at in range(len(parts), 0, -1)
        if (ROOT / "/".join(parts[:at])).with_suffix(".py").exists()
    )
    assert ".".join(parts[split:]) in locks_of(".".join(parts[:split]))
