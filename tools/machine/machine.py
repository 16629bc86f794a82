"""One running machine."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import threading
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

from tools.failure import Failure
from tools.machine import command_line, emulator
from tools.machine.config import FirmwareBoot, MachineConfig
from tools.machine.emulator import Firmware
from tools.machine.monitor import Monitor
from tools.machine.transcript import Transcript

EXIT_BASE = 0x10  # what the machine adds to its status at the debug exit port
LINES_IN_REPORT = 20
MONITOR_TIMEOUT_S = 30.0
FOREVER = threading.TIMEOUT_MAX


class MachineFailure(Failure):
    """The machine did not do what was waited for; the message ends with its last lines."""


class MachineHung(MachineFailure):
    """Nothing happened for too long."""


class MachineDied(MachineFailure):
    """The machine reset itself, or ended too early."""


class EmulatorFailed(Failure):
    """QEMU itself failed; the message is QEMU's."""


class Machine:
    """A machine that runs inside its `with` block. Enter it on a thread that outlives the block."""

    def __init__(
        self, config: MachineConfig, on_output: Callable[[bytes], None] | None = None
    ) -> None:
        """`on_output` gets what the machine prints, as it comes, on a thread of its own."""
        self.config = config
        self.on_output = on_output

    # Starting and stopping

    def __enter__(self) -> Self:
        program = emulator.qemu()
        with ExitStack() as held:
            self.folder = Path(held.enter_context(TemporaryDirectory(prefix="patchwork-")))
            self.errors = self.folder / "errors"
            self._start(program, self._own_firmware(), held)
            try:
                self.monitor.connect()
            except ConnectionError:
                raise self._emulator_failed() from None
            except TimeoutError:
                raise EmulatorFailed("QEMU does not answer; try again") from None
            self.held = held.pop_all()  # until the end of our own block
        return self

    def __exit__(self, *_: object) -> None:
        self.held.close()

    def _start(self, program: Path, firmware: Firmware | None, held: ExitStack) -> None:
        monitor, qemu_monitor = socket.socketpair()
        self.serial, qemu_serial = socket.socketpair()
        self.monitor = Monitor(held.enter_context(monitor), MONITOR_TIMEOUT_S)
        held.enter_context(self.serial)

        with qemu_monitor, qemu_serial, self.errors.open("w") as errors:
            inherited = (qemu_monitor.fileno(), qemu_serial.fileno())
            arguments = command_line.arguments(self.config, *inherited, firmware)
            self.process = subprocess.Popen(
                [*_dying_with_us(), program, *arguments],
                pass_fds=inherited,
                stdin=subprocess.DEVNULL,
                stdout=errors,
                stderr=errors,
                process_group=0,  # Ctrl-C is for us, and we end the machine in order
            )
        self.transcript = Transcript(self.serial, self.on_output)
        held.callback(self._stop)

    def _stop(self) -> None:
        self.process.kill()
        self.process.wait()
        self.transcript.wait_for_end(FOREVER)

    def _own_firmware(self) -> Firmware | None:
        """The firmware with variables of this machine's own, since the machine writes them."""
        if not isinstance(self.config.boot, FirmwareBoot):
            return None
        firmware = emulator.firmware()
        variables = self.folder / "variables"
        shutil.copyfile(firmware.variables, variables)
        return replace(firmware, variables=variables)

    # What happens inside

    def wait_for(
        self, text: str | re.Pattern[str], timeout_s: float | None = None
    ) -> re.Match[str]:
        """Wait until the machine has printed the text or pattern, after the last one waited for.

        Raises:
            MachineHung: the time is over.
            MachineDied: the machine ended first.
        """
        pattern = re.compile(re.escape(text)) if isinstance(text, str) else text
        found = self.transcript.take_until(pattern, self._timeout_s(timeout_s))
        if found is not None:
            return found

        wanted = text if isinstance(text, str) else text.pattern
        if self.transcript.is_at_end:
            status = self.wait()
            raise MachineDied(
                self.report(f"the machine ended with status {status} and never printed {wanted!r}")
            )
        raise self._hung(f"has not printed {wanted!r}", timeout_s)

    @property
    def was_switched_off(self) -> bool:
        """Whether what runs there has switched the machine off."""
        return self.monitor.stop_reason == "guest-shutdown"

    def wait(self, timeout_s: float | None = None) -> int:
        """Wait for the machine to end and return its status; 0 if it powered off.

        Raises:
            MachineHung: it is still running when the time is over.
            MachineDied: it reset itself, as it does after a triple fault.
            EmulatorFailed: QEMU ended for a reason of its own.
        """
        # QEMU ends by closing the port, which is noticed at once; waiting for a process polls.
        if not self.transcript.wait_for_end(self._timeout_s(timeout_s)):
            raise self._hung("has not ended", timeout_s)
        code = self.process.wait()
        self.monitor.finish()

        if code % 2 == 1 and code // 2 >= EXIT_BASE:
            return code // 2 - EXIT_BASE
        if code % 2 == 1 and not self.errors.read_text():
            raise MachineDied(
                self.report(f"the machine wrote {code // 2} to the exit port, not 16 + its status")
            )
        if code != 0:
            raise self._emulator_failed()
        if self.monitor.stop_reason == "guest-reset":
            raise MachineDied(self.report("the machine reset itself"))
        return 0

    def send(self, text: str | bytes) -> None:
        """Type on the serial port."""
        self.serial.sendall(text.encode() if isinstance(text, str) else text)

    def quit(self) -> None:
        """End the machine as if the plug were pulled; `wait` then returns 0."""
        with suppress(MachineDied):  # QEMU may end before it answers
            self._ask("quit")

    def screenshot(self, path: Path) -> None:
        """Write what is on the screen, in the format that the file's suffix names."""
        from PIL import Image

        # QEMU writes PNG itself only from 7.1 on, and PPM always.
        picture = self.folder / "screen.ppm"
        self._ask("screendump", filename=str(picture))
        with Image.open(picture) as image:
            try:
                image.save(path)
            except (OSError, ValueError) as error:
                raise Failure(f"cannot write the screenshot {path}: {error}") from None

    def _ask(self, command: str, **arguments: str) -> None:
        try:
            self.monitor.command(command, **arguments)
        except ConnectionError:
            raise MachineDied(self.report("the machine has ended")) from None
        except TimeoutError:
            raise MachineHung(self.report("QEMU does not answer")) from None

    # What went wrong

    def _timeout_s(self, timeout_s: float | None) -> float:
        return self.config.timeout_s if timeout_s is None else timeout_s

    def _hung(self, what: str, timeout_s: float | None) -> MachineHung:
        return MachineHung(self.report(f"the machine {what} in {self._timeout_s(timeout_s):g} s"))

    def report(self, sentence: str) -> str:
        lines = self.transcript.last_lines(LINES_IN_REPORT)
        if not lines:
            return f"{sentence}; it printed nothing"
        return "\n    ".join([f"{sentence}; its last lines were:", *lines])

    def _emulator_failed(self) -> EmulatorFailed:
        said = self.errors.read_text().strip().replace(f"{emulator.PROGRAM}: ", "")
        return EmulatorFailed(f"QEMU failed: {said or f'exit status {self.process.wait()}'}")


def _dying_with_us() -> list[str]:
    """What starts a program so that it is killed when the thread that started it ends.

    However we end, no machine goes on alone and keeps a processor busy.
    """
    setpriv = shutil.which("setpriv")  # of util-linux
    return [] if setpriv is None else [setpriv, "--pdeathsig", "KILL", "--"]
