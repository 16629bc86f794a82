"""Files that go from one process to another by a key: a text that is good once, for a time, and for whom it is meant.

    share   gives a key for an open file, with all of its permissions or fewer
    claim   takes the key, and gives the file: the same one, with the same position

A key is KEY_LENGTH characters of six random bits each, from the processor's source of them; where there is none, nothing is
shared. An offer that nobody claims in time ends by itself, and lets go of its file then: a thread sleeps until the next end. So
does an offer whose giver has ended.

Limits: MOST offers of a process.

Locks: `lock` guards the offers, which are few; that of a file table is taken with it.
Source: RFC 4648, section 5 (the characters).
"""

from __future__ import annotations

from typing import Final

from core.errors import TooManyFiles
from kernel.cpu import randomness
from kernel.fs.file import File
from kernel.fs.file_table import FileTable
from kernel.fs.mode import PERMISSIONS, Mode
from kernel.sched import kernel_thread
from kernel.sched.sleep import NEVER
from kernel.sync.spin_lock import SpinLock
from kernel.sync.wait_queue import WaitQueue
from kernel.time import clock
from lang import Array, Atomic, Slice, holds, no_raise, sleeps, u8, u32, u64, usize

KEY_LENGTH: Final = 32
MOST: Final[u32] = 64
ANYBODY: Final[u64] = 0  # no process has this number
CHARACTERS: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
BITS: Final = 6  # of a character
CHARACTERS_OF_WORD: Final = 64 // BITS


class Offer:
    """A file that may be claimed."""

    # Constant.
    file: File
    giver: u64  # number of a process
    taker: u64  # number of a process, or ANYBODY
    end: u64  # an uptime, in ns
    key: Array[u8, KEY_LENGTH]

    next: Offer | None  # guarded by lock

    def __init__(self, file: File, giver: u64, taker: u64, end: u64) -> None:
        self.file = file
        self.giver = giver
        self.taker = taker
        self.end = end
        fill(self.key[:])

    @no_raise
    def has_key(self, key: Slice[u8]) -> bool:
        """Whether a text is its key, after the same time whatever the text is."""
        difference: u8 = 0
        for index in range(usize(KEY_LENGTH)):
            difference |= self.key[index] ^ key[index]
        return difference == 0


lock: SpinLock
offers: Offer | None = None  # guarded by lock
count: Atomic[u64]  # of offers
first_end: Atomic[u64]  # of all offers; changed under lock
is_watched: bool = False  # whether there is a thread that ends offers; guarded by lock
changed: WaitQueue  # woken when first_end has come closer


def share(file: File, permissions: Mode, giver: u64, taker: u64, end: u64, key: Slice[u8]) -> None:
    """Let whoever has a key claim a file, and store that key.

    permissions: which the claimed file has; 0: all that the file has.
    giver: the number of the process that shares. taker: of the one that may claim, or ANYBODY.
    end: the uptime, in ns, from which on nobody can.
    key: KEY_LENGTH bytes.

    Raises:
        PermissionError: more permissions are asked for than the file has.
        NoRandomness: the machine has no source of secrets.
        TooManyFiles: the process has MOST offers that nobody has claimed.
        MemoryError: there is too little memory.
    """
    wanted = file.mode & PERMISSIONS if permissions == 0 else permissions
    offer = Offer(file.with_permissions(wanted), giver, taker, end)
    watch()
    with lock:
        if count_of(giver) >= MOST:
            raise TooManyFiles
        put(offer)
    key.copy_from(offer.key[:])
    changed.wake_all()


def claim(key: Slice[u8], taker: u64, into: FileTable) -> u64:
    """Let the lowest free number of a process' table lead to the file of a key, and return it; the key is worth nothing then.

    Raises:
        FileNotFoundError: there is no such key, or no more.
        PermissionError: it is for somebody else, who still can use it.
        TooManyFiles: no number is free; the key is good still.
    """
    if len(key) != KEY_LENGTH:
        raise FileNotFoundError
    with lock:
        offer = find(key)
        if offer is None or offer.end <= clock.uptime():
            raise FileNotFoundError
        if offer.taker != ANYBODY and offer.taker != taker:
            raise PermissionError
        number = into.add(offer.file)
        take(offer)
    return number


@no_raise
@sleeps
def giver_ended(giver: u64) -> None:
    """Let go of all offers of a process."""
    while end_one_of(giver):
        pass


@no_raise
@sleeps
def end_one_of(giver: u64) -> bool:
    """Let go of an offer of a process; return whether there was one."""
    with lock:
        offer = find_given_by(giver)
        if offer is not None:
            take(offer)
    return offer is not None


def fill(key: Slice[u8]) -> None:
    """Make a key.

    Raises:
        NoRandomness: the machine has no source of secrets.
    """
    word: u64 = 0
    for index in range(usize(KEY_LENGTH)):
        if index % CHARACTERS_OF_WORD == 0:
            word = randomness.secret()
        key[index] = CHARACTERS[word & (1 << BITS) - 1]
        word >>= BITS


# With the lock held -------------------------------------------------------------------------------


@holds("lock")
@no_raise
def count_of(giver: u64) -> u32:
    count: u32 = 0
    at = offers
    while at is not None:
        if at.giver == giver:
            count += 1
        at = at.next
    return count


@holds("lock")
@no_raise
def find(key: Slice[u8]) -> Offer | None:
    at = offers
    while at is not None:
        if at.has_key(key):
            return at
        at = at.next
    return None


@holds("lock")
@no_raise
def find_given_by(giver: u64) -> Offer | None:
    at = offers
    while at is not None:
        if at.giver == giver:
            return at
        at = at.next
    return None


@holds("lock")
@no_raise
def put(offer: Offer) -> None:
    global offers
    offer.next = offers
    offers = offer
    count.fetch_add(1)
    note_first_end()


@holds("lock")
@no_raise
def take(offer: Offer) -> None:
    global offers
    before: Offer | None = None
    at = offers
    while at is not None and at is not offer:
        before = at
        at = at.next
    if before is None:
        offers = offer.next
    else:
        before.next = offer.next
    offer.next = None
    count.fetch_sub(1)
    note_first_end()


@holds("lock")
@no_raise
def note_first_end() -> None:
    first: u64 = NEVER
    at = offers
    while at is not None:
        first = min(first, at.end)
        at = at.next
    first_end.store(first)


@holds("lock")
@no_raise
def find_ended(now: u64) -> Offer | None:
    at = offers
    while at is not None:
        if at.end <= now:
            return at
        at = at.next
    return None


# Ends ---------------------------------------------------------------------------------------------


def watch() -> None:
    """See to it that there is a thread that ends offers.

    Raises:
        MemoryError: there is no memory for it.
    """
    global is_watched
    with lock:
        is_first = not is_watched
        is_watched = True
    if not is_first:
        return
    try:
        kernel_thread.start("offers", end_for_ever)
    except MemoryError:
        with lock:
            is_watched = False
        raise


@no_raise
@sleeps
def end_for_ever() -> None:
    while True:
        wait_for_end(first_end.load())
        while end_one(clock.uptime()):
            pass


@no_raise
@sleeps
def wait_for_end(end: u64) -> None:
    """Sleep until the end of an offer, or until there is one that ends before."""
    changed.wait_until(lambda: first_end.load() < end, end)


@no_raise
@sleeps
def end_one(now: u64) -> bool:
    """Let go of an offer whose end has come; return whether there was one."""
    with lock:
        offer = find_ended(now)
        if offer is not None:
            take(offer)
    return offer is not None
