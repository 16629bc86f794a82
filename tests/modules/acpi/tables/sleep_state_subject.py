"""Target code for the tests of the sleep state S5."""

from __future__ import annotations

from lang import Slice, u8
from modules.acpi.tables import sleep_state
from modules.acpi.tables.sleep_state import SleepTypes

found: SleepTypes


def sleep_types(table: Slice[u8]) -> tuple[bool, u8, u8]:
    sleep_state.find(table, found)
    return found.is_known, found.a, found.b
