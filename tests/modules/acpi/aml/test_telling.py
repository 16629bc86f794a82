"""What AML tells the system (Notify), and what the system tells AML (_REG, _INI)."""

from __future__ import annotations

import pytest

from tests.modules.acpi.aml import assembler as aml
from tests.modules.acpi.aml.assembler import (
    ARG,
    LOCAL,
    binary,
    buffer,
    device,
    method,
    name,
    named,
    number,
    region,
    returned,
    store,
)

EMBEDDED_CONTROLLER, CMOS = 3, 5
SPACES = {"memory": 0, "ports": 1, "PCI": 2, "controller": 3, "SMBus": 4, "CMOS": 5, "IPMI": 7}


def notices(interpreter) -> list[str]:
    return bytes(interpreter.subject.notices()).decode().splitlines()


# Notify -----------------------------------------------------------------------------------------


def test_the_system_hears_of_devices_in_order(interpreter) -> None:
    interpreter.load(
        device("DEV"),
        aml.enclosed(b"\x5b\x83", name("CPU") + bytes(6)),
        aml.enclosed(b"\x5b\x85", name("THRM")),
        aml.alias("DEV", "OTHR"),
        method(
            "M",
            aml.notify("DEV", number(0x80)),
            aml.notify("CPU", number(0x81)),
            aml.notify("THRM", aml.ZERO),
            aml.notify("OTHR", aml.ONE),
            aml.notify("\\_SB", number(0x1_0000_0002)),
        ),
    )
    assert interpreter.value("\\M") == "N"
    assert notices(interpreter) == [
        "\\DEV 0x80",
        "\\CPU 0x81",
        "\\THRM 0x0",
        "\\DEV 0x1",
        "\\_SB 0x100000002",
    ]


def test_a_device_may_be_given_by_reference(interpreter) -> None:
    interpreter.load(
        device("DEV"),
        method("TELL", b"\x86" + ARG[0] + number(2), arguments=1),
        method(
            "M",
            store(b"\x71" + name("DEV"), LOCAL[0]),
            b"\x86" + LOCAL[0] + number(1),
            name("TELL") + name("DEV"),
        ),
    )
    assert interpreter.value("\\M") == "N"
    assert notices(interpreter) == ["\\DEV 0x1", "\\DEV 0x2"]


@pytest.mark.parametrize("wrong", ["NUM", "\\_GPE", "MTHD", "NONE"])
def test_only_devices_are_notified(interpreter, wrong: str) -> None:
    interpreter.load(
        named("NUM", number(1)), method("MTHD"), method("M", aml.notify(wrong, number(1)))
    )
    assert interpreter.value("\\M") == ("NotFound" if wrong == "NONE" else "WrongType")
    assert notices(interpreter) == []


# _REG -------------------------------------------------------------------------------------------

COUNT = named("SEEN", aml.ZERO)  # two hexadecimal digits for each call: the kind of register, and 1


def hears(kind: bytes = ARG[0], is_there: bytes = ARG[1]) -> bytes:
    both = binary(aml.OR, binary(aml.SHIFT_LEFT, kind, number(4)), is_there)
    before = binary(aml.SHIFT_LEFT, name("\\SEEN"), number(8))
    return method("_REG", store(binary(aml.OR, before, both), name("\\SEEN")), arguments=2)


@pytest.mark.parametrize("kind", SPACES)
def test_a_device_hears_that_its_registers_can_be_reached(interpreter, kind: str) -> None:
    space = SPACES[kind]
    interpreter.load(COUNT, device("DEV", region("REG", space, number(0), number(4)), hears()))
    interpreter.subject.initialise()
    is_always_there = kind in ("memory", "ports")
    assert interpreter.value("\\SEEN") == ("I:0" if is_always_there else f"I:{space << 4 | 1:X}")


def test_it_does_not_hear_of_what_cannot_be_reached(interpreter) -> None:
    interpreter.load(
        COUNT,
        device(
            "DEV",
            region("EC", EMBEDDED_CONTROLLER, number(0), number(4)),
            region("RTC", CMOS, number(0), number(4)),
            hears(),
        ),
    )
    interpreter.subject.refuse_registers(1 << EMBEDDED_CONTROLLER)
    interpreter.subject.initialise()
    assert interpreter.value("\\SEEN") == "I:51"


def test_each_region_is_told_of_where_it_is(interpreter) -> None:
    silent = device("DEV2", region("REG", CMOS, number(0), number(4)))
    interpreter.load(
        COUNT,
        region("REG", CMOS, number(0), number(4)),
        device("DEV", *(region(each, CMOS, number(0), number(4)) for each in ("A", "B")), hears()),
        silent,
        device("TBL", aml.data_region("REG", *[aml.string(x) for x in ("DSDT", "", "")]), hears()),
    )
    interpreter.subject.initialise()
    assert interpreter.value("\\SEEN") == "I:5151"


def test_who_fails_to_hear_keeps_nobody_else_from_it(interpreter) -> None:
    bad = method("_REG", name("NONE"), arguments=2)
    regions = region("REG", CMOS, number(0), number(4))
    interpreter.load(COUNT, device("BAD", regions, bad), device("GOOD", regions, hears()))
    interpreter.subject.initialise()
    assert interpreter.value("\\SEEN") == "I:51"


@pytest.mark.parametrize("is_first", [False, True])
def test_the_devices_of_a_table_loaded_later_hear_it_too(interpreter, is_first: bool) -> None:
    """Wherever in its device the method stands."""
    both = [region("REG", CMOS, number(0), number(4)), hears()]
    terms = both[::-1] if is_first else both
    bad = device("\\BAD", region("REG", CMOS, number(0), number(4)), method("_REG", name("NONE")))
    added = aml.table(bad, device("\\DEV", *terms), signature=b"SSDT")
    interpreter.load(
        COUNT,
        named("BUF", buffer(added)),
        method("LOAD", aml.load("BUF", LOCAL[0]), returned(number(1))),
    )
    interpreter.subject.initialise()
    assert interpreter.value("\\LOAD") == "I:1"
    assert interpreter.value("\\SEEN") == "I:51"


def controller(*terms: bytes, identity: bytes = number(0x090C_D041)) -> bytes:
    return device("EC", named("_HID", identity), *terms)


@pytest.mark.parametrize("identity", [number(0x090C_D041), aml.string("PNP0C09")])
def test_an_embedded_controller_without_a_region_hears_it_once(
    interpreter, identity: bytes
) -> None:
    interpreter.load(COUNT, controller(hears(), identity=identity))
    interpreter.subject.initialise()
    assert interpreter.value("\\SEEN") == "I:31"


def test_one_that_has_a_region_hears_of_that_alone(interpreter) -> None:
    own = region("REG", EMBEDDED_CONTROLLER, number(0), number(4))
    interpreter.load(COUNT, controller(own, region("RTC", CMOS, number(0), number(4)), hears()))
    interpreter.subject.initialise()
    assert interpreter.value("\\SEEN") == "I:3151"


def test_nobody_else_hears_of_registers_that_it_has_no_region_of(interpreter) -> None:
    interpreter.load(COUNT, device("DEV", hears()), controller(hears(), identity=number(1)))
    interpreter.subject.initialise()
    assert interpreter.value("\\SEEN") == "I:0"


def test_one_that_cannot_be_reached_does_not_hear_it(interpreter) -> None:
    interpreter.load(COUNT, controller(hears()))
    interpreter.subject.refuse_registers(1 << EMBEDDED_CONTROLLER)
    interpreter.subject.initialise()
    assert interpreter.value("\\SEEN") == "I:0"


def load_later(interpreter, *added: bytes, first: tuple[bytes, ...] = ()) -> None:
    """Have AML load a table once all devices are initialised."""
    content = aml.table(*added, signature=b"SSDT")
    load = method("LOAD", aml.load("BUF", LOCAL[0]), returned(number(1)))
    assert interpreter.load(COUNT, *first, named("BUF", buffer(content)), load) == 0
    interpreter.subject.initialise()
    assert interpreter.value("\\LOAD") == "I:1"


def test_an_embedded_controller_of_a_table_loaded_later_hears_it_too(interpreter) -> None:
    load_later(interpreter, aml.scope("\\_SB", controller(hears())))
    assert interpreter.value("\\SEEN") == "I:31"


# _INI -------------------------------------------------------------------------------------------


def begins(digit: int) -> bytes:
    """A method _INI that adds a hexadecimal digit to what was seen."""
    before = binary(aml.SHIFT_LEFT, name("\\SEEN"), number(4))
    return method("_INI", store(binary(aml.OR, before, number(digit)), name("\\SEEN")))


def test_the_devices_of_a_table_loaded_later_are_initialised_parents_first(interpreter) -> None:
    inner = device("IN", begins(2))
    load_later(interpreter, device("\\NEW", inner, begins(1)), device("\\NEXT", begins(3)))
    assert interpreter.value("\\SEEN") == "I:123"


def test_they_are_told_of_their_registers_before(interpreter) -> None:
    own = region("REG", CMOS, number(0), number(4))
    load_later(interpreter, device("\\NEW", begins(1), own, hears()))
    assert interpreter.value("\\SEEN") == "I:511"


@pytest.mark.parametrize(("status", "seen"), [(0, "I:0"), (8, "I:2"), (15, "I:12")])
@pytest.mark.parametrize("is_method", [False, True])
def test_one_that_is_not_there_is_not(interpreter, status: int, seen: str, is_method: bool) -> None:
    """Those below are, if it works."""
    value = number(status)
    says = method("_STA", returned(value)) if is_method else named("_STA", value)
    load_later(interpreter, device("\\NEW", says, begins(1), device("IN", begins(2))))
    assert interpreter.value("\\SEEN") == seen


def test_what_was_there_before_is_initialised_only_by_a_method_that_is_new(interpreter) -> None:
    first = (device("OLD", begins(1)), device("BARE"))
    more = aml.scope("\\OLD", device("IN", begins(3))), aml.scope("\\BARE", begins(2))
    load_later(interpreter, *more, first=first)
    assert interpreter.value("\\SEEN") == "I:132"


def test_what_was_passed_over_stays_so(interpreter) -> None:
    """Though it is there by now."""
    gone = device("OLD", named("_STA", aml.ZERO), begins(1))
    load_later(interpreter, store(number(15), name("\\OLD._STA")), first=(gone,))
    assert interpreter.value("\\SEEN") == "I:0"


def test_below_what_is_not_there_nothing_is_initialised(interpreter) -> None:
    gone = device("OLD", named("_STA", aml.ZERO))
    load_later(interpreter, aml.scope("\\OLD", device("IN", begins(1))), first=(gone,))
    assert interpreter.value("\\SEEN") == "I:0"


def test_what_fails_to_begin_keeps_nobody_else_from_it(interpreter) -> None:
    bad = device("\\BAD", method("_INI", name("NONE")))
    worse = device("\\BAD2", method("_STA", name("NONE")), begins(1))
    load_later(interpreter, bad, worse, device("\\GOOD", begins(2)))
    assert interpreter.value("\\SEEN") == "I:12"


@pytest.mark.parametrize("by", ["term", "_INI"])
def test_a_table_loaded_at_the_start_is_initialised_once(interpreter, by: str) -> None:
    """Whether it is loaded before all devices are initialised, or by the first of them."""
    content = aml.table(
        device("\\AAA", begins(2)), device("\\_SB.NEW", begins(3)), signature=b"SSDT"
    )
    load = aml.load("\\BUF")
    starts = device("DEV", method("_INI", load)) if by == "_INI" else load
    first = (COUNT, named("BUF", buffer(content)))
    assert interpreter.load(*first, starts, device("END", begins(4))) == 0
    interpreter.subject.initialise()
    assert sorted(interpreter.value("\\SEEN")[2:]) == ["2", "3", "4"]


def test_a_table_that_is_loaded_again_is_initialised_again(interpreter) -> None:
    content = aml.table(device("\\NEW", begins(1)), signature=b"SSDT")
    both = aml.load("BUF", LOCAL[0]), aml.unload(LOCAL[0])
    interpreter.load(COUNT, named("BUF", buffer(content)), method("BOTH", *both))
    interpreter.subject.initialise()
    assert [interpreter.value("\\BOTH") for _ in range(2)] == ["N", "N"]
    assert interpreter.value("\\SEEN") == "I:11"


def test_one_that_loads_a_further_table_has_all_initialised_once(interpreter) -> None:
    further = aml.table(device("\\_SB.FAR", begins(2)), signature=b"SSDT", product=b"FURTHER ")
    first = device("\\NEW", method("_INI", aml.load("\\MORE")))
    load_later(
        interpreter, first, device("\\NEXT", begins(1)), first=(named("MORE", buffer(further)),)
    )
    assert sorted(interpreter.value("\\SEEN")[2:]) == ["1", "2"]
