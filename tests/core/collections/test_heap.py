"""Heaps against heapq."""

from __future__ import annotations

import heapq

import pytest
from hypothesis import given
from hypothesis import strategies as st

SUBJECT = "tests.core.collections.storage_subject"


@given(st.lists(st.none() | st.integers(0, 50), max_size=60))
def test_a_heap_gives_the_least_first(implementation, steps) -> None:
    heap = implementation(SUBJECT).HeapSubject()
    model: list[int] = []
    for value in steps:
        if value is None and model:
            assert heap.peek() == model[0]
            assert heap.pop() == heapq.heappop(model)
        elif value is not None and len(model) < 16:
            heap.push(value)
            heapq.heappush(model, value)
        elif value is not None:
            with pytest.raises(MemoryError):
                heap.push(value)
        assert heap.size() == len(model)
