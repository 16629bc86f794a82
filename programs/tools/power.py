"""shutdown and reboot"""

from __future__ import annotations

from lib.std import control_files
from programs.tools.arguments import Arguments

SHUTDOWN_HELP = """\
usage: shutdown

Switch the machine off.
"""
REBOOT_HELP = """\
usage: reboot

Start the machine anew.
"""


def shutdown(arguments: Arguments) -> int:
    return tell(arguments, "off")


def reboot(arguments: Arguments) -> int:
    return tell(arguments, "reset")


def tell(arguments: Arguments, command: str) -> int:
    arguments.require(0, 0)
    control_files.tell("/sys/power", command)
    return 0
