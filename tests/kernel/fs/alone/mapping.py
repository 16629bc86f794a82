"""In place of kernel.mem.mapping: nothing is mapped."""

from __future__ import annotations

from kernel.mem.address_space import AddressSpace, Protection
from lang import no_raise, struct, u64


@struct
class Mapping:
    start: u64
    size: u64

    def put(self, frame: u64) -> None:
        raise MemoryError

    @no_raise
    def give_up(self) -> None:
        pass


def begin(
    space: AddressSpace, place: u64, size: u64, protection: Protection, may_write: bool
) -> Mapping:
    raise MemoryError
