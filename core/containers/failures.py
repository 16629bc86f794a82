"""Exceptions of programs as objects: the object of one raised without, chains, and the last report.

A failed check, and code that kernels share, raise a class without an object. Where a program asks for
the object, `caught` makes it, with the message that CPython has for what programs do most.

Source: Python Language Reference, section 7.8, and Library Reference, "Built-in Exceptions".
"""

from __future__ import annotations

from typing import TypeVar

from core import trap
from core.containers.text import from_bytes
from core.object import Header, TypeInfo
from core.world import current
from lang import (
    Array,
    CFunction,
    Order,
    Ptr,
    Slice,
    asm,
    borrow,
    inline,
    no_raise,
    retain,
    symbol_address,
    u8,
    u64,
)

# Where the object is made when there is no memory; it never ends, and a later one takes its place.
spare: Array[u64, 16]


T = TypeVar("T")


def refused(message: str, instead: T | None) -> T:
    """Raise TypeError, where an object of an abstract class would be made."""
    raise TypeError(message)


@no_raise
def caught(error: BaseException | None, type: Ptr[TypeInfo]) -> BaseException:
    """Return the exception of class `type` that is being handled; a new object if it has none.

    No class that is raised without an object has fields of its own, so `spare` has room for it.
    """
    if error is not None:
        return error
    allocate = CFunction[[u64, Ptr[TypeInfo]], Ptr[Header] | None](symbol_address("__pw_allocate"))
    found = allocate(type.size, type)
    is_spare = found is None
    object = spare[:].pointer.cast(Header) if found is None else found
    object.strong.store(2 if is_spare else 1, Order.RELAXED)
    object.weak.store(1, Order.RELAXED)
    object.type = type
    made = retain(object.cast(BaseException))
    object.strong.fetch_sub(1, Order.RELAXED)
    made.__message__ = usual_message(type)
    return made


def usual_message(type: Ptr[TypeInfo]) -> str:
    """Return what CPython says of the failed check that raises a class."""
    name = trap.text_at(type.name)
    if name == b"IndexError":
        return "list index out of range"
    if name == b"ZeroDivisionError":
        return "division by zero"
    if name == b"OverflowError":
        return "the result does not fit 64 bits"
    if name == b"RecursionError":
        return "maximum recursion depth exceeded"
    return ""


def equal_lengths(a: int, b: int) -> None:
    """See to it that two iterables that are zipped strictly have one length.

    Raises:
        ValueError: they do not.
    """
    if b < a:
        raise ValueError("zip() argument 2 is shorter than argument 1")
    if b > a:
        raise ValueError("zip() argument 2 is longer than argument 1")


def divisor(number: int) -> int:
    """Return a number by which a program divides.

    Raises:
        ZeroDivisionError: it is 0.
    """
    if number == 0:
        raise ZeroDivisionError("integer division or modulo by zero")
    return number


def modulus(number: int) -> int:
    """Like `divisor`, of `%`."""
    if number == 0:
        raise ZeroDivisionError("integer modulo by zero")
    return number


def float_divisor(number: float) -> float:
    """Like `divisor`, of `/` where one side is a float."""
    if number == 0.0:
        raise ZeroDivisionError("float division by zero")
    return number


def refuse_order(operator: str, name: str) -> bool:
    """Refuse to compare two objects of a class that has no order.

    Raises:
        TypeError: always.
    """
    raise TypeError(f"'{operator}' not supported between instances of '{name}' and '{name}'")


def position_in_tuple(index: int, length: int) -> int:
    """Return where the item of an index stands, which may count from the end.

    Raises:
        IndexError: there is none.
    """
    position = index if index >= 0 else index + length
    if position < 0 or position >= length:
        raise IndexError("tuple index out of range")
    return position


def look_at_stack() -> None:
    """Begin a function that may call itself.

    Raises:
        RecursionError: little of the stack is left.
    """
    if stack_pointer() < current.state().stack_end:
        raise RecursionError("maximum recursion depth exceeded")


@no_raise
def limit_stack(size: u64) -> None:
    """Let functions that call themselves use so much of the stack, in bytes, from here on."""
    current.state().stack_end = stack_pointer() - size


@inline
@no_raise
def stack_pointer() -> u64:
    return asm("movq %rsp, $0", inputs=[], outputs=[("=r", u64)], clobbers=[])


def class_name(error: BaseException) -> str:
    """Return the name of the class of an exception, without its module."""
    return name_of(borrow(error).cast(Header))


def name_of(object: Ptr[Header]) -> str:
    """Return the name of an object's class; what `type(x).__name__` is."""
    name = trap.text_at(object.type.name)
    start = len(name)
    while start > 0 and name[start - 1] != ord("."):
        start -= 1
    return from_bytes(name[start:])


def class_shown(object: Ptr[Header]) -> str:
    """Return what str() of an object's class is."""
    name = from_bytes(trap.text_at(object.type.name))
    return f"<class '{name.replace('core.world.program.', '__main__.')}'>"


@no_raise
def is_of_class(object: Ptr[Header], symbol: Slice[u8]) -> bool:
    """True for an object of the class with a symbol, and not of one that derives from it."""
    return trap.text_at(object.type.name) == symbol


@no_raise
def are_of_one_class(left: Ptr[Header], right: Ptr[Header]) -> bool:
    return left.type == right.type


def shown(error: BaseException) -> str:
    """Return what repr() gives of an exception."""
    arguments = error.__arguments__
    name = class_name(error)
    if arguments is not None:
        return f"{name}({arguments})"
    if error.__message__ == "":
        return f"{name}()"
    return f"{name}({error.__message__!r})"


# Chains --------------------------------------------------------------------------------------


def because(error: BaseException, cause: BaseException | None) -> None:
    """`raise error from cause`."""
    error.__cause__ = cause
    error.__suppress_context__ = True


def during(error: BaseException, handled: BaseException) -> None:
    """`error` leaves the handler of `handled`, which becomes the context of what it came of first."""
    step: BaseException | None = handled
    while step is not None:  # no circle: what is handled came of `error`, or is it
        if step is error:
            return
        step = step.__context__
    first = error
    step = error.__context__
    while step is not None:
        if step is handled:
            return
        first = step
        step = step.__context__
    first.__context__ = handled


# The last report -----------------------------------------------------------------------------


def line_of(error: BaseException) -> str:
    """Return the line that ends a traceback: the class, and the message if there is one."""
    name = full_name(borrow(error).cast(Header).type)
    try:
        message = error.__str__()
    except BaseException:  # noqa: BLE001 - whatever it is, the report goes on
        message = "<exception str() failed>"
    return f"{name}: {message}" if message else name


def full_name(type: Ptr[TypeInfo]) -> str:
    """Return the name of a class as tracebacks show it: with its module, unless that is the program."""
    name = from_bytes(trap.text_at(type.name))
    if name == "FrozenInstanceError":
        return f"dataclasses.{name}"
    return name.removeprefix("core.world.program.")


def none_has_no_attribute(name: str) -> None:
    """Refuse an attribute of None.

    Raises:
        AttributeError: always.
    """
    raise AttributeError(f"'NoneType' object has no attribute '{name}'")


def refuse_none(message: str) -> None:
    """Refuse None as an operand.

    Raises:
        TypeError: always.
    """
    raise TypeError(message)


def refuse_local(message: str) -> None:
    """Refuse a local variable that has no value.

    Raises:
        UnboundLocalError: always.
    """
    raise UnboundLocalError(message)


def refuse_name(message: str) -> None:
    """Refuse a name of the module that has no value.

    Raises:
        NameError: always.
    """
    raise NameError(message)


def refuse_frozen(name: str) -> None:
    """Refuse to set a field of a frozen dataclass.

    Raises:
        FrozenInstanceError: always.
    """
    raise FrozenInstanceError(f"cannot assign to field '{name}'")


def union_has_no_attribute(kind: str, name: str) -> None:
    """Refuse an attribute that a value of this type does not have.

    Raises:
        AttributeError: always.
    """
    raise AttributeError(f"'{kind}' object has no attribute '{name}'")


def refuse_operand(kind: str, message: str) -> None:
    """Refuse a value of this type; `{}` stands for it in the message.

    Raises:
        TypeError: always.
    """
    raise TypeError(message.replace("{}", kind))
