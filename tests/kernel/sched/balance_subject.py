"""Loads of a few processors."""

from __future__ import annotations

from typing import Final

from kernel.cpu.processor_set import WORDS, ProcessorSet
from kernel.sched import balance
from kernel.sched.balance import Load
from lang import Array, Slice, u16, u64

COUNT: Final = 32

loads: Array[Load, COUNT]


def set_load(number: u16, weight: u64, count: u64) -> None:
    loads[number].publish(weight, count)


def place(count: u16, mask: u64, last: u16, is_hot: bool) -> u16:
    return balance.place(first(count), processors(mask), last, is_hot)


def busiest(count: u16, asker: u16) -> u16:
    return balance.busiest(first(count), asker)


def lightest(count: u16, asker: u16, mask: u64) -> u16:
    return balance.lightest(first(count), asker, processors(mask))


def is_gain(from_load: u64, to_load: u64, weight: u64) -> bool:
    return balance.is_gain(from_load, to_load, weight)


def processors(mask: u64) -> ProcessorSet:
    result = ProcessorSet(Array[u64, WORDS]())
    result.words[0] = mask
    return result


def first(count: u16) -> Slice[Load]:
    return loads[:count]
