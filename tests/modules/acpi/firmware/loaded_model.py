"""In place of the tables that the machine has: only what work is."""

from __future__ import annotations

from abc import ABC, abstractmethod

from lang import sleeps
from modules.acpi.aml.interpreter import Interpreter


class Work(ABC):
    def __init__(self) -> None:
        pass

    @abstractmethod
    @sleeps
    def run(self, interpreter: Interpreter) -> None:
        """Do it."""
