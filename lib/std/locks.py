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

from abc import ABC, abstractmethod
from collections.abc import Callable

from core.world import current
from core.world.lock import CONTENDED, FREE, HELD
from lang import Atomic, Order, address_of, no_raise, u32, u64
from lib.std import words


class Exclusion(ABC):
    """What a Condition can be made of: one thread at a time holds it."""

    @abstractmethod
    def acquire(self, blocking: bool = True, timeout: float = -1.0) -> bool: ...

    @abstractmethod
    def release(self) -> None: ...

    @abstractmethod
    def is_owned(self) -> bool: ...

    @abstractmethod
    def release_wholly(self) -> int:
        """Let go of it, however often the running thread has taken it; return how often that was."""

    @abstractmethod
    def take_back(self, depth: int) -> None:
        """Take it so often."""


class Lock(Exclusion):
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

    def is_owned(self) -> bool:
        """Whether somebody holds it, since it does not know who."""
        return self.locked()

    def release_wholly(self) -> int:
        self.release()
        return 1

    def take_back(self, depth: int) -> None:
        self.acquire()

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


class RLock(Exclusion):
    """As a Lock, but its holder may take it again, and lets go of it so often."""

    _lock: Lock
    _owner: Atomic[u64]  # the thread pointer of the holder; 0: nobody
    _depth: int  # the holder's

    def __init__(self) -> None:
        self._lock = Lock()
        self._depth = 0

    def acquire(self, blocking: bool = True, timeout: float = -1.0) -> bool:
        """Take the lock, and return True; False if another thread holds it, and does so until a time is over.

        timeout: in seconds; negative for no limit.
        """
        me = current.state().address
        if self._owner.load(Order.RELAXED) != me:
            if not self._lock.acquire(blocking, timeout):
                return False
            self._owner.store(me, Order.RELAXED)
        self._depth += 1
        return True

    def release(self) -> None:
        """Let go of the lock once.

        Raises:
            RuntimeError: this thread does not hold it.
        """
        if not self.is_owned():
            raise RuntimeError("cannot release un-acquired lock")
        self._depth -= 1
        if self._depth == 0:
            self._owner.store(0, Order.RELAXED)
            self._lock.release()

    def is_owned(self) -> bool:
        """Whether the running thread holds it."""
        return self._owner.load(Order.RELAXED) == current.state().address

    def release_wholly(self) -> int:
        depth = self._depth
        self._depth = 0
        self._owner.store(0, Order.RELAXED)
        self._lock.release()
        return depth

    def take_back(self, depth: int) -> None:
        self._lock.acquire()
        self._owner.store(current.state().address, Order.RELAXED)
        self._depth = depth

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *error: object) -> None:
        self.release()


class Condition:
    """Something that becomes true under a lock; with that, `wait` until another thread says so."""

    _lock: Exclusion
    _turns: Atomic[u32]  # how often somebody said so

    def __init__(self, lock: Exclusion | None = None) -> None:
        self._lock = RLock() if lock is None else lock

    def acquire(self, blocking: bool = True, timeout: float = -1.0) -> bool:
        """Take the lock; as its own `acquire`."""
        return self._lock.acquire(blocking, timeout)

    def release(self) -> None:
        """Let go of the lock; as its own `release`."""
        self._lock.release()

    def wait(self, timeout: float = -1.0) -> bool:
        """Let go of the lock until another thread notifies, then take it again; return False if a time is over.

        May return early: look at the condition again. timeout: in seconds; negative for no limit.

        Raises:
            RuntimeError: nobody holds the lock.
        """
        if not self._lock.is_owned():
            raise RuntimeError("cannot wait on un-acquired lock")
        turn = self._turns.load()
        deadline = words.deadline_after(timeout)
        depth = self._lock.release_wholly()
        is_notified = words.sleep_while(address_of(self._turns), turn, deadline)
        if is_notified and deadline != words.NEVER:
            is_notified = self._turns.load() != turn
        self._lock.take_back(depth)
        return is_notified

    def wait_for(self, predicate: Callable[[], bool], timeout: float = -1.0) -> bool:
        """Wait until a condition holds, or a time is over; return whether it does."""
        deadline = words.deadline_after(timeout)
        while not predicate():
            if deadline == words.NEVER:
                self.wait()
                continue
            left = words.seconds_until(deadline)
            if left <= 0.0:
                return predicate()
            self.wait(left)
        return True

    def notify(self, n: int = 1) -> None:
        """Wake threads that wait, so many at most.

        Raises:
            RuntimeError: nobody holds the lock.
        """
        self._say(u32(n))

    def notify_all(self) -> None:
        """Wake all threads that wait.

        Raises:
            RuntimeError: nobody holds the lock.
        """
        self._say(words.ALL)

    def _say(self, count: u32) -> None:
        if not self._lock.is_owned():
            raise RuntimeError("cannot notify on un-acquired lock")
        self._turns.fetch_add(1)
        words.wake(address_of(self._turns), count)

    def __enter__(self) -> bool:
        return self._lock.acquire()

    def __exit__(self, *error: object) -> None:
        self._lock.release()


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
        if value < 0:
            raise ValueError("semaphore initial value must be >= 0")
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

    def release(self, n: int = 1) -> None:
        """Give permits back.

        Raises:
            ValueError: they are less than one.
        """
        if n < 1:
            raise ValueError("n must be one or more")
        self._permits.fetch_add(u32(n))
        if self._waiting.load() != 0:
            words.wake(address_of(self._permits), u32(n))

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


class BoundedSemaphore(Semaphore):
    """A Semaphore that takes no more permits back than it had at first."""

    _first: u32

    def __init__(self, value: int = 1) -> None:
        super().__init__(value)
        self._first = u32(value)

    def release(self, n: int = 1) -> None:
        """Give permits back.

        Raises:
            ValueError: they are less than one, or more than were taken.
        """
        if self._permits.load() + n > self._first:
            raise ValueError("Semaphore released too many times")
        super().release(n)


class Barrier:
    """Threads wait at it until so many have come; then all go on, and it can be used again."""

    parties: int
    _action: Callable[[], None] | None
    _condition: Condition
    _waiting: int
    _round: int

    def __init__(self, parties: int, action: Callable[[], None] | None = None) -> None:
        """action: what the last thread that comes does before they go on."""
        if parties < 1:
            raise ValueError("parties must be > 0")
        self.parties = parties
        self._action = action
        self._condition = Condition(Lock())
        self._waiting = 0
        self._round = 0

    @property
    def n_waiting(self) -> int:
        """How many threads wait."""
        return self._waiting

    def wait(self) -> int:
        """Wait for the others; return how many had come before."""
        with self._condition:
            mine = self._waiting
            self._waiting += 1
            if self._waiting == self.parties:
                action = self._action
                if action is not None:
                    action()
                self._waiting = 0
                self._round += 1
                self._condition.notify_all()
            else:
                round = self._round
                while self._round == round:
                    self._condition.wait()
            return mine
