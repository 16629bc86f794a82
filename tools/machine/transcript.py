"""What the machine has printed on its serial port so far.

A thread reads the port, so the machine never waits for us. Whoever waits for text takes everything
up to it, so that the next wait looks at what came after, as `expect` does.
"""

from __future__ import annotations

import codecs
import re
import socket
import threading
import time
from collections.abc import Callable

TERMINAL_CONTROL = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")  # ECMA-48, section 5.4


class Transcript:
    """The text from one serial port. Its methods may be called from any thread."""

    def __init__(self, port: socket.socket, on_output: Callable[[bytes], None] | None) -> None:
        self.port = port
        self.on_output = on_output  # gets the bytes as they come, on the reading thread

        # Guarded by changed.
        self.changed = threading.Condition()
        self.text = ""
        self.taken = 0  # how much of the text was waited for
        self.is_at_end = False

        self.reader = threading.Thread(target=self._read, name="serial port", daemon=True)
        self.reader.start()

    def _read(self) -> None:
        # A firmware's or a broken machine's output is not always UTF-8.
        decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        while data := self._receive():
            if self.on_output is not None:
                self.on_output(data)
            with self.changed:
                self.text += decoder.decode(data)
                self.changed.notify_all()
        with self.changed:
            self.is_at_end = True
            self.changed.notify_all()

    def _receive(self) -> bytes:
        try:
            return self.port.recv(65536)
        except OSError:  # the emulator was killed
            return b""

    def take_until(self, pattern: re.Pattern[str], timeout_s: float) -> re.Match[str] | None:
        """Wait for the pattern and take the text up to its end.

        None if the machine ended without printing it, or the time is over.
        """
        deadline = time.monotonic() + timeout_s
        with self.changed:
            while True:
                if found := pattern.search(self.text, self.taken):
                    self.taken = found.end()
                    return found
                remaining = deadline - time.monotonic()
                if self.is_at_end or remaining <= 0:
                    return None
                self.changed.wait(remaining)

    def last_lines(self, count: int) -> list[str]:
        """The newest lines that are not blank, as plain text: firmware colours its own."""
        with self.changed:
            lines = [line.rstrip() for line in TERMINAL_CONTROL.sub("", self.text).splitlines()]
        return [line for line in lines if line][-count:]

    def wait_for_end(self, timeout_s: float) -> bool:
        """Wait until everything was read and the machine has closed its port; False if it has not."""
        self.reader.join(timeout_s)
        return not self.reader.is_alive()
