"""Terms that have a value.

Each operation reads its operands in the order in which they stand, then where to store the result, and only then does it
anything; so what an operand changes is seen by those behind it.

Source: ACPI 6.5, sections 20.2.5.4 and 19.6.
"""

from __future__ import annotations

from lang import u8, u16, u64
from modules.acpi.aml import (
    arithmetic,
    buses,
    calls,
    conversions,
    data,
    loading,
    mutexes,
    namespace,
    places,
    sequences,
    store,
)
from modules.acpi.aml.errors import BadOpcode, DividedByZero, WrongType
from modules.acpi.aml.field_unit import FieldUnit
from modules.acpi.aml.frame import Frame
from modules.acpi.aml.machine import Machine
from modules.acpi.aml.opcodes import Op
from modules.acpi.aml.values import (
    Bytes,
    Event,
    Integer,
    Kind,
    Mutex,
    Package,
    Place,
    Reference,
    Value,
)


def operand(machine: Machine, frame: Frame) -> Value:
    """Carry out a term, and return its value."""
    machine.count_operation()
    opcode = frame.peek_opcode()
    if data.is_name(opcode):
        return name(machine, frame)
    frame.take_opcode()
    if Op.LOCAL_0 <= opcode <= Op.ARGUMENT_6:
        return places.value_in(frame, opcode)
    constant = data.constant(machine, frame, opcode)
    if constant is not None:
        return constant
    number = of_integers(machine, frame, opcode)
    if number is not None:
        return number
    return of_objects(machine, frame, opcode)


def name(machine: Machine, frame: Frame) -> Value:
    """Return what a name gives; a method is called.

    Raises:
        NoValue: the method returns nothing.
    """
    node = namespace.find(frame, frame.take_name())
    value = node.value
    if value is not None and value.kind == Kind.METHOD:
        return calls.needed(calls.from_term(machine, frame, node, value))
    return places.value_of(machine, node)


def integer(machine: Machine, frame: Frame) -> u64:
    """Carry out a term that gives an integer."""
    return conversions.to_integer(machine, machine.operand(frame))


def put(machine: Machine, frame: Frame, result: Value) -> Value:
    """Read a target, store a result there, and return it."""
    place = machine.target(frame)
    store.store(machine, result, place)
    return result


def put_number(machine: Machine, frame: Frame, result: u64) -> Value:
    return put(machine, frame, Integer(result & machine.mask))


# Integers ---------------------------------------------------------------------------------------


def of_integers(machine: Machine, frame: Frame, opcode: u16) -> Value | None:
    """Carry out an operation on integers; None: it is none."""
    match opcode:
        case (
            Op.ADD
            | Op.SUBTRACT
            | Op.MULTIPLY
            | Op.SHIFT_LEFT
            | Op.SHIFT_RIGHT
            | Op.AND
            | Op.NAND
            | Op.OR
            | Op.NOR
            | Op.XOR
            | Op.MOD
        ):
            left = integer(machine, frame)
            right = integer(machine, frame)
            return put_number(machine, frame, arithmetic.binary(opcode, left, right))
        case Op.NOT | Op.FIND_SET_LEFT_BIT | Op.FIND_SET_RIGHT_BIT | Op.TO_BCD | Op.FROM_BCD:
            value = integer(machine, frame)
            return put_number(machine, frame, arithmetic.unary(opcode, value, machine.mask))
        case Op.DIVIDE:
            return divide(machine, frame)
        case Op.INCREMENT:
            return change(machine, frame, 1)
        case Op.DECREMENT:
            return change(machine, frame, machine.mask)
        case Op.LOGICAL_AND | Op.LOGICAL_OR | Op.LOGICAL_NOT | Op.EQUAL | Op.GREATER | Op.LESS:
            return Integer(arithmetic.truth(logical(machine, frame, opcode)) & machine.mask)
        case _:
            return None


def divide(machine: Machine, frame: Frame) -> Value:
    """Divide; the remainder is stored first, then the quotient."""
    dividend = integer(machine, frame)
    divisor = integer(machine, frame)
    remainder = machine.target(frame)
    quotient = machine.target(frame)
    if divisor == 0:
        raise DividedByZero
    store.store(machine, Integer(dividend % divisor), remainder)
    result = Integer(dividend // divisor)
    store.store(machine, result, quotient)
    return result


def change(machine: Machine, frame: Frame, by: u64) -> Value:
    """Add to what is in a place."""
    place = machine.target(frame)
    before = conversions.to_integer(machine, place)
    result = Integer(arithmetic.binary(u16(Op.ADD), before, by) & machine.mask)
    store.store(machine, result, place)
    return result


def logical(machine: Machine, frame: Frame, opcode: u16) -> bool:
    """Return whether something holds. Both operands are carried out in any case."""
    match opcode:
        case Op.LOGICAL_NOT:
            return integer(machine, frame) == 0
        case Op.LOGICAL_AND:
            left = integer(machine, frame)
            right = integer(machine, frame)
            return left != 0 and right != 0
        case Op.LOGICAL_OR:
            first = integer(machine, frame)
            second = integer(machine, frame)
            return first != 0 or second != 0
        case _:
            one = machine.operand(frame)
            order = sequences.compare(machine, one, machine.operand(frame))
            if opcode == Op.EQUAL:
                return order == 0
            return order > 0 if opcode == Op.GREATER else order < 0


# Other objects ----------------------------------------------------------------------------------


def of_objects(machine: Machine, frame: Frame, opcode: u16) -> Value:
    """Carry out an operation on other objects.

    Raises:
        BadOpcode: there is none of this number.
    """
    match opcode:
        case Op.BUFFER:
            return data.buffer(machine, frame)
        case Op.PACKAGE:
            return data.package(machine, frame)
        case Op.VARIABLE_PACKAGE:
            return data.variable_package(machine, frame)
        case Op.STORE:
            return stored(machine, frame)
        case Op.COPY_OBJECT:
            return copy_object(machine, frame)
        case Op.REF_OF:
            return machine.target(frame)
        case Op.COND_REF_OF:
            return conditional_reference(machine, frame)
        case Op.DEREF_OF:
            return places.behind(machine, frame, machine.operand(frame))
        case Op.INDEX:
            source = machine.operand(frame)
            return put(machine, frame, places.index(machine, source, integer(machine, frame)))
        case Op.SIZE_OF:
            return Integer(size_of(machine, machine.target(frame)))
        case Op.OBJECT_TYPE:
            return Integer(type_of(machine, machine.target(frame)))
        case Op.DEBUG:
            return Reference(Place.DEBUG)
        case _:
            return of_sequences(machine, frame, opcode)


def of_sequences(machine: Machine, frame: Frame, opcode: u16) -> Value:
    """Carry out an operation on strings, buffers or packages."""
    match opcode:
        case Op.CONCATENATE:
            left = machine.operand(frame)
            right = machine.operand(frame)
            return put(machine, frame, sequences.concatenate(machine, left, right))
        case Op.CONCATENATE_RESOURCES:
            first = machine.operand(frame)
            second = machine.operand(frame)
            return put(machine, frame, sequences.concatenate_resources(machine, first, second))
        case Op.MID:
            source = machine.operand(frame)
            start = integer(machine, frame)
            size = integer(machine, frame)
            return put(machine, frame, sequences.mid(machine, source, start, size))
        case Op.MATCH:
            return match(machine, frame)
        case Op.TO_BUFFER:
            buffer = conversions.to_buffer(machine, machine.operand(frame))
            return put(machine, frame, store.copy_of(buffer))
        case Op.TO_INTEGER:
            number = sequences.to_integer(machine, machine.operand(frame))
            return put_number(machine, frame, number)
        case Op.TO_DECIMAL_STRING:
            return put(machine, frame, sequences.to_decimal_string(machine, machine.operand(frame)))
        case Op.TO_HEX_STRING:
            return put(machine, frame, sequences.to_hex_string(machine, machine.operand(frame)))
        case Op.TO_STRING:
            content = machine.operand(frame)
            length = integer(machine, frame)
            return put(machine, frame, sequences.to_string(machine, content, length))
        case _:
            return of_system(machine, frame, opcode)


def of_system(machine: Machine, frame: Frame, opcode: u16) -> Value:
    """Carry out an operation on locks, time or tables."""
    match opcode:
        case Op.ACQUIRE:
            mutex = places.object_at(machine, machine.target(frame))
            frame.take(2)  # how long to wait: nobody else can hold it
            if mutex is None or not isinstance(mutex, Mutex):
                raise WrongType
            mutexes.acquire(machine, mutex)
            return Integer(0)
        case Op.WAIT:
            return wait(machine, frame)
        case Op.TIMER:
            return Integer(machine.platform.ticks() & machine.mask)
        case Op.LOAD:
            return loading.load(machine, frame)
        case Op.LOAD_TABLE:
            return loading.load_table(machine, frame)
        case _:
            raise BadOpcode


def stored(machine: Machine, frame: Frame) -> Value:
    """Store, and return what was stored; of a field of a bus, its answer."""
    value = machine.operand(frame)
    place = machine.target(frame)
    node = place.node
    field = None if node is None else node.value
    if isinstance(field, FieldUnit) and buses.is_bus(field):
        return store.transfer(machine, value, field)
    store.store(machine, value, place)
    return value


def copy_object(machine: Machine, frame: Frame) -> Value:
    value = machine.operand(frame)
    place = machine.target(frame)
    store.copy_object(machine, value, place)
    return value


def conditional_reference(machine: Machine, frame: Frame) -> Value:
    """Store a reference to what may be there, and return whether it is."""
    found = places.conditional(machine, frame)
    place = machine.target(frame)
    if found is None:
        return Integer(0)
    store.store(machine, found, place)
    return Integer(machine.mask)


def match(machine: Machine, frame: Frame) -> Value:
    """Search a package."""
    package = machine.operand(frame)
    first: u8 = frame.take_byte()
    one = machine.operand(frame)
    second: u8 = frame.take_byte()
    other = machine.operand(frame)
    start = integer(machine, frame)
    found = sequences.match(machine, package, (first, one), (second, other), start)
    return Integer(found & machine.mask)


def wait(machine: Machine, frame: Frame) -> Value:
    """Take a signal of an event; without one the time is up at once, since nobody else can give one."""
    event = places.object_at(machine, machine.target(frame))
    milliseconds = integer(machine, frame)
    if event is None or not isinstance(event, Event):
        raise WrongType
    if event.count > 0:
        event.count -= 1
        return Integer(0)
    machine.pause(milliseconds * 1000 if milliseconds < 0xFFFF else u64(0))
    return Integer(machine.mask)


def size_of(machine: Machine, place: Reference) -> u64:
    """Return how many bytes or elements an object has; of an integer, the bytes that all integers have.

    Raises:
        WrongType: it has none.
    """
    value = places.object_at(machine, place)
    if isinstance(value, Package):
        return value.count
    if isinstance(value, Bytes):
        return value.size
    if isinstance(value, Integer):
        return machine.integer_size
    raise WrongType


def type_of(machine: Machine, place: Reference) -> u64:
    """Return the number of an object's type."""
    last = places.last_of(machine, place)
    if last.place == Place.DEBUG:
        return u64(Kind.DEBUG)
    if last.place == Place.BYTE:
        return u64(Kind.BUFFER_FIELD)
    value = conversions.at(machine, last)
    if value is None or value.kind > Kind.DEBUG:
        return 0
    return u64(value.kind)
