"""A program calls methods of the firmware by files."""

from __future__ import annotations

from lib.std import files, system

NAMES = "/sys/acpi/namespace/"


def call(name: str, arguments: str) -> str:
    """Return what a method returns for some arguments."""
    number = int(system.open(f"{NAMES}{name}:rw".encode()))
    try:
        files.write_all(number, arguments)
        return files.read_all(number).strip()
    finally:
        files.close(number)


def main() -> int:
    print(call("_OSI", "Linux"))
    print(call("_OSI", "Extended"), call("_OSI", "Extended"))
    print(call("_S5", " "))
    print(call("_PIC", "1"))
    print(call("_OSI", " "))
    try:
        call("_OSI", "x" * 2000)
    except OSError as error:
        print("too long:", error)
    try:
        call("_SB/NONE", "1")
    except OSError as error:
        print(error)
    return 0
