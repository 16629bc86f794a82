"""Terms that say where to go on, and all others as they stand in a list.

Source: ACPI 6.5, sections 20.2.5.3 and 19.6.
"""

from __future__ import annotations

from lang import no_raise, u16
from modules.acpi.aml import (
    calls,
    data,
    definitions,
    expressions,
    field_lists,
    loading,
    mutexes,
    namespace,
    places,
)
from modules.acpi.aml.errors import WrongType
from modules.acpi.aml.frame import Frame
from modules.acpi.aml.machine import Flow, Machine
from modules.acpi.aml.opcodes import Op
from modules.acpi.aml.values import Event, Kind, Mutex


def statement(machine: Machine, frame: Frame) -> Flow:
    """Carry out one term of a list. All functions below are called behind its opcode."""
    machine.count_operation()
    start = frame.at
    opcode = frame.take_opcode()
    if data.is_name(opcode):
        frame.at = start
        call_or_name(machine, frame)
        return Flow.NEXT
    match opcode:
        case Op.IF:
            return conditional(machine, frame)
        case Op.ELSE:
            return skipped(frame)
        case Op.WHILE:
            return loop(machine, frame)
        case Op.RETURN:
            frame.result = machine.operand(frame)
            return Flow.RETURN
        case Op.BREAK:
            return Flow.BREAK
        case Op.CONTINUE:
            return Flow.CONTINUE
        case Op.SCOPE:
            return definitions.scope(machine, frame)
        case Op.DEVICE:
            return definitions.device(machine, frame)
        case Op.PROCESSOR:
            return definitions.processor(machine, frame)
        case Op.POWER_RESOURCE:
            return definitions.power_resource(machine, frame)
        case Op.THERMAL_ZONE:
            return definitions.thermal_zone(machine, frame)
        case _:
            if not definition(machine, frame, opcode) and not action(machine, frame, opcode):
                frame.at = start
                machine.operand(frame)
            return Flow.NEXT


def call_or_name(machine: Machine, frame: Frame) -> None:
    """Call a method, which need not return anything; any other name is only looked up."""
    node = namespace.find(frame, frame.take_name())
    value = node.value
    if value is not None and value.kind == Kind.METHOD:
        calls.from_term(machine, frame, node, value)


# Where to go on ---------------------------------------------------------------------------------


def conditional(machine: Machine, frame: Frame) -> Flow:
    """Carry out If, and the Else that may stand behind it."""
    end = frame.take_length()
    if expressions.integer(machine, frame) != 0:
        flow = machine.run(frame, end)
        if flow == Flow.NEXT and not frame.is_at_end and frame.peek_opcode() == Op.ELSE:
            frame.take_opcode()
            return skipped(frame)
        return flow
    frame.at = end
    if frame.is_at_end or frame.peek_opcode() != Op.ELSE:
        return Flow.NEXT
    frame.take_opcode()
    return machine.run(frame, frame.take_length())


def skipped(frame: Frame) -> Flow:
    """Step over a term with a length; so does who meets an Else whose If was in error."""
    frame.at = frame.take_length()
    return Flow.NEXT


def loop(machine: Machine, frame: Frame) -> Flow:
    """Carry out While."""
    end = frame.take_length()
    start = frame.at
    while True:
        machine.count_operation()
        machine.check_time()
        frame.at = start
        if expressions.integer(machine, frame) == 0:
            break
        flow = machine.run(frame, end)
        if flow == Flow.RETURN:
            return flow
        if flow == Flow.BREAK:
            break
    frame.at = end
    return Flow.NEXT


# Terms without a value --------------------------------------------------------------------------


def definition(machine: Machine, frame: Frame, opcode: u16) -> bool:
    """Carry out a term that makes a name; False: it is none."""
    match opcode:
        case Op.ALIAS:
            definitions.alias(machine, frame)
        case Op.NAME:
            definitions.name(machine, frame)
        case Op.METHOD:
            definitions.method(machine, frame)
        case Op.EXTERNAL:
            definitions.external(machine, frame)
        case Op.MUTEX:
            definitions.mutex(machine, frame)
        case Op.EVENT:
            definitions.event(machine, frame)
        case Op.OPERATION_REGION:
            definitions.region(machine, frame)
        case Op.DATA_REGION:
            definitions.data_region(machine, frame)
        case _:
            return field_definition(machine, frame, opcode)
    return True


def field_definition(machine: Machine, frame: Frame, opcode: u16) -> bool:
    """Carry out a term that makes fields; False: it is none."""
    match opcode:
        case Op.FIELD:
            field_lists.of_region(machine, frame)
        case Op.INDEX_FIELD:
            field_lists.behind_index(machine, frame)
        case Op.BANK_FIELD:
            field_lists.in_bank(machine, frame)
        case (
            Op.CREATE_BIT_FIELD
            | Op.CREATE_BYTE_FIELD
            | Op.CREATE_WORD_FIELD
            | Op.CREATE_DOUBLE_WORD_FIELD
            | Op.CREATE_QUAD_WORD_FIELD
            | Op.CREATE_FIELD
        ):
            field_lists.of_buffer(machine, frame, opcode)
        case _:
            return False
    return True


def action(machine: Machine, frame: Frame, opcode: u16) -> bool:
    """Carry out a term that only does something; False: it is none."""
    match opcode:
        case Op.NOOP | Op.BREAK_POINT:
            pass
        case Op.NOTIFY:
            notify(machine, frame)
        case Op.STALL:
            machine.pause(expressions.integer(machine, frame) & 0xFFFF)
        case Op.SLEEP:
            machine.pause((expressions.integer(machine, frame) & 0xFFFF) * 1000)
        case Op.SIGNAL | Op.RESET:
            change_event(machine, frame, opcode)
        case Op.RELEASE:
            mutex = places.object_at(machine, machine.target(frame))
            if mutex is None or not isinstance(mutex, Mutex):
                raise WrongType
            mutexes.release(machine, mutex)
        case Op.UNLOAD:
            loading.unload(machine, frame)
        case Op.FATAL:
            fatal(machine, frame)
        case _:
            return False
    return True


def notify(machine: Machine, frame: Frame) -> None:
    """Tell the system that something happened to a device. ACPI 6.5, section 19.6.94.

    Raises:
        WrongType: nothing can happen to what is named.
    """
    node = places.node_at(machine, machine.target(frame))
    value = node.value
    number = expressions.integer(machine, frame)
    if value is None or not can_be_notified(value.kind):
        raise WrongType
    machine.platform.notify(node, number)


@no_raise
def can_be_notified(kind: Kind) -> bool:
    return kind == Kind.DEVICE or kind == Kind.PROCESSOR or kind == Kind.THERMAL_ZONE


def fatal(machine: Machine, frame: Frame) -> None:
    """Tell the system that the firmware sees a fatal error; what it does then is its own affair."""
    kind = frame.take_byte()
    code = frame.take_double_word()
    machine.platform.fatal(kind, code, expressions.integer(machine, frame))


def change_event(machine: Machine, frame: Frame, opcode: u16) -> None:
    """Give an event a signal, or take all from it."""
    event = places.object_at(machine, machine.target(frame))
    if event is None or not isinstance(event, Event):
        raise WrongType
    event.count = event.count + 1 if opcode == Op.SIGNAL else 0
