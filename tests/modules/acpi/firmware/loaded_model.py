"""In place of the tables that the machine has: those of the test's interpreter."""

from __future__ import annotations

from abc import ABC, abstractmethod

from core.object import TypeInfo
from lang import Ptr, handled_class, no_raise, sleeps
from modules.acpi.aml.interpreter import Interpreter


class Work(ABC):
    reason: Ptr[TypeInfo] | None

    def __init__(self) -> None:
        self.reason = None

    @abstractmethod
    @sleeps
    def run(self, interpreter: Interpreter) -> None:
        """Do it."""


interpreter: Interpreter | None = None  # set by the test


@no_raise
@sleeps
def carry_out(wanted: Work) -> None:
    known = interpreter
    assert known is not None, "begin first"
    try:
        wanted.run(known)
    except Exception:  # noqa: BLE001 - whoever asked looks at it
        wanted.reason = handled_class().cast(TypeInfo)
