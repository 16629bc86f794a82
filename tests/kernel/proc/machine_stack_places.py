"""Where stacks of programs are: in the window of the program, with a guard below and room behind."""

from __future__ import annotations

from typing import Final

from kernel.mem.address_space import AddressSpace, Protection
from kernel.mem.layout import PAGE_SIZE, VirtAddr
from kernel.proc import executable
from kernel.proc.executable import SLOT, WINDOW
from lang import u64

NEAR: Final[VirtAddr] = 0x20_1234_5000
SIZE: Final[u64] = 8 << 20
WINDOW_START: Final[u64] = NEAR & ~(WINDOW - 1)

space: AddressSpace


def can_write(address: VirtAddr) -> bool:
    return space.fault(address, Protection.WRITE)


def test_a_stack_has_its_size_and_a_guard_below_it() -> None:
    space.create()
    end = executable.reserve_stack(space, NEAR, SIZE)
    assert WINDOW_START + SIZE < end <= WINDOW_START + WINDOW
    assert can_write(end - PAGE_SIZE) and can_write(end - SIZE)
    slot = end & ~(SLOT - 1)
    lowest = slot - SIZE
    assert can_write(lowest)
    assert not can_write(lowest - PAGE_SIZE) and not can_write(lowest - SLOT)
    assert not can_write(end), "nothing is mapped behind it"
    space.destroy()


def test_what_a_program_reserves_comes_soon_behind_its_stack() -> None:
    space.create()
    end = executable.reserve_stack(space, NEAR, SIZE)
    place = space.reserve(1 << 20, Protection.READ | Protection.WRITE)
    assert end < place and place + (1 << 20) <= (end & ~(SLOT - 1)) + SLOT
    space.destroy()


def test_stacks_are_not_all_in_one_place() -> None:
    first: VirtAddr = 0
    is_elsewhere = False
    for _ in range(8):
        space.create()
        end = executable.reserve_stack(space, NEAR, SIZE)
        is_elsewhere = is_elsewhere or first != 0 and end != first
        first = end
        space.destroy()
    assert is_elsewhere


def test_a_window_without_room_is_refused() -> None:
    space.create()
    space.reserve(WINDOW, Protection(0), WINDOW_START)
    is_refused = False
    try:
        executable.reserve_stack(space, NEAR, SIZE)
    except MemoryError:
        is_refused = True
    assert is_refused
    space.destroy()
