"""Instances of classes in the kernel: they come, go, and leave nothing behind, on every processor."""

from __future__ import annotations

from kernel.mem import frames, heap, object_cache
from lang import Array, Atomic, Ptr, irq_safe, no_raise, u8, u16, u64, usize
from tests.kernel.mem import in_use
from tests.modules.smp import on_another


class Node:
    """One of a chain."""

    next: Node | None
    number: u64

    def __init__(self, number: u64, next: Node | None) -> None:
        self.number = number
        self.next = next


class Wide:
    """Larger than any cache's objects."""

    words: Array[u64, 2000]


def chain(length: u64) -> Node:
    node = Node(0, None)
    for number in range(length - 1):
        node = Node(number + 1, node)
    return node


def test_a_chain_of_objects_is_built_and_gone() -> None:
    before = in_use.objects()
    node = chain(20_000)
    assert node.number == 19_999
    assert in_use.objects() == before + 20_000
    del node
    assert in_use.objects() == before


def test_a_large_object_has_pages_of_its_own() -> None:
    before = frames.statistics().free
    wide = Wide()
    wide.words[1999] = 5
    assert wide.words[0] == 0
    assert frames.statistics().free == before - 4
    del wide
    assert frames.statistics().free == before


class Block:
    """As large as a cache's objects may be."""

    words: Array[u64, 1000]


held: Array[Block | None, 10_000]


@no_raise
def let_go() -> None:
    for index in range(usize(10_000)):
        held[index] = None


def test_using_up_all_memory_is_an_exception_that_loses_nothing() -> None:
    """
    Machine: memory=64M
    """
    objects = in_use.objects()
    for _ in range(3):
        object_cache.drain()
        frames.drain_cache()
        before = frames.statistics().free
        failed = False
        try:
            for index in range(usize(10_000)):
                held[index] = Block()
        except MemoryError:
            failed = True
        assert failed
        let_go()
        assert in_use.objects() == objects
        object_cache.drain()
        frames.drain_cache()
        assert before - frames.statistics().free < 16


failures: Atomic[u64]
finished: Atomic[u64]


@irq_safe
@no_raise
def churn(rounds: u64) -> None:
    """Take and free memory of many sizes, and look whether anybody else wrote into it."""
    taken = Array[Ptr[u64] | None, 32]()
    seed: u64 = 12345
    for round in range(rounds):
        seed = (seed * 1103515245 + 12345) & 0x7FFF_FFFF
        place = usize(seed >> 8 & 31)
        memory = taken[place]
        if memory is not None:
            if memory[0] != memory.address:
                failures.fetch_add(1)
            heap.free(memory.cast(u8))
            taken[place] = None
            continue
        try:
            found = heap.allocate((seed >> 13 & 2047) + 8).cast(u64)
            found[0] = found.address
            taken[place] = found
        except MemoryError:
            failures.fetch_add(1)
    for memory in taken:
        if memory is not None:
            heap.free(memory.cast(u8))


@irq_safe
@no_raise
def churn_and_give_back() -> None:
    churn(5000)
    object_cache.drain()
    finished.fetch_add(1)


def test_four_processors_take_and_free_memory_at_once() -> None:
    """
    Machine: processors=4
    """
    before = in_use.objects()
    for number in range(u16(1), u16(4)):
        on_another.interrupt(number, churn_and_give_back)
    churn_and_give_back()
    while finished.load() < 4:
        pass
    assert failures.load() == 0
    assert in_use.objects() == before
