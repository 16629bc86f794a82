"""Targets: what the code is for, as numbers and strings that LLVM and the linker understand.

A target fixes the triple, the data layout, the processor features and the code model of every
object of an image; the front end reads the data layout and the attributes from here and so need
not import LLVM. `tests/compiler/backend/test_target.py` holds the data layouts against LLVM's own.

    kernel    ELF at 0xffffffff80100000, loaded at 1 MiB; no SSE, no red zone
    module    relocatable ELF that the kernel links at run time
    program   user ELF, static position independent executable
    uefi      PE32+ application for the firmware
    host      static Linux executable without a C library, for benchmarks and differential tests
    jit       shared object that pytest loads into its own process

Source: System V ABI, AMD64 Supplement, section 3.5.1 (code models); UEFI 2.10, section 2.3.4.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

EVERYTHING = "*"  # among the roots of an image: whatever its units define for others


class Build(StrEnum):
    """How much is checked at run time, and how widely the code is optimised."""

    CHECKED = "checked"  # O2 per unit; every check stays
    RELEASE = "release"  # all units of an image optimised as one


class ObjectFormat(StrEnum):
    ELF = "elf"
    COFF = "coff"


@dataclass(frozen=True)
class Target:
    """One kind of image. Immutable; those that exist are `TARGETS`."""

    name: str
    triple: str
    data_layout: str  # goes into every LLVM module: without it structures get wrong offsets
    features: str  # LLVM's -mattr string
    code_model: str
    relocation: str  # "static" or "pic"
    vectorise: bool
    attributes: str  # on every function, definitions and declarations alike
    traps: bool  # a failed check traps (True) or raises Python's exception (False)
    world: str  # the module that supplies allocation and counting unless the user names one
    entry: str  # the symbol where an executable image starts; empty if it has none
    format: ObjectFormat = ObjectFormat.ELF
    cpu: str = "x86-64"
    optimise: bool = True  # False: straight to machine code with the fast instruction selector
    is_quick: bool = False  # that selector makes the code of checked builds; a debugger sees less
    knows_parts: bool = False  # accesses say which part of memory they reach (ir.Part)
    steps: bool = False  # before each atomic operation and spin hint, __pw_step is called

    def function_attributes(self, build: Build | str) -> str:
        """Return the attributes of every function, in the syntax of LLVM's text.

        A checked build keeps each call's frame, so that tracebacks have no holes.
        """
        if build == Build.CHECKED:
            return f'{self.attributes} "disable-tail-calls"="true"'
        return self.attributes


_ELF_LAYOUT = "e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128"
_COFF_LAYOUT = "e-m:w-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128"

_NO_SIMD = (
    "-mmx,-sse,-sse2,-sse3,-ssse3,-sse4.1,-sse4.2,-avx,-avx2,-x87,+soft-float"  # kernel state only
)

# null_pointer_is_valid: address 0 may be mapped, and null checks after a dereference must stay.
# no-builtins: a byte loop must not become a call of memcpy, least of all inside memcpy.
# frame-pointer: of leaf functions, too, or a fault in one would hide its caller from a traceback.
# probe-stack: a frame above a page touches each of its pages, so the guard page is always hit.
_COMMON = 'nounwind null_pointer_is_valid "no-builtins" "frame-pointer"="all"'
_PROBED = f'{_COMMON} "probe-stack"="inline-asm"'


def _kernel_target(name: str, code_model: str, entry: str) -> Target:
    return Target(
        name=name,
        triple="x86_64-unknown-none-elf",
        data_layout=_ELF_LAYOUT,
        features=_NO_SIMD,
        code_model=code_model,
        relocation="static",
        vectorise=False,
        attributes=f"noredzone {_PROBED}",
        traps=True,
        world="kernel.world",
        entry=entry,
    )


def _user_target(name: str, triple: str, *, relocation: str, traps: bool, world: str) -> Target:
    return Target(
        name=name,
        triple=triple,
        data_layout=_ELF_LAYOUT,
        features="",
        code_model="small",
        relocation=relocation,
        vectorise=True,
        attributes=_PROBED,
        traps=traps,
        world=world,
        entry="_start",
        knows_parts=True,
    )


_KERNEL = _kernel_target("kernel", code_model="kernel", entry="kernel_entry")
_MODULE = _kernel_target("module", code_model="kernel", entry="")
_PROGRAM = _user_target(
    "program", "x86_64-unknown-none-elf", relocation="pic", traps=False, world="core.world.hosted"
)
_HOST = _user_target(
    "host",
    "x86_64-unknown-linux-gnu",
    relocation="static",
    traps=False,
    world="core.world.hosted",
)
_RUN = replace(_HOST, name="run", is_quick=True)
_UEFI = Target(
    name="uefi",
    triple="x86_64-unknown-uefi",
    data_layout=_COFF_LAYOUT,
    features=_NO_SIMD,
    code_model="small",
    relocation="pic",
    vectorise=False,
    # The firmware supplies no __chkstk, which frames above a page would call.
    attributes=f'noredzone {_COMMON} "no-stack-arg-probe"',
    traps=True,
    world="boot.world",
    entry="efi_main",
    format=ObjectFormat.COFF,
)
_JIT = Target(
    name="jit",
    triple="x86_64-unknown-linux-gnu",
    data_layout=_ELF_LAYOUT,
    features="",
    code_model="small",
    relocation="pic",
    vectorise=False,
    attributes=_PROBED,
    traps=True,
    world="core.world.native",
    entry="",
    optimise=False,
)

TARGETS: dict[str, Target] = {
    target.name: target for target in (_KERNEL, _MODULE, _PROGRAM, _UEFI, _HOST, _RUN, _JIT)
}
