"""What a declaration says of a function or class: effects, placement, compile time.

Under CPython a decorator returns what it decorates and records the fact under the function's
`__facts__`, so that documentation and tests can show it. The effects are checked by the compiler.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

F = TypeVar("F")


def _record(target: F, name: str, value: Any = True) -> F:
    """Note a fact about a function, also when it is wrapped as a property or static method."""
    function = getattr(target, "fget", None) or getattr(target, "__func__", target)
    vars(function).setdefault("__facts__", {})[name] = value
    return target


def facts(target: Any) -> dict[str, Any]:
    """Return what the decorators of a function or method recorded."""
    function = getattr(target, "fget", None) or getattr(target, "__func__", target)
    return dict(vars(function).get("__facts__", {}))


def comptime(function: F) -> F:
    """The function runs while compiling, under CPython, and only there."""
    return _record(function, "comptime")


def inline(function: F) -> F:
    """Calls are replaced by the body."""
    return _record(function, "inline")


def noinline(function: F) -> F:
    """Calls stay calls."""
    return _record(function, "noinline")


def virtual(function: F) -> F:
    """Modules may override the method, though nothing else does: it is called through the class's table."""
    return _record(function, "virtual")


def cold(function: F) -> F:
    """The function is rarely called; its code is kept out of the way."""
    return _record(function, "cold")


def naked(function: F) -> F:
    """The function has no prologue: its body is one `asm`."""
    return _record(function, "naked")


def interrupt(function: F) -> F:
    """The processor enters the function through an interrupt vector."""
    return _record(function, "interrupt")


def no_alloc(function: F) -> F:
    """The function, and all that it calls, neither allocates nor frees."""
    return _record(function, "no_alloc")


def no_sleep(function: F) -> F:
    """The function, and all that it calls, never blocks."""
    return _record(function, "no_sleep")


def no_preempt(function: F) -> F:
    """The function runs on one processor from start to end."""
    return _record(function, "no_preempt")


def irq_safe(function: F) -> F:
    """The function may run in an interrupt handler."""
    return _record(function, "irq_safe")


def no_raise(function: F) -> F:
    """The function raises nothing to its caller."""
    return _record(function, "no_raise")


def sleeps(function: F) -> F:
    """The function blocks: the fact from which the compiler derives who may sleep."""
    return _record(function, "sleeps")


def takes_lock(function: F) -> F:
    """The function acquires a lock that leaves interrupts as they are."""
    return _record(function, "takes_lock")


def takes_interrupt_lock(function: F) -> F:
    """The function acquires a lock that keeps interrupts off."""
    return _record(function, "takes_interrupt_lock")


def holds(*locks: str) -> Callable[[F], F]:
    """The function is called with the named locks held."""
    return lambda function: _record(function, "holds", locks)


def export(name: str) -> Callable[[F], F]:
    """The function has this symbol name and C's calling convention."""
    return lambda function: _record(function, "export", name)


def section(name: str) -> Callable[[F], F]:
    """The function or variable lies in this section of the image."""
    return lambda function: _record(function, "section", name)


def syscall(number: int) -> Callable[[F], F]:
    """Programs call the function as the system call of this number."""
    return lambda function: _record(function, "syscall", number)


def over(kind: type) -> Callable[[F], F]:
    """The members of the IntEnum or IntFlag are stored as this integer type."""

    def decorate(enumeration: F) -> F:
        enumeration.__over__ = kind
        return enumeration

    return decorate
