"""In place of the I/O ports: a controller with a keyboard and a mouse, each of which may be missing or broken."""

from __future__ import annotations

from lang import Array, irq_safe, no_raise, u8, u16, u32, usize
from tests.kernel.cpu.no_ports import read16, read32, write16, write32  # noqa: F401

# What is wrong, set by the test.
is_absent: bool = False
is_dead: bool = False  # there, but never does anything
is_broken: bool = False  # does not pass its test
ports: u8 = 2
devices: u8 = 3  # bit 0: a keyboard, bit 1: a mouse
resends: u32 = 0  # how many bytes the devices do not understand at first
mouse_kind: u8 = 4  # the identity that it has in the end

configuration: u8 = 0x47
expected: u8 = 0  # the command whose value comes next
queue: Array[u8, 64]
first: usize = 0
end: usize = 0
rates: Array[u8, 3]  # that the mouse was set to, the last one last
device_command: u8 = 0  # whose value comes next
told: Array[u8, 256]  # what the devices were sent
told_count: usize = 0


@irq_safe
@no_raise
def answer(byte: u8) -> None:
    global end
    queue[end % 64] = byte
    end += 1


@irq_safe
@no_raise
def read8(port: u16) -> u8:
    global first
    if is_absent:
        return 0xFF
    if port == 0x64:
        if is_dead:
            return 0x02
        return 0x10 | (1 if first != end else 0)
    if first == end:
        return 0
    first += 1
    return queue[(first - 1) % 64]


@irq_safe
@no_raise
def write8(port: u16, value: u8) -> None:
    global expected
    if is_absent or is_dead:
        return
    if port == 0x64:
        command(value)
        return
    code = expected
    expected = 0
    if code == 0x60:
        set_configuration(value)
    else:
        device(2 if code == 0xD4 else 1, value)


@irq_safe
@no_raise
def set_configuration(value: u8) -> None:
    global configuration
    configuration = value


@irq_safe
@no_raise
def command(code: u8) -> None:
    global configuration, expected
    match code:
        case 0x20:
            answer(configuration)
        case 0x60 | 0xD4:
            expected = code
        case 0xA7:
            configuration |= 0x20
        case 0xA8:
            if ports == 2:
                configuration &= 0xDF
        case 0xA9:
            answer(0)
        case 0xAA:
            answer(0xFC if is_broken else 0x55)
        case 0xAB:
            answer(0)
        case 0xAD:
            configuration |= 0x10
        case 0xAE:
            configuration &= 0xEF
        case _:
            assert False, "no such command"


@irq_safe
@no_raise
def device(place: u8, value: u8) -> None:
    global resends, device_command, told_count
    assert configuration & (0x10 << (place - 1)) == 0, "the port is off"
    if devices & place == 0:
        return
    if resends > 0:
        resends -= 1
        answer(0xFE)
        return
    told[told_count] = value
    told_count += 1
    answer(0xFA)
    code = device_command
    device_command = 0
    if code == 0xF3:
        rates[0] = rates[1]
        rates[1] = rates[2]
        rates[2] = value
    elif code == 0:
        obey(place, value)


@irq_safe
@no_raise
def obey(place: u8, code: u8) -> None:
    global device_command
    match code:
        case 0xFF:
            answer(0xAA)
            if place == 2:
                answer(0)
        case 0xF2:
            answer(identity())
        case 0xF3 | 0xE8 | 0xF0 | 0xED:
            device_command = code


@irq_safe
@no_raise
def identity() -> u8:
    if rates[0] == 200 and rates[2] == 80:
        if rates[1] == 200 and mouse_kind == 4:
            return 4
        if mouse_kind >= 3:
            return 3
    return 0
