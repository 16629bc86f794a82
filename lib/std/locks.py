"""Locks, and other things for which threads wait.

    lock = Lock()
    with lock:
        ...

    ready = Condition(lock)
    with lock:
        while not is_there():
            ready.wait()

They have the names and the meaning of those in Python's `threading`. None asks the kernel for anything unless a thread has to
sleep, or to be woken.

Source: Drepper, "Futexes Are Tricky", 2011.
"""

from __future__ import annotations

from core.world.lock import CONTENDED, FREE, HELD
from lang import Atomic, Order, address_of, no_raise, u32, u64
from lib.std import words


class Lock:
    """One thread at a time holds it."""

    _word: Atomic[u32]

    def __init__(self) -> None:
        pass

    def acquire(self, blocking: bool = True, timeout: float = -1.0) -> bool:
        """Take the lock, and return True; False if it is held, and stays so until a time is over.

        timeout: in seconds; negative for no limit.
        """
        if self._word.compare_exchange(FREE, HELD, Order.ACQUIRE) == FREE:
            return True
        if not blocking:
            return False
        return self._wait(words.deadline_after(timeout))

    def release(self) -> None:
        """Let go of the lock.

        Raises:
            RuntimeError: nobody holds it.
        """
        before = self._word.swap(FREE, Order.RELEASE)
        if before == FREE:
            raise RuntimeError("release unlocked lock")
        if before == CONTENDED:
            words.wake(address_of(self._word), 1)

    def locked(self) -> bool:
        """Whether somebody holds it."""
        return self._word.load() != FREE

    def __enter__(self) -> bool:
        return self.acquire()

    @no_raise
    def __exit__(self, *error: object) -> None:
        if self._word.swap(FREE, Order.RELEASE) == CONTENDED:
            words.wake(address_of(self._word), 1)

    @no_raise
    def _wait(self, deadline: u64) -> bool:
        while self._word.swap(CONTENDED, Order.ACQUIRE) != FREE:
            if not words.sleep_while(address_of(self._word), CONTENDED, deadline):
                return False
        return True


class Condition:
    """Something that becomes true under a lock; with that, `wait` until another thread says so."""

    lock: Lock
    _turns: Atomic[u32]  # how often somebody said so

    def __init__(self, lock: Lock) -> None:
        self.lock = lock

    def wait(self, timeout: float = -1.0) -> bool:
        """Let go of the lock until another thread notifies, then take it again; return False if a time is over.

        May return early: look at the condition again. timeout: in seconds; negative for no limit.
        """
        turn = self._turns.load()
        deadline = words.deadline_after(timeout)
        self.lock.release()
        is_notified = words.sleep_while(address_of(self._turns), turn, deadline)
        if is_notified and deadline != words.NEVER:
            is_notified = self._turns.load() != turn
        self.lock.acquire()
        return is_notified

    def notify(self, count: int = 1) -> None:
        """Wake threads that wait, so many at most; with the lock."""
        self._turns.fetch_add(1)
        words.wake(address_of(self._turns), u32(count))

    def notify_all(self) -> None:
        """Wake all threads that wait; with the lock."""
        self._turns.fetch_add(1)
        words.wake(address_of(self._turns), words.ALL)

    def __enter__(self) -> bool:
        return self.lock.acquire()

    @no_raise
    def __exit__(self, *error: object) -> None:
        self.lock.__exit__()


class Event:
    """A flag that threads wait for."""

    _flag: Atomic[u32]

    def __init__(self) -> None:
        pass

    def is_set(self) -> bool:
        """Whether it is set."""
        return self._flag.load() != 0

    def set(self) -> None:
        """Set it, and wake all who wait for it."""
        if self._flag.swap(1) == 0:
            words.wake(address_of(self._flag), words.ALL)

    def clear(self) -> None:
        """Take it back."""
        self._flag.store(0)

    def wait(self, timeout: float = -1.0) -> bool:
        """Sleep until it is set; return whether it is, when a time is over, in seconds if it is not negative."""
        deadline = words.deadline_after(timeout)
        while self._flag.load() == 0:
            if not words.sleep_while(address_of(self._flag), 0, deadline):
                return self.is_set()
        return True


class Semaphore:
    """A number of permits, of which each thread takes one, or waits for one."""

    _permits: Atomic[u32]
    _waiting: Atomic[u32]

    def __init__(self, value: int = 1) -> None:
        self._permits.store(u32(value))

    def acquire(self, blocking: bool = True, timeout: float = -1.0) -> bool:
        """Take a permit, and return True; False if there is none, and comes none until a time is over."""
        if self._try_take():
            return True
        if not blocking:
            return False
        deadline = words.deadline_after(timeout)
        self._waiting.fetch_add(1)
        is_taken = self._try_take()
        while not is_taken and words.sleep_while(address_of(self._permits), 0, deadline):
            is_taken = self._try_take()
        self._waiting.fetch_sub(1)
        return is_taken

    def release(self, count: int = 1) -> None:
        """Give permits back."""
        self._permits.fetch_add(u32(count))
        if self._waiting.load() != 0:
            words.wake(address_of(self._permits), u32(count))

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *error: object) -> None:
        self.release()

    @no_raise
    def _try_take(self) -> bool:
        count = self._permits.load()
        while count != 0:
            seen = self._permits.compare_exchange(count, count - 1)
            if seen == count:
                return True
            count = seen
        return False
