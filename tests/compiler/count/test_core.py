"""The model accepts what count makes of the project's own code."""

from __future__ import annotations

import pytest

from compiler import declare, lower
from compiler.backend.target import TARGETS
from compiler.cache import PROJECT
from compiler.check import check_unit
from compiler.count import count_unit, quiet
from compiler.effects.solve import solve
from compiler.effects.summary import summarise
from compiler.raising import raise_unit
from compiler.read import read
from compiler.verify import verify_unit
from tests.compiler.count.model import prove

ROOTS = sorted(PROJECT.glob("core/collections/[a-z]*.py")) + [PROJECT / "core/text/format.py"]


@pytest.mark.parametrize("build", ["checked", "release"])
def test_every_reference_in_core_is_balanced(build: str) -> None:
    target, errors = TARGETS["host"], []
    modules = read(ROOTS, {}, errors)
    declare.declare(modules, errors)
    trees = {name: check_unit(module, modules, "host")[0] for name, module in modules.items()}
    facts, _ = solve(summarise(tree, checks_raise=True) for tree in trees.values())
    options = lower.Options(checked=build == "checked", traps=False)
    units = {name: lower.lower_unit(tree, options) for name, tree in trees.items()}
    facts.quiet = quiet.solve(
        (quiet.summarise(unit, trees[name]) for name, unit in units.items()), is_closed=True
    )
    for unit in units.values():
        raise_unit(unit, facts, target, build)
        count_unit(unit, facts)
        assert verify_unit(unit) == []
        for function in unit.functions:
            prove(function, facts.quiet.__contains__, at_most=200)
