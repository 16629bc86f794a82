"""Prints the paths of all files that the system offers, one process' and one socket's for all."""

from __future__ import annotations

from lib.std import files, sockets

FIRMWARES_NAMES = "/sys/acpi/namespace"  # as many as the machine's maker liked


def main() -> int:
    socket = sockets.Socket()
    for root in ["/dev", "/sys", "/net", "/proc/self"]:
        show(root)
    print(f"{socket.folder}/")
    return 0


def show(folder: str) -> None:
    for each in files.list_folder(folder):
        path = f"{folder}/{each.name}"
        if each.is_folder:
            print(f"{path}/")
            if path != FIRMWARES_NAMES:
                show(path)
        else:
            print(path)
