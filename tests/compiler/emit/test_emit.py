"""Emit: instructions become the LLVM IR that the package's docstring promises."""

from __future__ import annotations

import pytest
from llvmlite import binding as llvm

from compiler import ir
from compiler.backend.optimise import compile_unit
from compiler.backend.target import TARGETS
from compiler.emit import Counting, emit_unit
from compiler.ir import F64, I1, I8, I32, I64, I128, PTR, REF, Order, aggregate
from tests.compiler.build_ir import DISPLAY_PATHS, NONE_REF, Building, number, symbol, unit

SLICE = aggregate(PTR, I64)
PAIR = aggregate(I8, I1, I64)


def emit(*functions: Building, target: str = "kernel", build: str = "release", **words) -> str:
    """Return the text of a unit, which LLVM has verified."""
    text = emit_unit(unit(*functions, **words), TARGETS[target], build, DISPLAY_PATHS)
    llvm.parse_assembly(text, llvm.create_context()).verify()
    return text


def body(*functions: Building, **words) -> str:
    """Return the first function's instructions without debug locations and profiles."""
    text = emit(*functions, **words)
    lines = text[text.index("{\n", text.index("define ")) + 2 :].split("\n}")[0].splitlines()
    cleaned = (line.split(", !dbg")[0].split(", !prof")[0].strip() for line in lines)
    return "\n".join(line for line in cleaned if line != "entry:" and not line.startswith("#dbg"))


def test_adds_two_numbers() -> None:
    f = Building("sample.add", [("a", I64), ("b", I64)], I64)
    f.ret(f.binary("add", f["a"], f["b"]))
    assert body(f) == "%0 = add i64 %a, %b\nret i64 %0"


def test_a_slice_is_two_values_and_taking_it_apart_costs_nothing() -> None:
    f = Building("sample.length", [("s", SLICE)], I64)
    again = f.make(f.extract(f["s"], 0), f.extract(f["s"], 1))
    f.ret(f.extract(again, 1))
    text = emit(f)
    assert "i64 @sample.length(ptr %s.0, i64 %s.1)" in text
    assert body(f) == "ret i64 %s.1"


def test_an_aggregate_in_memory_is_laid_out_as_in_c() -> None:
    f = Building("sample.copy", [("from", PTR), ("to", PTR)])
    f.store(f["to"], f.load(f["from"], PAIR))
    f.ret()
    assert body(f).splitlines() == [
        "%0 = load i8, ptr %from, align 8",
        "%1 = getelementptr inbounds i8, ptr %from, i64 1",
        "%2 = load i8, ptr %1, align 1",
        "%3 = icmp ne i8 %2, 0",
        "%4 = getelementptr inbounds i8, ptr %from, i64 8",
        "%5 = load i64, ptr %4, align 8",
        "store i8 %0, ptr %to, align 8",
        "%6 = getelementptr inbounds i8, ptr %to, i64 1",
        "%7 = zext i1 %3 to i8",
        "store i8 %7, ptr %6, align 1",
        "%8 = getelementptr inbounds i8, ptr %to, i64 8",
        "store i64 %5, ptr %8, align 8",
        "ret void",
    ]


def test_locals_are_slots() -> None:
    f = Building("sample.f", [("s", SLICE)], I64)
    s, room = f.local("s", SLICE), f.storage("room", 24, 16)
    f.set(s, f["s"])
    f.store(f.address(room), f.extract(f.get(s), 1))
    f.ret(f.load(f.address(room), I64))
    assert body(f).splitlines() == [
        "%s.0.1 = alloca ptr, align 8",
        "%s.1.1 = alloca i64, align 8",
        "%room = alloca [24 x i8], align 16",
        "store ptr %s.0, ptr %s.0.1, align 8",
        "store i64 %s.1, ptr %s.1.1, align 8",
        "%0 = load ptr, ptr %s.0.1, align 8",
        "%1 = load i64, ptr %s.1.1, align 8",
        "store i64 %1, ptr %room, align 8",
        "%2 = load i64, ptr %room, align 8",
        "ret i64 %2",
    ]


def test_a_failed_check_traps_out_of_line_with_its_place_and_values() -> None:
    f = Building("sample.item", [("s", SLICE), ("i", I64)], I8)
    length = f.extract(f["s"], 1)
    f.line = 12
    f.check(f.compare("ult", f["i"], length), "BOUNDS", f["i"], length)
    f.ret(f.load(f.add(ir.Index(f.extract(f["s"], 0), f["i"], 1, type=PTR)), I8))
    assert body(f).splitlines() == [
        "%0 = icmp ult i64 %i, %s.1",
        "br i1 %0, label %passed, label %failed",
        "passed:",
        "%1 = getelementptr inbounds i8, ptr %s.0, i64 %i",
        "%2 = load i8, ptr %1, align 1",
        "ret i8 %2",
        "failed:",
        "call void @__pw_trap(i32 2, ptr @.location.0, i64 %i, i64 %s.1) nomerge",
        "unreachable",
    ]
    text = emit(f)
    assert "{ptr @.string.0, ptr @.string.1, i32 12, i32 5}" in text
    assert '@.string.0 = private unnamed_addr constant [10 x i8] c"sample.py\\00"' in text


_RETURNED = [
    (ir.VOID, "{ptr, ptr}"),
    (I1, "{i64, ptr}"),
    (I32, "{i64, ptr}"),
    (PTR, "{ptr, ptr}"),
    (REF, "{ptr, ptr}"),
    (SLICE, "{ptr, i64, ptr}"),
    (I128, "{i128, ptr}"),
]
_RETURNED_BY_PROGRAMS = [
    (F64, "{ptr, double, ptr}"),
    (aggregate(F64, I8), "{ptr, double, i8, ptr}"),
]


@pytest.mark.parametrize(
    ("target", "type", "returned"),
    [(target, *row) for target in ("kernel", "uefi", "host") for row in _RETURNED]
    + [("host", *row) for row in _RETURNED_BY_PROGRAMS],
)
def test_a_function_that_may_raise_returns_its_exception_beside_its_value(
    type: ir.IRType, returned: str, target: str
) -> None:
    callee = Building("sample.callee", [("x", type)] if type is not ir.VOID else [], type, True)
    good, bad = ir.Block("good"), ir.Block("bad")
    callee.branch_if(number(1, I1), good, bad)
    callee.at(good)
    callee.ret(callee.function.parameters[0] if callee.function.parameters else None)
    callee.at(bad)
    callee.add(ir.ReturnError(symbol("sample.Error:type"), NONE_REF))

    f = Building("sample.caller", [("x", type)] if type is not ir.VOID else [], type, True)
    called = f.call("sample.callee", f.function.parameters, type, True)
    done, handler = ir.Block("done"), ir.Block("handler")
    f.add(ir.BranchOnError(called, done, handler))
    f.at(done)
    f.ret(None if type is ir.VOID else called)
    f.at(handler)
    failed = f.add(ir.CallError(called, type=PTR))
    f.add(ir.ReturnError(failed, f.add(ir.CallErrorObject(called, type=REF))))

    text = emit(f, callee, target=target)
    assert f"define dso_local {returned} @sample.callee(" in text
    assert f"call {returned} @sample.callee(" in text
    assert compile_unit(text, TARGETS[target], "obj")


def test_returning_a_constant_needs_no_instruction_but_the_return() -> None:
    f = Building("sample.f", [], I64, may_raise=True)
    f.ret(number(5))
    assert body(f) == "ret {i64, ptr} {i64 5, ptr null}"


def test_counts_are_kept_by_helpers() -> None:
    f = Building("sample.f", [("x", REF)])
    f.add(ir.Retain(f["x"]))
    f.add(ir.Release(f["x"]))
    f.ret()
    assert body(f).splitlines() == [
        "call void @.retain(ptr %x)",
        "call void @.release(ptr %x)",
        "ret void",
    ]
    assert "atomicrmw sub ptr %object, i32 1 release" in emit(f, target="kernel")
    assert "atomicrmw" not in emit(f, target="host")
    threads = emit_unit(
        unit(f), TARGETS["host"], "release", DISPLAY_PATHS, counting=Counting.ATOMIC
    )
    assert "atomicrmw add ptr %object, i32 1 monotonic" in threads
    assert "@.release(ptr %x, ptr @.location.0)" in emit(f, build="checked")


def test_counts_are_atomic_while_a_variable_says_so() -> None:
    f = Building("sample.f", [("x", REF)])
    f.add(ir.Retain(f["x"]))
    f.ret()
    text = emit_unit(
        unit(f), TARGETS["program"], "release", DISPLAY_PATHS, counting=Counting.AS_NEEDED
    )
    assert "@core.world.hosted.has_threads = external" in text
    assert "load i8, ptr @core.world.hosted.has_threads" in text
    assert "atomicrmw add ptr %object, i32 1 monotonic" in text
    assert "%changed = add i32 %count_alone, 1" in text


def test_code_that_may_not_free_queues_the_object() -> None:
    f = Building("sample.f", [("x", REF)], defers_release=True)
    f.add(ir.Release(f["x"]))
    f.ret()
    text = emit(f)
    assert "call void @.release_later(ptr %x)" in text
    assert "call void @__pw_destroy_later(ptr %object)" in text


def test_a_block_with_a_lock_held_queues_the_object() -> None:
    f = Building("sample.f", [("x", REF), ("y", REF)])
    f.add(ir.Release(f["x"]))
    f.function.blocks[0].defers_release = True
    after = ir.Block("after")
    f.branch(after)
    f.at(after)
    f.add(ir.Release(f["y"]))
    f.ret()
    text = emit(f)
    assert "call void @.release_later(ptr %x)" in text
    assert "call void @.release(ptr %y)" in text


def test_weak_references_have_a_count_of_their_own() -> None:
    f = Building("sample.f", [("x", ir.WEAK)], REF)
    f.add(ir.Retain(f["x"]))
    f.add(ir.Release(f["x"]))
    f.ret(f.convert(ir.Cast.UPGRADE, f["x"], REF))
    assert body(f).splitlines() == [
        "call void @.retain_weak(ptr %x)",
        "call void @.release_weak(ptr %x)",
        "%0 = call ptr @.upgrade(ptr %x)",
        "ret ptr %0",
    ]
    emit(f, build="checked")


def test_fields_of_an_object_are_apart_from_each_other_and_from_elements() -> None:
    f = Building("sample.append", [("list", PTR), ("slots", PTR)])
    f.store(f["list"], number(1), part=ir.field_part(24))
    f.store(f["list"], number(2), part=ir.field_part(32))
    f.store(f["slots"], number(3), part=ir.ELEMENT)
    f.ret()
    kinds = [line.split("!tbaa ")[1] for line in body(f, target="program").splitlines()[:3]]
    assert len(set(kinds)) == 3
    assert "tbaa" not in body(f, target="kernel")


def test_the_size_of_a_str_never_changes_but_in_programs_which_append_to_it() -> None:
    f = Building("sample.size", [("text", PTR)], I64)
    f.ret(f.load(f["text"], I64, invariant=True, part=ir.text_part(24)))
    assert "invariant.load" in body(f, target="kernel")
    assert "invariant.load" not in body(f, target="program")
    assert "tbaa" in body(f, target="program")


def test_atomics_carry_their_order() -> None:
    f = Building("sample.f", [("p", PTR), ("b", I1)], I64)
    f.load(f["p"], I32, order=Order.ACQUIRE)
    f.store(f["p"], number(1, I32), order=Order.RELEASE)
    f.add(ir.AtomicUpdate("swap", f["p"], f["b"], Order.ACQ_REL, type=I1))
    f.add(ir.Fence(Order.SEQ_CST))
    f.add(ir.Fence(Order.SEQ_CST, compiler_only=True))
    f.ret(f.add(ir.CompareExchange(f["p"], number(0), number(1), Order.ACQ_REL, type=I64)))
    assert body(f).splitlines() == [
        "%0 = load atomic i32, ptr %p acquire, align 4",
        "store atomic i32 1, ptr %p release, align 4",
        "%1 = zext i1 %b to i8",
        "%2 = atomicrmw xchg ptr %p, i8 %1 acq_rel, align 1",
        "%3 = icmp ne i8 %2, 0",
        "fence seq_cst",
        'fence syncscope("singlethread") seq_cst',
        "%4 = cmpxchg ptr %p, i64 0, i64 1 acq_rel acquire, align 8",
        "%5 = extractvalue {i64, i1} %4, 0",
        "ret i64 %5",
    ]


def test_per_cpu_variables_are_reached_through_gs() -> None:
    f = Building("sample.f", [], I64)
    f.add(
        ir.AtomicUpdate(
            "add", symbol("sample.count"), number(1), Order.RELAXED, per_cpu=True, type=I64
        )
    )
    start = f.convert(ir.Cast.POINTER_TO_INT, f.add(ir.PerCpuStart(type=PTR)), I64)
    base = f.convert(ir.Cast.POINTER_TO_INT, f.add(ir.PerCpuBase(type=PTR)), I64)
    f.call("sample.use", [f.binary("add", start, base)])
    f.ret(f.load(symbol("sample.count"), I64, per_cpu=True))
    counter = ir.Global("sample.count", 8, 8, per_cpu=True)
    text = emit(f, globals=[counter])
    assembly = compile_unit(text, TARGETS["kernel"], "asm").decode()
    assert "%gs:sample.count(%rip), %rax" in assembly
    assert "%gs:__percpu_start(%rip), %rdi" in assembly
    assert assembly.count("__percpu_start") == 2
    assert 'section ".percpu"' in text
    assert "addrspace" not in emit(f, globals=[counter], target="jit")


def test_assembly_gives_several_values() -> None:
    f = Building("sample.cpuid", [("leaf", I32)], I32)
    constraints = "={eax},={ebx},{eax},{ecx},~{memory}"
    pair = f.add(
        ir.Assembly("cpuid", constraints, [f["leaf"], number(0, I32)], type=aggregate(I32, I32))
    )
    f.ret(f.extract(pair, 1))
    text = emit(f)
    call = f'call {{i32, i32}} asm sideeffect "cpuid", "{constraints}"(i32 %leaf, i32 0)'
    assert call in text


def test_naked_and_interrupt_functions() -> None:
    naked = Building("sample.entry", naked=True)
    naked.add(ir.Assembly('jmp "x"\n', "", []))
    naked.add(ir.Unreachable())
    handler = Building("sample.fault", [("frame", PTR), ("code", I64)], interrupt=True)
    handler.ret()
    text = emit(naked, handler)
    assert 'asm sideeffect "jmp \\22x\\22\\0A"' in text
    assert "x86_intrcc void @sample.fault(ptr byval([40 x i8]) align 8 %frame, i64 %code)" in text
    assembly = compile_unit(text, TARGETS["kernel"], "asm").decode()
    assert "iretq" in assembly


def test_a_loop_back_to_the_first_block_is_possible() -> None:
    f = Building("sample.spin")
    f.add(ir.Intrinsic("spin_hint", []))
    f.branch(f.function.blocks[0])
    assert body(f).splitlines()[:2] == ["slots:", "br label %entry"]


def test_long_globals_are_aligned_for_vectors_unless_they_are_entries_of_a_section() -> None:
    f = Building("sample.f")
    f.ret()
    text = emit(
        f,
        globals=[
            ir.Global("sample.buffer", 64, 1),
            ir.Global("sample.page", 4096, 4096),
            ir.Global("sample.flag", 1, 1),
            ir.Global("sample.entry", 24, 8, section=".table"),
        ],
    )
    assert "[64 x i8] zeroinitializer, align 16" in text
    assert '[4096 x i8] zeroinitializer, section ".bss.large", align 4096' in text
    assert "[1 x i8] zeroinitializer, align 1" in text
    assert '[24 x i8] zeroinitializer, section ".table", align 8' in text


def test_per_cpu_variables_are_no_single_place_to_llvm() -> None:
    f = Building("sample.f")
    f.ret()
    text = emit(f, globals=[ir.Global("sample.number", 2, 2, per_cpu=True)])
    assert "@llvm.used = appending global [1 x ptr] [ptr @sample.number], section" in text


def test_entries_of_a_section_stay_in_an_image_that_names_none_of_them() -> None:
    f = Building("sample.f")
    f.ret()
    text = emit(
        f,
        globals=[
            ir.Global("sample.flag", 1, 1),
            ir.Global("sample.entry", 24, 8, section=".table"),
        ],
    )
    assert "@llvm.used = appending global [1 x ptr] [ptr @sample.entry], section" in text


def test_globals_hold_bytes_and_addresses() -> None:
    table = ir.Global("sample.T[u8]:type", 24, 8, [b"\0" * 8, ("sample.f", 0), ("sample.data", 4)])
    data = ir.Global("sample.data", 4, 4, [b'a"\n\\'], constant=True, linkage=ir.Linkage.SHARED)
    f = Building("sample.f")
    f.ret()
    text = emit(f, globals=[table, data])
    assert '@"sample.T[u8]:type" = dso_local global <{[8 x i8], ptr, ptr}>' in text
    assert "ptr getelementptr (i8, ptr @sample.data, i64 4)" in text
    assert '@sample.data = linkonce_odr dso_local constant [4 x i8] c"a\\22\\0A\\5C"' in text
    assert "$sample.data = comdat any" in text


def test_intrinsics() -> None:
    f = Building("sample.f", [("x", I32), ("p", PTR)], I32)
    turned = f.add(ir.Intrinsic("rotate_left", [f["x"], number(5, I32)], type=I32))
    zeros = f.add(ir.Intrinsic("leading_zeros", [turned], type=I64))
    f.add(ir.Intrinsic("prefetch", [f["p"]]))
    f.ret(f.add(ir.Intrinsic("byte_swap", [f.convert(ir.Cast.TRUNCATE, zeros, I32)], type=I32)))
    lines = body(f).splitlines()
    assert lines[0] == "%0 = call i32 @llvm.fshl.i32(i32 %x, i32 %x, i32 5)"
    assert lines[2] == "%2 = zext i32 %1 to i64"


def test_overflow_is_a_flag() -> None:
    f = Building("sample.f", [("a", I64), ("b", I64)], I64)
    both = f.add(ir.Overflowing(ir.Op.MUL, True, f["a"], f["b"], type=aggregate(I64, I1)))
    f.check(f.compare("eq", f.extract(both, 1), number(0, I1)), "OVERFLOW")
    f.ret(f.extract(both, 0))
    assert "call {i64, i1} @llvm.smul.with.overflow.i64(i64 %a, i64 %b)" in emit(f)


def test_the_same_unit_gives_the_same_text() -> None:
    def make() -> str:
        f = Building("sample.f", [("x", REF)])
        f.add(ir.Retain(f["x"]))
        f.ret()
        return emit(f, build="checked")

    assert make() == make()
