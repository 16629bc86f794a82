"""A set of processors, by their numbers."""

from __future__ import annotations

from typing import Final

from kernel.cpu import processor
from lang import Array, irq_safe, no_raise, struct, u16, u64

WORDS: Final = processor.LIMIT // 64


@struct
class ProcessorSet:
    words: Array[u64, WORDS]

    @irq_safe
    @no_raise
    def add(self, number: u16) -> None:
        self.words[number // 64] |= u64(1) << u64(number % 64)

    @irq_safe
    @no_raise
    def add_all(self) -> None:
        for index in range(WORDS):
            self.words[index] = ~u64(0)

    @irq_safe
    @no_raise
    def remove(self, number: u16) -> None:
        self.words[number // 64] &= ~(u64(1) << u64(number % 64))

    @irq_safe
    @no_raise
    def __contains__(self, number: u16) -> bool:
        return self.words[number // 64] >> u64(number % 64) & 1 != 0
