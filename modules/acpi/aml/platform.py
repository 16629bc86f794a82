"""What AML reaches outside of itself: registers, time, and who listens."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from lang import Slice, u8, u32, u64
from modules.acpi.aml.node import Node
from modules.acpi.aml.values import Region, Slots, Value

if TYPE_CHECKING:
    from modules.acpi.aml.machine import Machine


class Platform(ABC):
    """The machine that AML belongs to, or what stands for it in a test."""

    @abstractmethod
    def reaches(self, space: u8) -> bool:
        """Whether registers of a kind can be reached; AML is told so by _REG."""

    @abstractmethod
    def read(self, region: Region, offset: u64, size: u64) -> u64:
        """Read a register.

        offset: in bytes, within the region. size: 1, 2, 4 or 8 bytes, all of them in the region.

        Raises:
            NoHandler: registers of this kind cannot be reached.
        """

    @abstractmethod
    def write(self, region: Region, offset: u64, size: u64, value: u64) -> None:
        """Write a register; as `read`."""

    @abstractmethod
    def ticks(self) -> u64:
        """Return the time, in units of 100 ns."""

    @abstractmethod
    def pause(self, microseconds: u64) -> None:
        """Let some time pass."""

    @abstractmethod
    def take_global_lock(self) -> None:
        """Take the lock that the firmware takes, too; nobody who has it calls this.

        Raises:
            TooLong: the firmware does not give it back.
        """

    @abstractmethod
    def give_global_lock(self) -> None:
        """Give it back."""

    @abstractmethod
    def notify(self, node: Node, value: u64) -> None:
        """Hear that something happened to a device."""

    @abstractmethod
    def fatal(self, kind: u8, code: u32, argument: u64) -> None:
        """Hear that the firmware sees a fatal error. The numbers are its maker's."""

    @abstractmethod
    def transfer(self, region: Region, offset: u64, attribute: u8, data: Slice[u8]) -> None:
        """Carry out one transfer of a bus.

        offset: in bytes, within the region. attribute: a Protocol, or what the kind of region has in its place.
        data: a status byte, a length byte, then what is written; afterwards, what was read.

        Raises:
            NoHandler: registers of this kind cannot be reached.
        """

    @abstractmethod
    def show(self, machine: Machine, value: Value) -> None:
        """Show what AML writes for who debugs it."""

    @abstractmethod
    def failed(self, machine: Machine) -> None:
        """Hear that a term of a table is left out, or that a device cannot be initialised; see Machine.trouble."""

    @abstractmethod
    def called(self, machine: Machine, node: Node, arguments: Slots) -> None:
        """Hear that a method is called."""
