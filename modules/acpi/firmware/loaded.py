"""The firmware's tables, loaded when there is work for them, and having that done.

    class Evaluation(Work):
        def run(self, interpreter: Interpreter) -> None: ...

    work = Evaluation(...)
    loaded.carry_out(work)
    if work.reason is None: ...          None: all went well

Work is done on a stack of its own (own_stack.py), by the thread that asks, one at a time. While AML sleeps, others wait.
A table that cannot be loaded is left out, and what is wrong in one is in the log.

Locks: `lock` guards everything here; taken before any other that AML's platform takes.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Final

from core.object import TypeInfo
from kernel.log import log
from kernel.mem.layout import VirtAddr
from kernel.sync.mutex import Mutex
from kernel.time import clock
from lang import Ptr, borrow, export, handled_class, no_raise, sleeps, u32, u64
from modules.acpi import acpi, control, kept
from modules.acpi.aml import devices, table_list
from modules.acpi.aml.errors import AmlError
from modules.acpi.aml.interpreter import Interpreter
from modules.acpi.aml.machine import Limits
from modules.acpi.firmware import embedded_controller, global_lock, own_stack
from modules.acpi.firmware.registers import Registers
from modules.acpi.firmware.setup import find_controller, say_how_interrupts_come
from modules.acpi.tables import table
from modules.acpi.tables.root import signature

ECDT: Final[u32] = signature("ECDT")
OPERATIONS: Final[u64] = 20_000_000  # of one evaluation
TICKS: Final[u64] = 300_000_000  # 30 s for one
NS_PER_MS: Final = 1_000_000


class Work(ABC):
    """Something to be done with the firmware's programs."""

    reason: Ptr[TypeInfo] | None  # the class of what went wrong; None: nothing

    def __init__(self) -> None:
        self.reason = None

    @abstractmethod
    @sleeps
    def run(self, interpreter: Interpreter) -> None:
        """Do it."""


class Nothing(Work):
    """Only have the tables loaded."""

    @sleeps
    def run(self, interpreter: Interpreter) -> None:
        pass


lock: Mutex
interpreter: Interpreter | None = None  # guarded by lock
stack: VirtAddr = 0  # its top; 0: there is none yet; guarded by lock
work: Work | None = None  # what is done now; guarded by lock


@no_raise
@sleeps
def carry_out(wanted: Work) -> None:
    """Do some work, on the firmware's stack; `wanted.reason` says what went wrong."""
    global work
    with lock:
        if not have_stack(wanted):
            return
        work = wanted
        own_stack.call(stack)
        work = None


@no_raise
@sleeps
def have_stack(wanted: Work) -> bool:
    global stack
    try:
        if stack == 0:
            stack = own_stack.make()
        return True
    except MemoryError:
        wanted.reason = handled_class().cast(TypeInfo)
        return False


@export("acpi_run_work")
@no_raise
@sleeps
def run_work() -> None:
    """Do what is to be done; runs on the firmware's stack."""
    wanted = work
    assert wanted is not None, "somebody asked"
    try:
        wanted.run(ready_interpreter())
    except Exception:  # noqa: BLE001 - whoever asked looks at it
        wanted.reason = handled_class().cast(TypeInfo)


def ready_interpreter() -> Interpreter:
    """Return the interpreter, with all tables loaded.

    Raises:
        MemoryError: there is too little memory.
    """
    global interpreter
    known = interpreter
    if known is not None:
        return known
    start = clock.uptime()
    platform = Registers()
    made = Interpreter(platform, Limits(OPERATIONS, own_stack.DEPTH, TICKS))
    platform.machine = borrow(made)
    made.has_newer_interfaces = True
    global_lock.begin(acpi.hardware.facs)
    load_all(made)
    interpreter = made
    control.enable()
    find_controller(made)
    devices.initialise(made)
    say_how_interrupts_come(made)
    took = (clock.uptime() - start) // NS_PER_MS
    log.info(
        f"acpi: the firmware's programs are loaded, with {made.load_errors} errors, in {took} ms"
    )
    return made


def load_all(made: Interpreter) -> None:
    """Hand in all tables, for AML that asks for them, and load the programs: the DSDT, which is the first that was kept,
    and what adds to it."""
    for index in range(kept.count):
        content = kept.content(index)
        try:
            table_list.add(made, content)
        except AmlError:
            log.warning(f"acpi: table {index} is left out")
        if table.signature_of(content) == ECDT:
            embedded_controller.read_table(content)
    made.load_kept()
