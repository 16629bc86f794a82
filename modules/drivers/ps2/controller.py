"""The controller of keyboard and mouse: an 8042, or what behaves like one.

It has two ports, each for one device, and one register through which the bytes of both come. While the
devices are set up, one port is on at a time, so that it is known whose bytes they are, and they are waited for by
looking; afterwards both are on, and interrupt.

Some machines have no controller: then every read gives ones, or nothing ever happens. All waiting has an end.

Locks: `lock` from the look at who sent a byte until it was taken, once interrupts are on.
Source: IBM, "Keyboard and Auxiliary Device Controller", PS/2 Hardware Interface Technical Reference, 1990.
"""

from __future__ import annotations

from enum import IntEnum, IntFlag
from typing import Final

from kernel.cpu import port
from kernel.log import log
from kernel.module.description import NotUsable
from kernel.sync.spin_lock import SpinLock
from lang import irq_safe, no_raise, over, spin_hint, u8, u16, u32

DATA: Final[u16] = 0x60
COMMAND: Final[u16] = 0x64  # written; read, it is the status
NOBODY: Final[u8] = 0xFF  # what a port gives that nothing is at

# Looks at the status; one takes a microsecond at least.
ANSWER_LOOKS: Final[u32] = 500_000
RESET_LOOKS: Final[u32] = 1_000_000  # a device tests itself meanwhile
ROOM_LOOKS: Final[u32] = 50_000
MOST_DRAINED: Final = 1024
MOST_TRIES: Final = 3


@over(u8)
class Status(IntFlag):
    HAS_BYTE = 1 << 0
    IS_BUSY = 1 << 1
    IS_FROM_SECOND = 1 << 5


@over(u8)
class Command(IntEnum):
    READ_CONFIGURATION = 0x20
    WRITE_CONFIGURATION = 0x60
    SECOND_OFF = 0xA7
    SECOND_ON = 0xA8
    TEST_SECOND = 0xA9
    TEST = 0xAA
    TEST_FIRST = 0xAB
    FIRST_OFF = 0xAD
    FIRST_ON = 0xAE
    TO_SECOND = 0xD4


@over(u8)
class Configuration(IntFlag):
    FIRST_INTERRUPTS = 1 << 0
    SECOND_INTERRUPTS = 1 << 1
    FIRST_IS_OFF = 1 << 4
    SECOND_IS_OFF = 1 << 5
    TRANSLATES = 1 << 6  # the keyboard's scan codes of set 2 into those of set 1


INTERRUPTS: Final = Configuration.FIRST_INTERRUPTS | Configuration.SECOND_INTERRUPTS


@over(u8)
class DeviceCommand(IntEnum):
    """What keyboards and mice understand alike."""

    IDENTIFY = 0xF2
    ENABLE = 0xF4
    DISABLE = 0xF5
    DEFAULTS = 0xF6
    RESET = 0xFF


@over(u8)
class Answer(IntEnum):
    SELF_TEST_PASSED = 0xAA
    ACKNOWLEDGE = 0xFA
    RESEND = 0xFE


TESTED: Final[u8] = 0x55
PORT_TESTED: Final[u8] = 0x00


@over(u8)
class Place(IntEnum):
    """A port."""

    FIRST = 0
    SECOND = 1


class NoAnswer(Exception):
    """Something was waited for in vain, or is not what it should be."""


lock: SpinLock
current: Configuration = Configuration(0)  # as it was written last
has_first: bool = False
has_second: bool = False


# The controller ---------------------------------------------------------------------------------


def begin() -> None:
    """Test the controller; afterwards it is known which ports there are, and both are off.

    Raises:
        NotUsable: there is no controller, or it does not pass its test.
    """
    global has_first, has_second
    if port.read8(COMMAND) == NOBODY:
        log.debug("ps2: there is no controller")
        raise NotUsable
    try:
        command(Command.FIRST_OFF)
        command(Command.SECOND_OFF)
        drain()
        configure(Configuration(0))
        if ask(Command.TEST) != TESTED:
            log.warning("ps2: the controller does not pass its test")
            raise NotUsable
        configure(Configuration(0))  # the test may have been a reset
        has_first = ask(Command.TEST_FIRST) == PORT_TESTED
        has_second = is_there_second() and ask(Command.TEST_SECOND) == PORT_TESTED
        command(Command.FIRST_OFF)
        command(Command.SECOND_OFF)
    except NoAnswer:
        log.warning("ps2: the controller does not answer")
        raise NotUsable


def configure(interrupts: Configuration) -> None:
    """Let what comes be as the devices send it, and some of the ports interrupt."""
    global current
    changed = INTERRUPTS | Configuration.TRANSLATES
    current = Configuration(ask(Command.READ_CONFIGURATION)) & ~changed | interrupts
    command(Command.WRITE_CONFIGURATION)
    write(DATA, current)


@no_raise
def set_interrupts(interrupts: Configuration) -> None:
    """Let some of the ports interrupt, while devices are in use: nothing is asked, as what they send could be taken for the answer."""
    global current
    with lock:  # what is sent to the keyboard meanwhile would be taken for the configuration
        current = current & ~INTERRUPTS | interrupts
        if wait(Status.IS_BUSY, False, ROOM_LOOKS):
            port.write8(COMMAND, Command.WRITE_CONFIGURATION)
            wait(Status.IS_BUSY, False, ROOM_LOOKS)
            port.write8(DATA, current)


def is_there_second() -> bool:
    """Whether there is a second port: one that can be turned on."""
    command(Command.SECOND_ON)
    return ask(Command.READ_CONFIGURATION) & Configuration.SECOND_IS_OFF == 0


def turn(place: Place, is_on: bool) -> None:
    """Turn a port on or off.

    Raises:
        NoAnswer: the controller is stuck.
    """
    global current
    off = Configuration.FIRST_IS_OFF if place == Place.FIRST else Configuration.SECOND_IS_OFF
    current = current & ~off if is_on else current | off
    if place == Place.FIRST:
        command(Command.FIRST_ON if is_on else Command.FIRST_OFF)
    else:
        command(Command.SECOND_ON if is_on else Command.SECOND_OFF)


def command(code: Command) -> None:
    write(COMMAND, code)


def ask(code: Command) -> u8:
    """Give a command, and return the answer.

    Raises:
        NoAnswer: none comes.
    """
    command(code)
    return receive(ANSWER_LOOKS)


@no_raise
def drain() -> None:
    """Throw away what has come."""
    for _ in range(MOST_DRAINED):
        if port.read8(COMMAND) & Status.HAS_BYTE == 0:
            return
        port.read8(DATA)


# The devices ------------------------------------------------------------------------------------


def reset(place: Place) -> None:
    """Have a device test itself.

    Raises:
        NoAnswer: there is none, or it does not pass.
    """
    tell(place, DeviceCommand.RESET)
    if receive(RESET_LOOKS) != Answer.SELF_TEST_PASSED:
        raise NoAnswer


def tell(place: Place, byte: u8) -> None:
    """Send a byte to a device, which confirms it.

    Raises:
        NoAnswer: it does not.
    """
    for _ in range(MOST_TRIES):
        send(place, byte)
        answer = receive(ANSWER_LOOKS)
        if answer == Answer.ACKNOWLEDGE:
            return
        if answer != Answer.RESEND:
            break
    raise NoAnswer


def tell_value(place: Place, code: u8, value: u8) -> None:
    """Send a command and what it takes to a device."""
    tell(place, code)
    tell(place, value)


def send(place: Place, byte: u8) -> None:
    """Send a byte to a device.

    Raises:
        NoAnswer: the controller is stuck.
    """
    if place == Place.SECOND:
        command(Command.TO_SECOND)
    write(DATA, byte)


def write(register: u16, value: u8) -> None:
    if not wait(Status.IS_BUSY, False, ROOM_LOOKS):
        raise NoAnswer
    port.write8(register, value)


def receive(looks: u32) -> u8:
    """Wait for a byte and return it.

    Raises:
        NoAnswer: none comes.
    """
    if not wait(Status.HAS_BYTE, True, looks):
        raise NoAnswer
    return port.read8(DATA)


@no_raise
def wait(bit: Status, is_set: bool, looks: u32) -> bool:
    """Wait until a bit of the status is as it should be; return whether it is."""
    for _ in range(looks):
        if (port.read8(COMMAND) & bit != 0) == is_set:
            return True
        spin_hint()
    return False


@irq_safe
@no_raise
def try_send_to_first(byte: u8) -> bool:
    """Send a byte to the first device, from an interrupt handler; return whether there was room for it."""
    for _ in range(MOST_DRAINED):
        if port.read8(COMMAND) & Status.IS_BUSY == 0:
            port.write8(DATA, byte)
            return True
        spin_hint()
    return False
