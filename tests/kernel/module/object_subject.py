"""What the loader of modules does with a file, by itself: linked against addresses that are made up."""

from __future__ import annotations

from core.errors import BadExecutable
from kernel.module import info, object_file
from kernel.module.info import Info
from kernel.module.object_file import Plan
from lang import Slice, u8, u32, u64


def size_of(file: Slice[u8]) -> u64:
    return Plan(file).size


def end_of(file: Slice[u8], kind: u64) -> u64:
    return Plan(file).ends[kind]


def link(file: Slice[u8], memory: Slice[u8], base: u64, values: Slice[u64], found: u64) -> u64:
    """Put a file into memory, all that others define being at `found`; return how many symbols that are.

    memory: zeros. values: room for those of the symbols.
    """
    plan = Plan(file)
    if plan.size > len(memory) or len(plan.symbols) > len(values):
        raise BadExecutable
    object_file.fill(plan, memory)
    count: u64 = 0
    for index in range(u64(len(plan.symbols))):
        symbol = plan.symbols[index]
        if index == 0:
            values[index] = 0
        elif object_file.is_elsewhere(symbol) and len(plan.name_of(symbol)) > 0:
            values[index] = found
            count += 1
        else:
            values[index] = plan.value_of(symbol, base)
    object_file.relocate(plan, base, memory, values[: len(plan.symbols)])
    return count


def drives(text: Slice[u8], kind: Slice[u8]) -> bool:
    return Info(text).drives(kind)


def version_in(line: Slice[u8]) -> u32:
    return info.read_need(line).version
