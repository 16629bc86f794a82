"""Count: who retains and releases what, and where nobody needs to."""

from __future__ import annotations

from textwrap import dedent

from llvmlite import binding as llvm

from compiler import ir, tree
from compiler.backend.target import TARGETS
from compiler.count import count_unit
from compiler.count.quiet import solve, summarise
from compiler.effects.solve import Facts
from compiler.emit import emit_unit
from compiler.ir import I1, I64, PTR, REF, VOID, WEAK, Cast, aggregate
from compiler.ir_text import function_text
from compiler.raising import raise_unit
from compiler.types import STR, U8, SliceType
from tests.compiler.build_ir import DISPLAY_PATHS, NONE_REF, Building, number, symbol, unit
from tests.compiler.count.model import prove


def counted(f: Building, *others: Building, target: str = "program") -> str:
    """Return the body of a counted function, which the model and LLVM have accepted."""
    made = unit(f, *others)
    quiet = solve([summarise(made, tree.Unit("sample"))], is_closed=True)
    facts = Facts(frozenset(), frozenset(), quiet)
    raise_unit(made, facts, TARGETS[target], "release")
    count_unit(made, facts)
    for function in made.functions:
        prove(function, quiet.__contains__)
    text = emit_unit(made, TARGETS[target], "release", DISPLAY_PATHS)
    llvm.parse_assembly(text, llvm.create_context()).verify()
    lines = function_text(f.function).splitlines()
    return "\n".join(line for line in lines if not line.startswith(("function", "  local")))


def is_text(text: str, expected: str) -> bool:
    assert dedent(text).strip() == dedent(expected).strip()
    return True


def test_a_parameter_is_borrowed() -> None:
    f = Building("sample.f", [("x", REF)])
    f.call("sample.g", [f["x"]])
    f.ret()
    assert "retain" not in counted(f)


def test_a_local_that_holds_a_parameter_borrows_too() -> None:
    f = Building("sample.f", [("x", REF)])
    x = f.local("x", REF, source_type=STR)
    f.set(x, f["x"])
    f.call("sample.g", [f.get(x)])
    f.ret()
    assert "retain" not in counted(f)


def test_returning_what_is_borrowed_retains() -> None:
    f = Building("sample.f", [("x", REF)], REF)
    f.ret(f["x"])
    assert is_text(counted(f), "entry:\n    retain %x\n    return %x")


def test_a_temporary_ends_right_behind_its_last_use() -> None:
    f = Building("sample.f", [], I64)
    made = f.call("sample.make", [], REF)
    size = f.call("sample.size", [made], I64)
    f.call("sample.log", [size])
    f.ret(size)
    assert is_text(
        counted(f),
        """
        entry:
            %0 = call @sample.make(): ref
            %1 = call @sample.size(%0): i64
            release %0
            call @sample.log(%1)
            return %1
        """,
    )


def test_a_result_that_nobody_uses_ends_at_once() -> None:
    f = Building("sample.f")
    f.call("sample.make", [], REF)
    f.ret()
    assert "%0 = call @sample.make(): ref\n    release %0" in counted(f)


def test_a_temporary_moves_into_a_local_which_ends_with_the_function() -> None:
    f = Building("sample.f", [], I64)
    x = f.local("x", REF, source_type=STR)
    f.set(x, f.call("sample.make", [], REF))
    f.call("sample.use", [f.get(x)])
    f.ret(f.call("sample.last", [], I64))
    assert is_text(
        counted(f),
        """
        entry:
            %0 = call @sample.make(): ref
            setlocal x %0
            %1 = getlocal x: ref
            call @sample.use(%1)
            %2 = call @sample.last(): i64
            %3 = getlocal x: ref
            release %3
            return %2
        """,
    )


def test_locals_end_in_their_order() -> None:
    f = Building("sample.f")
    b, a = f.local("b", REF, source_type=STR), f.local("a", REF, source_type=STR)
    f.set(a, f.call("sample.make", [], REF))
    f.set(b, f.call("sample.make", [], REF))
    f.ret()
    text = counted(f)
    assert text.index("getlocal b") < text.index("getlocal a")


def test_a_local_set_again_lets_go_of_the_old_behind_the_store() -> None:
    f = Building("sample.f")
    x = f.local("x", REF, source_type=STR)
    f.set(x, f.call("sample.make", [], REF))
    f.set(x, f.call("sample.make", [], REF))
    f.ret()
    assert is_text(
        counted(f),
        """
        entry:
            %0 = call @sample.make(): ref
            setlocal x %0
            %1 = call @sample.make(): ref
            %2 = getlocal x: ref
            setlocal x %1
            release %2
            %3 = getlocal x: ref
            release %3
            return
        """,
    )


def test_returning_a_local_moves_its_reference() -> None:
    f = Building("sample.f", [], REF)
    x = f.local("x", REF, source_type=STR)
    f.set(x, f.call("sample.make", [], REF))
    f.call("sample.use", [f.get(x)])
    f.ret(f.get(x))
    text = counted(f)
    assert "retain" not in text
    assert "release" not in text


def test_what_is_loaded_for_a_call_is_held_during_the_call() -> None:
    f = Building("sample.f", [("self", REF)])
    f.call("sample.use", [f.load(f.offset(f["self"], 16), REF)])
    f.ret()
    assert is_text(
        counted(f),
        """
        entry:
            %0 = offset %self 16: ptr
            %1 = load %0: ref
            retain %1
            call @sample.use(%1)
            release %1
            return
        """,
    )


def test_what_is_only_looked_at_is_not_counted() -> None:
    f = Building("sample.f", [("self", REF)], I64)
    item = f.load(f.offset(f["self"], 16), REF)
    f.ret(f.load(f.offset(item, 24), I64))
    text = counted(f)
    assert "retain" not in text


def walking(noise: bool) -> Building:
    """while node is not None: [g();] node = node.next"""
    f = Building("sample.walk", [("first", REF)])
    node = f.local("node", REF, source_type=STR)
    head, body, done = ir.Block("head"), ir.Block("body"), ir.Block("done")
    f.set(node, f["first"])
    f.branch(head)
    f.at(head)
    f.branch_if(f.compare("eq", f.get(node), NONE_REF), done, body)
    f.at(body)
    if noise:
        f.call("sample.g")
    f.set(node, f.load(f.offset(f.get(node), 16), REF))
    f.branch(head)
    f.at(done)
    f.ret()
    return f


def test_a_loop_that_walks_a_list_counts_nothing() -> None:
    text = counted(walking(noise=False))
    assert "retain" not in text
    assert "release" not in text


def test_a_loop_that_walks_a_list_and_calls_holds_each_node() -> None:
    assert is_text(
        counted(walking(noise=True)),
        """
        entry:
            retain %first
            setlocal node %first
            branch head
        head:
            %0 = getlocal node: ref
            %1 = compare eq %0 0: i1
            branchif %1 done body
        body:
            call @sample.g()
            %2 = getlocal node: ref
            %3 = offset %2 16: ptr
            %4 = load %3: ref
            retain %4
            %5 = getlocal node: ref
            setlocal node %4
            release %5
            branch head
        done:
            %6 = getlocal node: ref
            release %6
            return
        """,
    )


def test_a_call_of_a_quiet_function_is_no_noise() -> None:
    quiet = Building("sample.g", [("x", REF)], I64)
    quiet.ret(quiet.load(quiet.offset(quiet["x"], 16), I64))
    f = Building("sample.f", [("self", REF)], I64)
    f.ret(f.call("sample.g", [f.load(f.offset(f["self"], 16), REF)], I64))
    assert "retain" not in counted(f, quiet)


def test_a_field_that_is_replaced_lets_go_of_the_old_value() -> None:
    f = Building("sample.f", [("self", REF), ("x", REF)])
    f.store(f.offset(f["self"], 16), f["x"])
    f.ret()
    assert is_text(
        counted(f),
        """
        entry:
            %0 = offset %self 16: ptr
            retain %x
            %1 = load %0: ref
            store %0 %x
            release %1
            return
        """,
    )


def test_a_field_that_held_nothing_has_nothing_to_let_go() -> None:
    f = Building("sample.f", [("self", REF)])
    f.store(f.offset(f["self"], 16), f.call("sample.make", [], REF), initialises=True)
    f.ret()
    text = counted(f)
    assert "retain" not in text
    assert "release" not in text


def test_the_old_value_of_a_local_stays_while_it_is_in_use() -> None:
    f = Building("sample.f", [], VOID)
    x = f.local("x", REF, source_type=STR)
    f.set(x, f.call("sample.make", [], REF))
    old = f.get(x)
    f.set(x, f.call("sample.make", [], REF))
    f.call("sample.use", [old])
    f.ret()
    assert "%1 = getlocal x: ref\n    retain %1" in counted(f)


def test_del_releases_there_and_then_and_only_once() -> None:
    f = Building("sample.f", [("again", I1)])
    x = f.local("x", REF, source_type=STR)
    gone, done = ir.Block("gone"), ir.Block("done")
    f.set(x, f.call("sample.make", [], REF))
    f.branch_if(f["again"], gone, done)
    f.at(gone)
    f.add(ir.ClearLocal(x))
    f.call("sample.g")
    f.branch(done)
    f.at(done)
    f.ret()
    text = counted(f)
    assert text.count("setlocal x 0") == 3  # at the start, by `del`, at the end
    assert text.count("release") == 2


def test_a_local_that_is_set_on_every_way_needs_no_zero() -> None:
    f = Building("sample.f", [("x", REF)])
    x = f.local("x", REF, source_type=STR)
    f.set(x, f.call("sample.make", [], REF))
    f.ret()
    assert "setlocal x 0" not in counted(f)


def test_what_a_failing_call_leaves_behind_is_released() -> None:
    f = Building("sample.f", may_raise=True)
    x = f.local("x", REF, source_type=STR)
    f.set(x, f.call("sample.make", [], REF))
    first = f.call("sample.make", [], REF)
    second = f.call("sample.make", [], REF)
    f.call("sample.fail", [], may_raise=True)
    f.call("sample.use", [first, second])
    f.ret()
    error = counted(f).split("error:")[1]
    assert is_text(
        error,
        """
            release %2
            release %1
            %5 = callerror %3: ptr
            %6 = callerrorobject %3: ref
            setlocal raise.class %5
            setlocal raise.object %6
            branch raise
        raise:
            %7 = getlocal raise.class: ptr
            %8 = getlocal raise.object: ref
            %9 = getlocal x: ref
            release %9
            returnerror %7 %8
        """,
    )


def test_a_handler_that_ignores_the_exception_lets_go_of_its_object() -> None:
    f = Building("sample.f")
    handler, done = ir.Block("handler"), ir.Block("done")
    f.block.on_error = handler
    f.call("sample.fail", may_raise=True)
    f.branch(done)
    f.at(handler)
    f.call("sample.log", [f.add(ir.Caught(type=PTR))])
    f.branch(done)
    f.at(done)
    f.ret()
    error = counted(f).split("error:")[1]
    assert "%3 = callerrorobject %0: ref" in error
    assert "release" in error


def test_an_exception_that_is_raised_again_moves_through() -> None:
    f = Building("sample.f", may_raise=True)
    handler = ir.Block("handler")
    f.block.on_error = handler
    f.call("sample.fail", may_raise=True)
    f.ret()
    f.at(handler)
    caught, object = f.add(ir.Caught(type=PTR)), f.add(ir.CaughtObject(type=REF))
    f.call("sample.log")
    f.raise_(caught, object)
    text = counted(f)
    assert "retain" not in text
    assert "release" not in text


def test_a_tuple_is_taken_apart_without_counting() -> None:
    f = Building("sample.f")
    a, b = f.local("a", REF, source_type=STR), f.local("b", REF, source_type=STR)
    both = f.call("sample.pair", [], aggregate(REF, I64, REF))
    f.set(a, f.extract(both, 0))
    f.set(b, f.extract(both, 2))
    f.ret()
    text = counted(f)
    assert "retain" not in text
    assert text.count("release") == 2


def test_an_item_of_a_tuple_that_nobody_takes_is_released() -> None:
    f = Building("sample.f", [], REF)
    both = f.call("sample.pair", [], aggregate(REF, REF))
    f.ret(f.extract(both, 1))
    assert is_text(
        counted(f),
        """
        entry:
            %0 = call @sample.pair(): {ref, ref}
            %1 = extract %0 0: ref
            release %1
            %2 = extract %0 1: ref
            return %2
        """,
    )


def test_a_tuple_of_arguments_is_not_counted() -> None:
    f = Building("sample.f", [("x", REF)])
    f.call("sample.use", [f.make(f["x"], number(1))])
    f.ret()
    assert "retain" not in counted(f)


def test_a_tuple_that_is_kept_owns_its_items() -> None:
    f = Building("sample.f", [("x", REF)], aggregate(REF, REF))
    f.ret(f.make(f["x"], f.call("sample.make", [], REF)))
    text = counted(f)
    assert text.count("retain") == 1
    assert "release" not in text


def test_a_conversion_may_take_a_reference() -> None:
    f = Building("sample.f", [("p", PTR), ("w", WEAK)], REF)
    f.call("sample.use", [f.convert(Cast.RETAIN, f["p"], REF)])
    f.call("sample.use", [f.convert(Cast.ASSUME, f["p"], REF)])
    f.ret(f.convert(Cast.UPGRADE, f["w"], REF))
    assert is_text(
        counted(f),
        """
        entry:
            %0 = convert retain %p: ref
            retain %0
            call @sample.use(%0)
            release %0
            %1 = convert assume %p: ref
            call @sample.use(%1)
            %2 = convert upgrade %w: ref
            return %2
        """,
    )


def test_a_view_of_a_temporary_keeps_it_alive() -> None:
    f = Building("sample.f", [], I64)
    text = f.call("sample.make", [], REF)
    view = f.make(f.load(f.offset(text, 16), PTR), f.load(f.offset(text, 24), I64))
    f.ret(f.call("sample.measure", [view], I64))
    made = counted(f)
    assert made.index("sample.measure") < made.index("release")


def test_a_view_in_a_local_keeps_its_object_while_it_is_in_use() -> None:
    f = Building("sample.f")
    view = f.local("view", aggregate(PTR, I64), source_type=SliceType(U8))
    text = f.call("sample.make", [], REF)
    f.set(view, f.make(f.load(f.offset(text, 16), PTR), number(3)))
    f.call("sample.g")
    f.call("sample.measure", [f.get(view)])
    f.call("sample.g")
    f.ret()
    made = counted(f)
    assert made.index("sample.measure") < made.index("release") < made.rindex("sample.g")


def test_a_view_from_an_earlier_round_keeps_its_object_to_the_end() -> None:
    f = Building("sample.f", [("more", I1)])
    view = f.local("view", aggregate(PTR, I64), source_type=SliceType(U8))
    head, again, done = ir.Block("head"), ir.Block("again"), ir.Block("done")
    f.set(view, f.make(symbol("sample.start"), number(0)))
    f.branch(head)
    f.at(head)
    f.call("sample.measure", [f.get(view)])
    f.branch_if(f["more"], again, done)
    f.at(again)
    text = f.call("sample.make", [], REF)
    f.set(view, f.make(f.load(f.offset(text, 16), PTR), number(3)))
    f.branch(head)
    f.at(done)
    f.ret()
    made = counted(f)
    assert "setlocal kept.0" in made


def test_storage_is_zeroed_and_dropped_on_every_way_out() -> None:
    f = Building("sample.f", may_raise=True)
    room = f.storage("room", 16, 8, drop="sample.Pair:drop", source_type=STR)
    f.call("sample.build", [f.address(room)], may_raise=True)
    f.ret()
    assert is_text(
        counted(f, target="kernel"),
        """
        entry:
            %0 = localaddress room: ptr
            memoryfill %0 0 16 8
            %1 = localaddress room: ptr
            %2 = call @sample.build(%1): void raises
            branchonerror %2 entry.1 error
        entry.1:
            %3 = localaddress room: ptr
            call @sample.Pair:drop(%3)
            return
        error:
            %4 = callerror %2: ptr
            setlocal raise.class %4
            branch raise
        raise:
            %5 = getlocal raise.class: ptr
            %6 = localaddress room: ptr
            call @sample.Pair:drop(%6)
            returnerror %5 0
        """,
    )


def test_a_hidden_local_ends_at_its_last_use() -> None:
    f = Building("sample.f", [("which", I1)])
    chosen = f.local("chosen", REF)
    one, other, done = ir.Block("one"), ir.Block("other"), ir.Block("done")
    f.branch_if(f["which"], one, other)
    f.at(one)
    f.set(chosen, f.call("sample.make", [], REF))
    f.branch(done)
    f.at(other)
    f.set(chosen, f.call("sample.make", [], REF))
    f.branch(done)
    f.at(done)
    f.call("sample.use", [f.get(chosen)])
    f.call("sample.g")
    f.ret()
    made = counted(f)
    assert made.index("release") < made.index("sample.g")
    assert "setlocal chosen 0" not in made


def test_code_that_may_not_free_is_marked() -> None:
    f = Building("sample.f")
    f.call("sample.make", [], REF)
    f.ret()
    made = unit(f)
    count_unit(made, Facts(frozenset(), frozenset({"sample.f"})))
    assert made.functions[0].defers_release


def test_storage_in_code_that_may_not_free_is_dropped_later() -> None:
    drop = Building("sample.Pair:drop", [("place", PTR)], linkage=ir.Linkage.SHARED)
    drop.store(drop["place"], NONE_REF)
    drop.ret()
    f = Building("sample.f")
    room = f.storage("room", 8, drop="sample.Pair:drop")
    f.call("sample.build", [f.address(room)])
    f.ret()
    made = unit(f, drop)
    count_unit(made, Facts(frozenset(), frozenset({"sample.f"})))
    assert "call @sample.Pair:drop:later(" in function_text(f.function)
    later = made.functions[-1]
    assert (later.symbol, later.defers_release) == ("sample.Pair:drop:later", True)
    text = emit_unit(made, TARGETS["kernel"], "release", DISPLAY_PATHS)
    llvm.parse_assembly(text, llvm.create_context()).verify()
    assert "@.release_later" in text.split('@"sample.Pair:drop:later"')[-1]
