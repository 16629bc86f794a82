"""Threads and processes that wait for each other, in turns."""

from __future__ import annotations

from typing import Final

from lang import Array, Atomic, Ptr, address_of, u8, u32, u64
from lib.std import files, notes, processes, system, words
from lib.std.processes import SUSPEND
from lib.std.threads import Thread
from programs.measurements.report import me, now

MINE: Final[u32] = 0  # whose turn it is
OTHERS: Final[u32] = 1
OVER: Final[u32] = 2

turns: Array[Atomic[u32], 1]


def echo(reads: int, writes: int) -> None:
    """Send each byte back, until there are no more."""
    byte = Array[u8, 1]()
    while system.read(u64(reads), byte[:]) == 1:
        system.write(u64(writes), byte[:])


def pipe_to_process(rounds: int) -> int:
    """A byte there and back."""
    theirs, to = files.open_pair("/dev/pipe/new")
    back, their_answers = files.open_pair("/dev/pipe/new")
    child = processes.spawn([me(), "echo"], SUSPEND)
    moves = f"dup2 {theirs} 0 && dup2 {their_answers} 1 && close 3 -1 && start"
    processes.control(child.number, moves)
    files.close(theirs)
    files.close(their_answers)
    result = round_trips(to, back, rounds)
    files.close(to)
    child.wait()
    files.close(back)
    return result


def pipe_to_thread(rounds: int) -> int:
    """The same between threads."""
    theirs, to = files.open_pair("/dev/pipe/new")
    back, their_answers = files.open_pair("/dev/pipe/new")
    thread = Thread(lambda: echo(theirs, their_answers))
    thread.start()
    result = round_trips(to, back, rounds)
    files.close(to)
    thread.join()
    for file in (theirs, back, their_answers):
        files.close(file)
    return result


def round_trips(to: int, back: int, rounds: int) -> int:
    byte = Array[u8, 1]()
    system.write(u64(to), byte[:])
    system.read(u64(back), byte[:])
    start = now()
    for _ in range(rounds):
        system.write(u64(to), byte[:])
        system.read(u64(back), byte[:])
    return now() - start


def wake_nobody(rounds: int) -> int:
    word = address_of(turns[0])
    start = now()
    for _ in range(rounds):
        words.wake(word, 1)
    return now() - start


def futex_round_trips(rounds: int) -> int:
    """One hand-over and back between threads."""
    turn = address_of(turns[0])
    turn[0].store(MINE)
    thread = Thread(answer)
    thread.start()
    hand_over(turn)
    start = now()
    for _ in range(rounds):
        hand_over(turn)
    result = now() - start
    turn[0].store(OVER)
    words.wake(turn, 1)
    thread.join()
    return result


def hand_over(turn: Ptr[Atomic[u32]]) -> None:
    turn[0].store(OTHERS)
    words.wake(turn, 1)
    while turn[0].load() == OTHERS:
        words.sleep_while(turn, OTHERS, words.NEVER)


def answer() -> None:
    """Give each turn back."""
    turn = address_of(turns[0])
    while True:
        whose = turn[0].load()
        if whose == OVER:
            return
        if whose == MINE:
            words.sleep_while(turn, MINE, words.NEVER)
            continue
        turn[0].store(MINE)
        words.wake(turn, 1)


def yield_to_each_other(rounds: int) -> int:
    """Two confirmed switches between threads."""
    turn = address_of(turns[0])
    turn[0].store(MINE)
    thread = Thread(yield_back)
    thread.start()
    start = now()
    for _ in range(rounds):
        turn[0].store(OTHERS)
        while turn[0].load() != MINE:
            system.yield_processor()
    result = now() - start
    turn[0].store(OVER)
    thread.join()
    return result


def yield_back() -> None:
    turn = address_of(turns[0])
    while turn[0].load() != OVER:
        if turn[0].load() == OTHERS:
            turn[0].store(MINE)
        system.yield_processor()


def signal_self(rounds: int) -> int:
    """A note to this process, its handler, and back; its file is open."""
    notes.notify(lambda note: True)
    number = system.open(b"/proc/self/note")
    start = now()
    for _ in range(rounds):
        system.write(number, b"hello")
    result = now() - start
    system.close(number)
    notes.stop_handling()
    return result
