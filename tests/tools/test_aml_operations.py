"""The table of AML's operations is current, and none is without a place or a test."""

from __future__ import annotations

import pytest

from modules.acpi.aml.opcodes import Op
from tools import aml_operations


def test_the_table_is_up_to_date() -> None:
    assert aml_operations.main(["--check"]) == 0, "run python -m tools.aml_operations"


@pytest.mark.parametrize("operation", Op, ids=lambda each: each.name)
def test_an_operation_is_carried_out_somewhere(operation: Op) -> None:
    assert aml_operations.places()[operation.name]


def test_every_operation_is_tested() -> None:
    assert aml_operations.cases() == {each.name for each in Op}
