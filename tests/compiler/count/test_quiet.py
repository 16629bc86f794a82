"""Quiet: which functions release nothing."""

from __future__ import annotations

from compiler import ir, tree
from compiler.count.decisions import through_table
from compiler.count.quiet import QuietSummary, solve, summarise
from compiler.ir import I64, PTR, REF
from tests.compiler.build_ir import Building, unit


def quiet(*functions: Building) -> frozenset[str]:
    return solve([summarise(unit(*functions), tree.Unit("sample"))], is_closed=True)


def calling(name: str, callee: str) -> Building:
    f = Building(name, [("x", REF)])
    f.call(callee, [f["x"]])
    f.ret()
    return f


def leaf(name: str) -> Building:
    f = Building(name, [("x", REF)], I64)
    f.ret(f.load(f.offset(f["x"], 16), I64))
    return f


def test_what_only_calls_what_is_quiet_is_quiet() -> None:
    assert quiet(calling("a", "b"), calling("b", "c"), leaf("c")) == {"a", "b", "c"}


def test_what_calls_something_unknown_is_not() -> None:
    assert quiet(calling("a", "b"), calling("b", "elsewhere"), leaf("c")) == {"c"}


def test_functions_that_call_each_other_may_be_quiet() -> None:
    assert quiet(calling("a", "b"), calling("b", "a")) == {"a", "b"}


def test_what_gets_a_reference_of_its_own_must_release_it() -> None:
    f = Building("f")
    f.call("make", [], REF)
    f.ret()
    make = Building("make", [("x", REF)], REF)
    make.ret(make["x"])
    assert quiet(f, make) == {"make"}


def test_what_replaces_a_reference_or_synchronises_is_not_quiet() -> None:
    storing = Building("storing", [("x", REF)])
    storing.store(storing.offset(storing["x"], 16), storing["x"])
    storing.ret()
    fencing = Building("fencing")
    fencing.add(ir.Fence(ir.Order.SEQ_CST))
    fencing.ret()
    assert quiet(storing, fencing) == set()


def test_a_call_through_a_table_is_quiet_if_all_that_it_reaches_is() -> None:
    def virtual(method: str) -> Building:
        f = Building(f"calls {method}", [("code", PTR)])
        call = f.call(f["code"])
        call.method = method
        f.ret()
        return f

    functions = [virtual("Base.f"), virtual("Base.g"), leaf("Base.f"), leaf("Derived.f")]
    functions += [leaf("Base.g"), calling("Derived.g", "elsewhere")]
    summary = summarise(unit(*functions), tree.Unit("sample"))
    methods = {"Base.f": frozenset({"Base.f", "Derived.f"}), "Base.g": frozenset({"Derived.g"})}
    summaries = [summary, QuietSummary(reached=methods)]

    closed = solve(summaries, is_closed=True)
    assert {through_table("Base.f"), "calls Base.f"} <= closed
    assert not {through_table("Base.g"), "calls Base.g"} & closed
    assert "calls Base.f" not in solve(summaries, is_closed=False)
