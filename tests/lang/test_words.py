"""The remaining words: atomics, registers, per-processor variables, declarations, embedding."""

from __future__ import annotations

from enum import IntEnum, IntFlag
from pathlib import Path

import pytest

import lang
from compiler.words import VOCABULARY
from lang import (
    Atomic,
    CFunction,
    Format,
    Order,
    PerCpu,
    Ptr,
    Rcu,
    UserPtr,
    UserSlice,
    Volatile,
    Weak,
    asm,
    comptime,
    copy,
    embed,
    f32,
    holds,
    irq_safe,
    no_raise,
    over,
    sizeof,
    struct,
    symbol_address,
    u8,
    u32,
    u64,
    unreachable,
)
from lang.decorators import facts
from lang.embedding import embedded_files


@over(u8)
class Status(IntFlag):
    READY = 1
    FULL = 2


class Level(IntEnum):
    LOW = 1


@struct
class Device:
    status: Status
    control: Volatile[u32]
    users: Atomic[u32]


class Thing:
    pass


@struct
class Holder:
    thing: Rcu[Thing]


def test_every_word_can_be_imported() -> None:
    for name in lang.__all__:
        assert hasattr(lang, name)


def test_the_compiler_knows_the_same_words() -> None:
    assert set(lang.__all__) == VOCABULARY["lang"]


def test_atomics_return_the_old_value_and_wrap() -> None:
    count = Atomic[u8](250)
    assert count.fetch_add(10, Order.RELAXED) == 250
    assert count.fetch_sub(5) == 4
    assert count.load(Order.ACQUIRE) == 255
    assert count.fetch_and(0x0F) == 255
    assert count.fetch_or(0x30) == 15
    assert count.fetch_xor(0xFF) == 0x3F
    assert count.swap(1) == 0xC0
    assert count.compare_exchange(2, 9) == 1
    assert count.compare_exchange(1, 9) == 1
    assert count.load() == 9
    assert type(count.load()) is u8


def test_an_atomic_pointer_may_be_null() -> None:
    head = Atomic[Ptr[Device] | None]()
    assert head.load() is None
    with pytest.raises(TypeError):
        Atomic[Ptr[Device]]()


def test_registers_and_flags_lie_in_structs() -> None:
    device = Device(status=Status.READY)
    device.control.store(5)
    device.users.fetch_add(1)
    assert (device.control.load(), device.users.load()) == (5, 1)
    assert device.status is Status.READY
    assert (sizeof(Device), sizeof(Status), sizeof(Level)) == (12, 1, 8)
    with pytest.raises(TypeError, match="pinned"):
        copy(device)


def test_flags_come_from_numbers_of_any_width() -> None:
    assert Status(u8(3)) == Status.READY | Status.FULL
    assert Status(u64(1)) is Status.READY


def test_sharing() -> None:
    ticks = PerCpu[u64]()
    ticks.add(3)
    assert (ticks.load(), ticks.here()[0]) == (3, 3)
    table = Rcu(None)
    thing = Thing()
    table.store(thing)
    assert table.load() is thing
    holder = Holder()
    holder.thing.store(thing)
    assert (holder.thing.load(), sizeof(Holder)) == (thing, 8)
    weak = Weak(thing)
    assert weak.get() is thing
    table.store(None)
    holder.thing.store(None)
    del thing
    assert weak.get() is None


def test_user_memory_can_be_cut_but_not_copied() -> None:
    buffer = UserSlice[u8](0x1000, 10)
    assert (len(buffer[2:5]), buffer[2:5].address) == (3, 0x1002)
    with pytest.raises(NotImplementedError, match="no program"):
        UserPtr[u8](0x1000).read()


def test_declarations_leave_the_function_alone_and_are_recorded() -> None:
    @irq_safe
    @holds("lock")
    def take() -> int:
        return 1

    @comptime
    def table() -> list[int]:
        return [1, 2]

    assert take() == 1
    assert facts(take) == {"irq_safe": True, "holds": ("lock",)}
    assert table() == [1, 2]

    class Ring:
        @property
        @no_raise
        def used(self) -> int:
            return 0

    assert facts(Ring.used) == {"no_raise": True}


def test_machine_code_is_refused_with_a_sentence() -> None:
    with pytest.raises(NotImplementedError, match="CPython cannot execute `hlt`"):
        asm("hlt")
    with pytest.raises(AssertionError):
        unreachable()


def test_embedding_is_relative_to_the_source_and_remembered() -> None:
    name = Path(__file__).name
    assert embed(name) == Path(__file__).read_bytes()
    assert Path(__file__) in embedded_files()


def test_single_precision_rounds() -> None:
    assert f32(0.1) + f32(0.2) == f32(f32(0.1) + 0.2)
    assert f32(16777216.0) + f32(1.0) == 16777216.0


def test_a_message_writes_itself() -> None:
    written = []

    class Sink:
        def write(self, data: bytes) -> None:
            written.append(data)

    Format(f"{5} pages").write_to(Sink())
    assert written == [b"5 pages"]


@struct
class Operations:
    start: CFunction[[u32], u32]
    stop: CFunction[[u32], u32] | None
    limit: u32 | None
    ready: Status | None


def double(number: u32) -> u32:
    return number * 2


def test_code_addresses_lie_in_structs() -> None:
    operations = Operations(double)
    assert operations.start(4) == 8
    assert operations.stop is None
    operations.stop = CFunction[[u32], u32](0x1000)
    assert operations.stop.address == 0x1000
    with pytest.raises(NotImplementedError, match="0x1000"):
        operations.stop(1)
    with pytest.raises(NotImplementedError, match="__text_start"):
        symbol_address("__text_start")


def test_what_has_no_null_has_a_flag() -> None:
    operations = Operations(double)
    assert (sizeof(Operations), operations.limit) == (32, None)
    operations.limit = 0
    operations.ready = Status.READY
    assert (operations.limit, operations.ready) == (0, Status.READY)
    operations.limit = None
    assert operations.limit is None
