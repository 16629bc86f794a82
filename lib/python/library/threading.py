"""Python's module threading, for programs.

Threads run at the same time, on as many processors as there are; nothing but a lock keeps one waiting for another.

    Thread(target=f, args=(x, y))       Thread(bound_2(f, x, y), function="f"), as the compiler says it (compiler/phrases)

Source: Python Library Reference, module threading.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from lib.std import locks, threads

A = TypeVar("A")
B = TypeVar("B")
C = TypeVar("C")
D = TypeVar("D")
E = TypeVar("E")
F = TypeVar("F")
R = TypeVar("R")

Barrier = locks.Barrier
BoundedSemaphore = locks.BoundedSemaphore
Condition = locks.Condition
Event = locks.Event
Lock = locks.Lock
RLock = locks.RLock
Semaphore = locks.Semaphore
Thread = threads.Thread


def active_count() -> int:
    return threads.active_count()


def current_thread() -> Thread:
    return threads.current_thread()


def main_thread() -> Thread:
    return threads.main_thread()


def get_ident() -> int:
    return threads.get_ident()


def bound_0(function: Callable[[], R]) -> Callable[[], None]:
    def run() -> None:
        function()

    return run


def bound_1(function: Callable[[A], R], a: A) -> Callable[[], None]:
    def run() -> None:
        function(a)

    return run


def bound_2(function: Callable[[A, B], R], a: A, b: B) -> Callable[[], None]:
    def run() -> None:
        function(a, b)

    return run


def bound_3(function: Callable[[A, B, C], R], a: A, b: B, c: C) -> Callable[[], None]:
    def run() -> None:
        function(a, b, c)

    return run


def bound_4(function: Callable[[A, B, C, D], R], a: A, b: B, c: C, d: D) -> Callable[[], None]:
    def run() -> None:
        function(a, b, c, d)

    return run


def bound_5(
    function: Callable[[A, B, C, D, E], R], a: A, b: B, c: C, d: D, e: E
) -> Callable[[], None]:
    def run() -> None:
        function(a, b, c, d, e)

    return run


def bound_6(
    function: Callable[[A, B, C, D, E, F], R], a: A, b: B, c: C, d: D, e: E, f: F
) -> Callable[[], None]:
    def run() -> None:
        function(a, b, c, d, e, f)

    return run
