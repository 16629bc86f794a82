"""The kernel's own page tables: what is forbidden faults, what was promised comes, and nothing is lost."""

from __future__ import annotations

from core.handover import MemoryKind
from kernel.mem import frames, kernel_space, memory_map
from kernel.mem.address_space import MemoryType, Protection
from kernel.mem.layout import KERNEL_IMAGE, PAGE_SIZE, PHYSICAL_MAP, bytes_at
from lang import Array, Ptr, Slice, asm, noinline, symbol_address, u8, u64, usize

READ_WRITE = Protection.READ | Protection.WRITE

variable: u64 = 5


def test_code_is_not_written() -> None:
    """
    Panics: , which its page forbids
    Panics:     Ptr[u8](symbol_address("__text_start"))[0] = 0
    """
    Ptr[u8](symbol_address("__text_start"))[0] = 0


def test_code_is_not_written_through_the_physical_map() -> None:
    """
    Panics: , which its page forbids
    Panics:     bytes_at(symbol_address("__text_start") - KERNEL_IMAGE)[0] = 0
    """
    bytes_at(symbol_address("__text_start") - KERNEL_IMAGE)[0] = 0


def test_constants_are_not_written() -> None:
    """
    Panics: , which its page forbids
    """
    Ptr[u8](symbol_address("__rodata_start"))[0] = 0


def test_data_is_not_executed() -> None:
    """
    Panics: page fault: executing at
    """
    jump_to(symbol_address("__data_start"))


def test_memory_is_not_executed() -> None:
    """
    Panics: page fault: executing at 0xffff800000200000, which its page forbids
    """
    jump_to(PHYSICAL_MAP + 0x20_0000)


@noinline
def jump_to(address: u64) -> None:
    asm("callq *$0", inputs=[("r", address)], outputs=[], clobbers=["memory"])


def test_low_memory_is_not_mapped_at_its_own_address() -> None:
    """
    Panics: page fault: reading from 0x200000, where nothing is mapped
    """
    assert Ptr[u64](0x20_0000)[0] == 0


def test_a_stack_that_is_used_up() -> None:
    """
    Panics: just below the stack: it is used up
    Panics: in tests.kernel.mem.machine_paging.deeper
    """
    deeper(0)


@noinline
def deeper(depth: u64) -> u64:
    return deeper(depth + 1) + variable


def test_a_promise_is_kept() -> None:
    before, pages = frames.statistics().free, kernel_space.space.pages
    start = kernel_space.space.reserve(100 * PAGE_SIZE, READ_WRITE)
    words = Ptr[u64](start)
    assert words[512 * 7] == 0
    words[512 * 7] = 77
    assert words[512 * 7] == 77
    assert kernel_space.space.pages == pages + 1
    kernel_space.space.unmap(start, 100 * PAGE_SIZE)
    assert frames.statistics().free == before


@noinline
def pages() -> u64:
    """Return how many pages the space holds, which a page fault changes behind the compiler's back."""
    return kernel_space.space.pages


def test_a_large_promise_is_kept() -> None:
    space = kernel_space.space
    before, held = frames.statistics().free, pages()
    size: u64 = 4 << 20
    start = space.reserve_large(size, READ_WRITE)
    words = Ptr[u64](start)
    words[1000] = 5
    assert pages() == held + 512
    assert words[1001] == 0 and words[512 * 511] == 0
    words[512 * 512] = 6
    assert pages() == held + 1024
    space.unmap(start + PAGE_SIZE, PAGE_SIZE)
    assert words[0] == 0 and words[512 * 512] == 6
    space.unmap(start, size)
    assert pages() == held
    assert frames.statistics().free == before


def test_what_was_only_promised_for_reading_is_not_written() -> None:
    """
    Panics: page fault: writing to
    Panics:     Ptr[u64](start)[0] = 1
    """
    start = kernel_space.space.reserve(PAGE_SIZE, Protection.READ)
    Ptr[u64](start)[0] = 1


def test_what_is_unmapped_is_gone() -> None:
    """
    Panics: page fault: reading from
    """
    start = kernel_space.space.reserve(PAGE_SIZE, READ_WRITE)
    Ptr[u64](start)[0] = 1
    kernel_space.space.unmap(start, PAGE_SIZE)
    assert Ptr[u64](start)[0] == 1


def test_two_views_of_memory_show_the_same() -> None:
    page = frames.allocate()
    view = kernel_space.map_device(page, PAGE_SIZE, MemoryType.WRITE_BACK)
    Ptr[u64](view)[3] = 1234
    assert bytes_at(page).cast(u64)[3] == 1234
    kernel_space.space.unmap(view, PAGE_SIZE)
    frames.free(page)


def test_nearly_all_memory_is_free() -> None:
    """
    Machine: memory=256M
    """
    left: u64 = 0
    for region in memory_map.of_machine.regions:
        if region.kind == MemoryKind.USABLE or region.kind == MemoryKind.KERNEL:
            left += region.length
    assert frames.statistics().free * PAGE_SIZE * 100 >= left * 97


def test_memory_far_up_is_written_and_read() -> None:
    """
    Machine: memory=6G
    """
    pages = Array[u64, 64]()
    for index in range(usize(64)):
        pages[index] = frames.allocate()
        Slice[u8](bytes_at(pages[index]), PAGE_SIZE).fill(u8(index))
    assert pages[0] >= 1 << 32
    for index in range(usize(64)):
        assert bytes_at(pages[index])[PAGE_SIZE - 1] == index
        frames.free(pages[index])


def test_random_mappings_lose_nothing() -> None:
    """Each of 64 places is reserved, touched and unmapped in random order."""
    space = kernel_space.space
    space.unmap(space.reserve(PAGE_SIZE, READ_WRITE), PAGE_SIZE)  # the tables on the way
    before, pages = frames.statistics().free, space.pages
    starts = Array[u64, 64]()
    seed: u64 = 12345
    for _ in range(20_000):
        seed = (seed * 1103515245 + 12345) & 0x7FFF_FFFF
        place = usize(seed >> 8 & 63)
        size = ((seed >> 16 & 7) + 1) * PAGE_SIZE
        if starts[place] == 0:
            starts[place] = space.reserve(8 * PAGE_SIZE, READ_WRITE)
            Ptr[u64](starts[place])[size // 8 - 1] = place
        else:
            space.unmap(starts[place], 8 * PAGE_SIZE)
            starts[place] = 0
    for start in starts:
        if start != 0:
            space.unmap(start, 8 * PAGE_SIZE)
    assert frames.statistics().free == before
    assert space.pages == pages
