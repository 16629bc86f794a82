"""The targets' literal strings are those of the LLVM that we use."""

from __future__ import annotations

import llvmlite.binding as llvm
import pytest

from compiler.backend.target import TARGETS, Build, Target
from compiler.options import TARGETS as OFFERED

llvm.initialize_native_target()
llvm.initialize_native_asmprinter()


@pytest.mark.parametrize("target", TARGETS.values(), ids=list(TARGETS))
def test_data_layout_is_llvms_own(target: Target) -> None:
    machine = llvm.Target.from_triple(target.triple).create_target_machine(
        cpu=target.cpu, features=target.features
    )
    assert target.data_layout == str(machine.target_data)


def test_every_target_that_the_command_line_offers_exists() -> None:
    assert set(TARGETS) == set(OFFERED)


@pytest.mark.parametrize("name", ["kernel", "module", "uefi"])
def test_privileged_code_uses_neither_vector_registers_nor_the_red_zone(name: str) -> None:
    target = TARGETS[name]
    assert "-sse2" in target.features.split(",")
    assert "noredzone" in target.attributes.split()


def test_only_a_checked_build_keeps_every_frame() -> None:
    kernel = TARGETS["kernel"]
    assert "disable-tail-calls" in kernel.function_attributes(Build.CHECKED)
    assert kernel.function_attributes(Build.RELEASE) == kernel.attributes
