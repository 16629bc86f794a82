"""Has the firmware load, unload and notify, by the methods of the tables that test_firmware_tables.py gives to it."""

from __future__ import annotations

from lang import Array, u8, u64
from lib.std import files, system
from lib.std.texts import decode

NAMES = "/sys/acpi/namespace/_SB/TST0/"
EVENTS = "/sys/acpi/events"


def call(name: str) -> str:
    """Return what a method returns for the argument 0x81."""
    number = int(system.open(f"{NAMES}{name}:rw".encode()))
    try:
        files.write_all(number, "0x81")
        return files.read_all(number).strip()
    finally:
        files.close(number)


def value(name: str) -> str:
    """Return what a name stands for."""
    try:
        return files.read_text(NAMES + name).strip()
    except OSError:
        return "nothing"


def next_event(number: int) -> str:
    into = Array[u8, 64]()
    count = system.read(u64(number), into[:])
    return decode(into[:count]).strip()


def main() -> int:
    with files.open_file(EVENTS) as events:
        print("heard", value("SEEN"))
        print("table", value("SIGN"), value("NEXT"), value("FAR"))
        print("load", value("NEW/X"), call("LOAD"), value("NEW/X"), value("SEEN"))
        print("twice", call("LOAD"))
        print("unload", call("UNLD"), value("NEW/X"))
        print("again", call("LOAD"), value("NEW/X"))
        print("taken", value("OWN/PARM"), call("TAKE"), value("OWN/PARM"))
        print("missing", call("MISS"))
        print("notify", call("TELL"), next_event(events.number))
    return 0
