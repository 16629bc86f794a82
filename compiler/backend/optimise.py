"""Optimise: LLVM's text in; object file, assembly or optimised text out.

The only file of the front or back end that calls LLVM to make code, and it runs in a worker
process (`worker.py`), because an error inside LLVM ends the process that it happens in. What comes
out depends on nothing but the arguments: same text, same bytes.

A checked build compiles each unit by itself at O2; for the target `run` the code is selected quickly
then, which halves the time to compile a program, makes it a little larger, and leaves a debugger fewer variables. A release build links the units of an image as
IR, hides everything that nobody outside the image may name, and optimises the whole. The `jit`
target skips optimisation, which is ten times faster to compile.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from functools import cache

import llvmlite.binding as llvm

from compiler.backend.target import EVERYTHING, TARGETS, Build, Target


class Emit(StrEnum):
    """What to make of a unit."""

    OBJECT = "obj"
    ASSEMBLY = "asm"
    LLVM = "llvm"  # optimised LLVM IR as text


# Code generation itself calls these, after the optimiser has deleted what nobody seemed to call.
LIBRARY_CALLS = frozenset(
    {"memcpy", "memmove", "memset", "memcmp", "bcmp"}
    | {"__udivti3", "__umodti3", "__divti3", "__modti3", "__udivmodti4", "__divmodti4", "__multi3"}
)


def compile_unit(text: str, target: Target, emit: Emit | str, build: str = Build.CHECKED) -> bytes:
    """Compile one unit.

    Raises:
        RuntimeError: the text is not valid LLVM IR.
    """
    return _generate(_parse(text, target), target, emit, build)


def compile_image(
    units: Iterable[str], target: Target, roots: Iterable[str], emit: Emit | str
) -> bytes:
    """Compile all units of an image as one, keeping only what `roots` can reach; with EVERYTHING among them, all but
    functions that every unit or file has of its own.

    Symbols that inline assembly names must be in `roots` or in `@llvm.used`.

    Raises:
        RuntimeError: a unit is not valid LLVM IR, or two units define the same symbol.
    """
    context = llvm.create_context()
    image, *rest = (_parse(text, target, context) for text in units)
    for unit in rest:
        image.link_in(unit)
    _internalise(image, LIBRARY_CALLS.union(roots))
    _remove_unreachable(image, target)
    return _generate(image, target, emit, Build.RELEASE)


def _parse(text: str, target: Target, context: llvm.ContextRef | None = None) -> llvm.ModuleRef:
    _initialise()
    # A context of its own lets go of the unit's types; the global one would grow for ever.
    module = llvm.parse_assembly(text, context or llvm.create_context())
    module.triple = target.triple
    module.data_layout = target.data_layout
    module.verify()
    return module


def _internalise(module: llvm.ModuleRef, kept: frozenset[str]) -> None:
    """Make every definition outside `kept` local to the module."""
    for values in (module.functions, module.global_variables):
        for value in values:
            is_special = value.name.startswith("llvm.")  # llvm.used and its like
            is_shown = EVERYTHING in kept and not (value.is_function and _is_own(value))
            is_kept = value.name in kept or is_shown
            if not (value.is_declaration or is_special or is_kept):
                value.linkage = llvm.Linkage.internal


def _remove_unreachable(module: llvm.ModuleRef, target: Target) -> None:
    """Remove what nothing outside can reach, which is most of a library, before any time is spent on it."""
    passes = llvm.create_new_module_pass_manager()
    passes.add_global_dead_code_eliminate_pass()
    tuning = llvm.create_pipeline_tuning_options()
    passes.run(module, llvm.create_pass_builder(_machine(target.name), tuning))


def _is_own(value: llvm.ValueRef) -> bool:
    """True for a function that each unit which calls it defines alike, or whose name says that it stays in its file."""
    name = value.name.rpartition(".")[2]
    is_private = name.startswith("_") and not name.startswith("__")
    return is_private or value.linkage == llvm.Linkage.linkonce_odr


def _generate(module: llvm.ModuleRef, target: Target, emit: Emit | str, build: str) -> bytes:
    machine = _machine(target.name, target.is_quick and build == Build.CHECKED)
    if target.optimise:
        _run_passes(module, machine, target)

    match Emit(emit):
        case Emit.OBJECT:
            return machine.emit_object(module)
        case Emit.ASSEMBLY:
            return machine.emit_assembly(module).encode()
        case Emit.LLVM:
            return str(module).encode()


def _run_passes(module: llvm.ModuleRef, machine: llvm.TargetMachine, target: Target) -> None:
    tuning = llvm.create_pipeline_tuning_options(speed_level=2)
    tuning.loop_vectorization = target.vectorise
    tuning.slp_vectorization = target.vectorise
    tuning.loop_interleaving = target.vectorise
    builder = llvm.create_pass_builder(machine, tuning)
    builder.getModulePassManager().run(module, builder)


@cache
def _machine(target_name: str, is_quick: bool = False) -> llvm.TargetMachine:
    target = TARGETS[target_name]
    return llvm.Target.from_triple(target.triple).create_target_machine(
        cpu=target.cpu,
        features=target.features,
        opt=2 if target.optimise and not is_quick else 0,
        reloc=target.relocation,
        codemodel=target.code_model,
    )


@cache
def _initialise() -> None:
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    llvm.initialize_native_asmparser()  # for inline and module assembly
