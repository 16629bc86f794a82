"""The configuration of a machine as QEMU's arguments.

Everything is named: QEMU adds no device of its own (`-nodefaults`), so the machine is the same on
every host. Disks are given as JSON, the one notation of QEMU's that takes any character in a path.
"""

from __future__ import annotations

import json
from pathlib import Path

from tools.machine.config import Bus, DirectBoot, MachineConfig
from tools.machine.emulator import Firmware

DEBUG_EXIT_PORT = 0xF4

# The devices for a disk on each bus; the last of them has the disk.
DISKS = {
    Bus.VIRTIO: ["virtio-blk-pci"],
    Bus.AHCI: ["ide-hd"],  # on the board's own controller
    Bus.NVME: ["nvme,serial=disk"],
    Bus.USB: ["qemu-xhci", "usb-storage"],
}


def arguments(
    config: MachineConfig, monitor: int, serial: int, firmware: Firmware | None = None
) -> list[str]:
    """Everything after the program's name.

    `monitor` and `serial` are connected sockets that QEMU inherits. `firmware` is needed for a
    boot by firmware; its variables are the machine's own copy.
    """
    return [
        *_processors(config),
        *_board(config, firmware),
        *_connections(monitor, serial),
        *_boot(config),
        *config.qemu_arguments,
    ]


def _processors(config: MachineConfig) -> list[str]:
    if config.icount_shift is not None:  # one host thread, since the instructions are counted
        timing = ["-accel", "tcg", "-icount", f"shift={config.icount_shift},sleep=off"]
    elif "-accel" in config.qemu_arguments:
        timing = []
    else:
        timing = ["-accel", "tcg,thread=multi"]
    return [*timing, "-cpu", "max", "-smp", str(config.processors)]


def _board(config: MachineConfig, firmware: Firmware | None) -> list[str]:
    machine = f"{config.board},memory-backend=ram"
    flash = []
    if firmware is not None:
        machine += ",pflash0=code,pflash1=variables"
        flash = [
            *_file("code", firmware.code, firmware.format, is_read_only=True),
            *_file("variables", firmware.variables, firmware.format),
        ]
    return [
        *("-nodefaults", "-no-reboot", "-machine", machine),
        # Not reserved, so that a machine may have more memory than the host.
        *("-object", f"memory-backend-ram,id=ram,size={config.memory},reserve=off"),
        *("-m", config.memory),
        *flash,
        *("-device", "VGA"),
        *("-device", f"isa-debug-exit,iobase={DEBUG_EXIT_PORT:#x},iosize=4"),
        *([] if config.has_window else ["-display", "none"]),
    ]


def _connections(monitor: int, serial: int) -> list[str]:
    return [
        *("-chardev", f"socket,id=monitor,fd={monitor}", "-mon", "chardev=monitor,mode=control"),
        *("-chardev", f"socket,id=serial,fd={serial}", "-serial", "chardev:serial"),
    ]


def _boot(config: MachineConfig) -> list[str]:
    boot = config.boot
    if isinstance(boot, DirectBoot):
        initrd = [] if boot.initrd is None else ["-initrd", str(boot.initrd)]
        return ["-kernel", str(boot.kernel), *initrd]

    if boot.disk.is_dir():
        folder = {"driver": "vvfat", "dir": str(boot.disk)}
        disk = _block_device({"node-name": "disk", "read-only": True, **folder})
    elif boot.bus is Bus.AHCI:  # whose disks can be written, here to a file that goes away
        path = str(boot.disk).replace(",", ",,")
        disk = ["-drive", f"id=disk,if=none,format=raw,snapshot=on,file={path}"]
    else:
        disk = _file("disk", boot.disk, "raw", is_read_only=True)
    # The firmware tries what its variables remember first, unless told which device to boot.
    *around, last = DISKS[boot.bus]
    devices = [*around, f"{last},drive=disk,bootindex=0"]
    return [*disk, *(word for device in devices for word in ("-device", device))]


def _file(name: str, path: Path, format: str, is_read_only: bool = False) -> list[str]:
    file = {"driver": "file", "filename": str(path)}
    return _block_device(
        {"driver": format, "node-name": name, "read-only": is_read_only, "file": file}
    )


def _block_device(description: dict[str, object]) -> list[str]:
    return ["-blockdev", json.dumps(description)]
