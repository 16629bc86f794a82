"""Conditions, loops, calls, locks, and the limits of them all."""

from __future__ import annotations

import pytest

from tests.modules.acpi.aml import assembler as aml
from tests.modules.acpi.aml.assembler import (
    ARG,
    LOCAL,
    binary,
    conditional,
    loop,
    method,
    name,
    named,
    number,
    otherwise,
    returned,
    store,
)

INCREMENT = b"\x75"


def acquire(text: str) -> bytes:
    return b"\x5b\x23" + name(text) + b"\xff\xff"


def release(text: str) -> bytes:
    return b"\x5b\x27" + name(text)


def mutex(text: str, level: int) -> bytes:
    return b"\x5b\x01" + name(text) + bytes([level])


@pytest.mark.parametrize(("argument", "value"), [(0, "I:1"), (1, "I:2"), (7, "I:3")])
def test_one_branch_is_taken(interpreter, argument: int, value: str) -> None:
    interpreter.load(
        method(
            "M",
            conditional(aml.compare(aml.EQUAL, ARG[0], aml.ZERO), returned(number(1))),
            otherwise(
                conditional(aml.compare(aml.EQUAL, ARG[0], aml.ONE), store(number(2), LOCAL[0])),
                otherwise(store(number(3), LOCAL[0])),
            ),
            returned(LOCAL[0]),
            arguments=1,
        )
    )
    assert interpreter.value("\\M", argument) == value


def test_loops_end_go_on_and_break(interpreter) -> None:
    odd = binary(aml.AND, LOCAL[0], aml.ONE)
    assert (
        interpreter.result(
            store(aml.ZERO, LOCAL[0]),
            store(aml.ZERO, LOCAL[1]),
            loop(
                aml.compare(aml.LESS, LOCAL[0], number(100)),
                INCREMENT + LOCAL[0],
                conditional(odd, aml.CONTINUE),
                conditional(aml.compare(aml.EQUAL, LOCAL[0], number(10)), aml.BREAK),
                binary(aml.ADD, LOCAL[0], LOCAL[1], LOCAL[1]),
            ),
            returned(LOCAL[1]),
        )
        == f"I:{2 + 4 + 6 + 8:X}"
    )


def test_methods_call_themselves(interpreter) -> None:
    below = name("FACT") + binary(aml.SUBTRACT, ARG[0], aml.ONE)
    interpreter.load(
        method(
            "FACT",
            conditional(aml.compare(aml.LESS, ARG[0], number(2)), returned(aml.ONE)),
            returned(binary(aml.MULTIPLY, ARG[0], below)),
            arguments=1,
        )
    )
    assert interpreter.value("\\FACT", 10) == f"I:{3628800:X}"


def test_a_loop_without_end_is_ended(interpreter) -> None:
    assert interpreter.result(loop(aml.ONE, aml.NOOP)) == "TooLong"
    assert interpreter.result(loop(aml.ONE)) == "TooLong"


def test_calls_without_end_are_ended(interpreter) -> None:
    assert interpreter.result(name("MAIN")) == "TooDeep"


def test_terms_that_lie_too_deep_are_refused(interpreter) -> None:
    assert interpreter.result(returned(bytes([aml.NOT]) * 1000 + aml.ZERO)) == "TooDeep"


def test_a_table_without_end_is_left_where_it_is(interpreter) -> None:
    assert interpreter.load(loop(aml.ONE, aml.NOOP), named("X", number(1))) >= 1


def test_what_is_needed_must_be_returned(interpreter) -> None:
    interpreter.load(method("NONE"), method("M", returned(name("NONE"))))
    assert interpreter.value("\\NONE") == "N"
    assert interpreter.value("\\M") == "NoValue"


def test_mutexes_are_taken_in_order(interpreter) -> None:
    interpreter.load(
        mutex("LOW", 1),
        mutex("HIGH", 2),
        method(
            "GOOD",
            acquire("LOW"),
            acquire("HIGH"),
            release("HIGH"),
            release("LOW"),
            returned(aml.ONE),
        ),
        method("UP", acquire("HIGH"), acquire("LOW")),
        method("OUT", acquire("LOW"), acquire("HIGH"), release("LOW")),
        method("FREE", release("LOW")),
        method(
            "TWO", acquire("LOW"), acquire("LOW"), release("LOW"), release("LOW"), release("LOW")
        ),
    )
    for _ in range(2):
        assert interpreter.value("\\GOOD") == "I:1"
        assert interpreter.value("\\UP") == "MutexOrder"
        assert interpreter.value("\\OUT") == "MutexOrder"
        assert interpreter.value("\\FREE") == "MutexOrder"
        assert interpreter.value("\\TWO") == "MutexOrder"


def test_the_firmwares_lock_is_given_back_by_terms_of_a_table_that_keep_it(interpreter) -> None:
    interpreter.load(acquire("\\_GL"), named("X", number(1)))
    assert interpreter.subject.global_lock() == (1, False)
    assert interpreter.value("\\X") == "I:1"


def test_a_serialized_method_is_above_lower_mutexes(interpreter) -> None:
    interpreter.load(
        mutex("HIGH", 5),
        method("SER", returned(aml.ONE), serialized=3),
        method("BAD", acquire("HIGH"), returned(name("SER"))),
    )
    assert interpreter.value("\\SER") == "I:1"
    assert interpreter.value("\\BAD") == "MutexOrder"


def test_an_event_counts_its_signals(interpreter) -> None:
    wait = b"\x5b\x25" + name("EVT") + number(10)
    interpreter.load(
        b"\x5b\x02" + name("EVT"),
        method(
            "M",
            b"\x5b\x24" + name("EVT"),
            store(wait, LOCAL[0]),
            returned(binary(aml.ADD, LOCAL[0], wait)),
        ),
    )
    assert interpreter.value("\\M") == "I:" + "F" * 16


def test_firmware_that_gives_up_is_heard(interpreter) -> None:
    fatal = b"\x5b\x32\x01\x02\x00\x00\x00" + number(1)
    assert interpreter.result(fatal, returned(number(7))) == "I:7"


def test_systems_are_known_by_name(interpreter) -> None:
    def asks(text: str) -> str:
        return interpreter.result(returned(name("\\_OSI") + aml.string(text)))

    assert asks("Windows 2015") == "I:" + "F" * 16
    assert asks("Windows 2019") == "I:" + "F" * 16
    assert asks("Windows 2022") == "I:0"
    assert asks("Linux") == "I:0"


def test_devices_are_initialised_if_they_are_there(interpreter) -> None:
    def count(text: str) -> bytes:
        return method("_INI", store(binary(aml.ADD, name("N"), number(int(text, 16))), name("N")))

    interpreter.load(
        named("N", aml.ZERO),
        aml.scope(
            "\\_SB",
            aml.device("A", count("1")),
            aml.device("B", named("_STA", aml.ZERO), count("10"), aml.device("C", count("100"))),
            aml.device(
                "D", named("_STA", number(8)), count("1000"), aml.device("E", count("10000"))
            ),
        ),
    )
    interpreter.subject.initialise()
    assert interpreter.value("\\N") == "I:10001"


def test_whoever_sleeps_too_long_is_ended(interpreter) -> None:
    sleep = b"\x5b\x22" + number(10_000)
    assert interpreter.result(sleep, sleep, returned(number(1))) == "I:1"
    assert interpreter.result(*[sleep] * 4) == "TooLong"
    assert interpreter.result(aml.loop(aml.ONE, b"\x5b\x22" + number(100))) == "TooLong"


def test_the_running_system_is_like_newer_ones_too(interpreter) -> None:
    interpreter.subject.have_newer_interfaces()
    names = {"NEW": "Windows 2022", "OLD": "Windows 2001", "ELSE": "Linux", "PART": "Windows"}
    asked = (method(each, returned(name("\\_OSI") + aml.string(names[each]))) for each in names)
    interpreter.load(*asked)
    values = [interpreter.value("\\" + each) for each in names]
    assert values == ["I:" + "F" * 16] * 2 + ["I:0"] * 2
