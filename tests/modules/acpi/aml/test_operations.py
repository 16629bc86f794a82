"""Every operation of AML is carried out by a case, and says what it should."""

from __future__ import annotations

import pytest

from modules.acpi.aml.opcodes import Op
from tests.modules.acpi.aml import assembler as aml
from tests.modules.acpi.aml.operations import CASES

# ACPI 6.5, table 20.2, without names (2E, 2F, 5C, 5E) and the first half of those of two bytes (5B).
ONE_BYTE = """
00 01 06 08 0A 0B 0C 0D 0E 10 11 12 13 14 15 60 68 6E 70 71 72 73 74 75 76 77 78 79 7A 7B 7C 7D 7E 7F 80 81 82 83 84 85 86 87
88 89 8A 8B 8C 8D 8E 8F 90 91 92 93 94 95 96 97 98 99 9C 9D 9E 9F A0 A1 A2 A3 A4 A5 CC FF
"""
TWO_BYTES = """
01 02 12 13 1F 20 21 22 23 24 25 26 27 28 29 2A 30 31 32 33 80 81 82 83 84 85 86 87 88
"""


def test_the_interpreter_has_all_operations() -> None:
    one = {int(each, 16) for each in ONE_BYTE.split()}
    two = {0x5B00 | int(each, 16) for each in TWO_BYTES.split()}
    assert {each.value for each in Op} == one | two


@pytest.mark.parametrize("operation", Op, ids=lambda each: each.name)
def test_an_operation(interpreter, operation: Op) -> None:
    case = CASES[operation.name]
    interpreter.subject.begin()
    assert interpreter.subject.load(aml.table(*case.terms), True) == 0
    assert interpreter.value("\\MAIN") == case.result
    assert operation.value in list(interpreter.subject.carried_out())
