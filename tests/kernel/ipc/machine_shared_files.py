"""Files that go from one process to another by a key."""

from __future__ import annotations

from typing import Final

from core.errors import BadFile, NoRandomness, TooManyFiles
from kernel.cpu import randomness
from kernel.fs import file_table
from kernel.fs.devices import Constant
from kernel.fs.file import File
from kernel.fs.file_table import FileTable
from kernel.fs.mode import PERMISSIONS, Mode
from kernel.fs.tmpfs import TmpFile
from kernel.ipc import shared_files
from kernel.sched import sleep
from kernel.time import clock
from lang import Array, Slice, UserSlice, u8, u32, u64, usize
from modules.ipc.pipe.pipe import NewPipe, Pipe, PipeEnd
from tests.kernel.mem import in_use
from tests.kernel.proc import hand_made

MS = 1_000_000
SECOND = 1000 * MS
ME: Final[u64] = 1000
OTHER: Final[u64] = 2000


def open_zeros() -> File:
    return hand_made.opened(Constant(0, False))


def share_for(file: File, duration_ns: u64, key: Slice[u8], taker: u64 = 0) -> None:
    shared_files.share(file, Mode(0), ME, taker, clock.uptime() + duration_ns, key)


def can_claim(key: Slice[u8], into: FileTable, taker: u64 = OTHER) -> bool:
    try:
        shared_files.claim(key, taker, into)
        return True
    except FileNotFoundError:
        return False


def test_a_key_gives_the_same_file_once() -> None:
    table = FileTable()
    key = Array[u8, shared_files.KEY_LENGTH]()
    file = open_zeros()
    share_for(file, 60 * SECOND, key[:])
    number = shared_files.claim(key[:], OTHER, table)
    assert number == 0
    assert table.find(0) is file
    assert not can_claim(key[:], table)
    table.close(0)


def test_keys_are_different_and_of_the_right_characters() -> None:
    table = FileTable()
    first, second = Array[u8, shared_files.KEY_LENGTH](), Array[u8, shared_files.KEY_LENGTH]()
    share_for(open_zeros(), SECOND, first[:])
    share_for(open_zeros(), SECOND, second[:])
    same: u32 = 0
    for index in range(usize(shared_files.KEY_LENGTH)):
        same += u32(first[index] == second[index])
        is_known = False
        for character in shared_files.CHARACTERS:
            is_known = is_known or character == first[index]
        assert is_known
    assert same < 10
    first[31] ^= 1
    assert not can_claim(first[:], table)
    first[31] ^= 1
    assert not can_claim(first[:31], table)
    assert not can_claim(b"", table)
    assert can_claim(first[:], table)
    assert can_claim(second[:], table)
    table.close_range(0, file_table.COUNT)


def test_only_the_one_named_can_claim() -> None:
    table = FileTable()
    key = Array[u8, shared_files.KEY_LENGTH]()
    share_for(open_zeros(), SECOND, key[:], OTHER)
    try:
        can_claim(key[:], table, OTHER + 1)
        assert False, "it is not for this one"
    except PermissionError:
        pass
    assert can_claim(key[:], table, OTHER)
    table.close(0)


def test_a_key_that_was_not_used_in_time_is_worth_nothing_and_lets_go_of_its_file() -> None:
    table = FileTable()
    key, other = Array[u8, shared_files.KEY_LENGTH](), Array[u8, shared_files.KEY_LENGTH]()
    pipe = Pipe()
    file = hand_made.opened(PipeEnd(pipe, False, True))
    share_for(file, 60 * SECOND, other[:])
    assert can_claim(other[:], table)
    table.close(0)
    share_for(file, 20 * MS, key[:])
    del file
    assert pipe.writers.load() == 1
    sleep.until(clock.uptime() + 100 * MS)
    assert pipe.writers.load() == 0
    assert not can_claim(key[:], table)
    share_for(open_zeros(), 0, key[:])
    assert not can_claim(key[:], table)


def test_with_no_number_free_the_key_stays_good() -> None:
    table = FileTable()
    for _ in range(file_table.COUNT):
        table.add(open_zeros())
    key = Array[u8, shared_files.KEY_LENGTH]()
    share_for(open_zeros(), SECOND, key[:])
    try:
        can_claim(key[:], table)
        assert False, "the table is full"
    except TooManyFiles:
        pass
    table.close(7)
    assert can_claim(key[:], table)
    table.close_range(0, file_table.COUNT)


def test_a_process_has_so_many_offers_and_no_more() -> None:
    key = Array[u8, shared_files.KEY_LENGTH]()
    last = Array[u8, shared_files.KEY_LENGTH]()
    count: u32 = 0
    try:
        while True:
            shared_files.share(open_zeros(), Mode(0), 77, 0, clock.uptime() + 60 * SECOND, key[:])
            last[:].copy_from(key[:])
            count += 1
    except TooManyFiles:
        pass
    assert count == shared_files.MOST
    table = FileTable()
    assert can_claim(last[:], table)
    table.close(0)
    share_for(open_zeros(), SECOND, key[:])  # another process
    assert can_claim(key[:], table)
    table.close(0)
    before = shared_files.count.load()
    shared_files.giver_ended(77)
    assert shared_files.count.load() + u64(shared_files.MOST) - 1 == before


def test_what_is_claimed_has_fewer_permissions_if_so_shared() -> None:
    table = FileTable()
    key = Array[u8, shared_files.KEY_LENGTH]()
    file = open_zeros()
    end = clock.uptime() + SECOND
    shared_files.share(file, Mode.READ, ME, 0, end, key[:])
    claimed = table.find(shared_files.claim(key[:], OTHER, table))
    assert claimed.mode & PERMISSIONS == Mode.READ
    try:
        claimed.write(UserSlice[u8](0, 0))
        assert False, "it is for reading"
    except BadFile:
        pass
    try:
        shared_files.share(claimed, Mode.READ | Mode.WRITE, ME, 0, end, key[:])
        assert False, "permissions only shrink"
    except PermissionError:
        pass
    table.close(0)


def test_a_reduced_file_ends_with_the_last_who_has_it_and_only_once() -> None:
    table = FileTable()
    key = Array[u8, shared_files.KEY_LENGTH]()
    first, second = NewPipe().opened_as_pair(Mode(0))
    assert isinstance(first, PipeEnd)
    pipe = first.pipe
    both = hand_made.opened(PipeEnd(pipe, True, True))
    assert pipe.readers.load() == 2
    shared_files.share(both, Mode.READ, ME, 0, clock.uptime() + SECOND, key[:])
    assert can_claim(key[:], table)
    del both
    assert pipe.readers.load() == 2
    table.close(0)
    assert pipe.readers.load() == 1
    first.closed()
    second.closed()
    assert pipe.readers.load() == 0 and pipe.writers.load() == 0


def test_a_reduced_file_is_where_its_origin_is() -> None:
    table = FileTable()
    key = Array[u8, shared_files.KEY_LENGTH]()
    file = hand_made.opened(TmpFile(b"some text"))
    shared_files.share(file, Mode.READ, ME, 0, clock.uptime() + SECOND, key[:])
    claimed = table.find(shared_files.claim(key[:], OTHER, table))
    file.seek(100, 0)
    assert claimed.seek(0, 1) == 100
    claimed.seek(50, 1)
    assert file.seek(0, 1) == 150
    table.close(0)


def test_without_a_source_of_secrets_nothing_is_shared() -> None:
    key = Array[u8, shared_files.KEY_LENGTH]()
    before = randomness.is_secret
    randomness.is_secret = False
    try:
        share_for(open_zeros(), SECOND, key[:])
        assert False, "the key could be guessed"
    except NoRandomness:
        pass
    finally:
        randomness.is_secret = before


def test_nothing_is_left_of_offers() -> None:
    table = FileTable()
    key = Array[u8, shared_files.KEY_LENGTH]()
    for round in range(3):
        in_use.settle(2 * MS)
        before = in_use.objects()
        for _ in range(50):
            share_for(open_zeros(), SECOND, key[:])
            assert can_claim(key[:], table)
            table.close(0)
            shared_files.share(open_zeros(), Mode.READ, ME, 0, clock.uptime() + 2 * MS, key[:])
        in_use.settle(20 * MS)
        assert round == 0 or in_use.objects() <= before
