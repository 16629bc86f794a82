"""Asks QEMU itself, through its machine protocol: JSON objects, one a line.

Commands are answered in order; in between come events, of which we keep the reason for which the
machine stopped.
Source: QEMU, docs/interop/qmp-spec.txt and the QEMU QMP Reference Manual.
"""

from __future__ import annotations

import json
import socket
import threading
from contextlib import suppress
from typing import Any

from tools.failure import Failure


class Monitor:
    """A connection to the monitor of one QEMU."""

    def __init__(self, connection: socket.socket, timeout_s: float) -> None:
        connection.settimeout(timeout_s)
        self.connection = connection
        self.lock = threading.Lock()  # held from a command to its answer
        self.lines = connection.makefile("r", encoding="utf-8")
        self.stop_reason: str | None = None  # as QEMU calls it, once the machine has stopped

    def connect(self) -> None:
        """Take QEMU's greeting, after which it accepts commands.

        Raises:
            ConnectionError: QEMU ended.
            TimeoutError: QEMU hangs.
        """
        self._receive()
        self.command("qmp_capabilities")

    def command(self, name: str, **arguments: Any) -> Any:
        """Have QEMU do something and return its answer.

        Raises:
            Failure: QEMU refused.
            ConnectionError: QEMU ended.
            TimeoutError: QEMU hangs.
        """
        request = {"execute": name, "arguments": arguments}
        with self.lock:
            self.connection.sendall(json.dumps(request).encode() + b"\n")
            while True:
                answer = self._receive()
                if "error" in answer:
                    raise Failure(f"QEMU refused {name}: {answer['error']['desc']}")
                if "return" in answer:
                    return answer["return"]

    def finish(self) -> None:
        """Take the events up to the end; QEMU has ended."""
        with self.lock, suppress(ConnectionError):
            while True:
                self._receive()

    def _receive(self) -> dict[str, Any]:
        line = self.lines.readline()
        if not line:
            raise ConnectionError("the monitor's connection is closed")
        message = json.loads(line)
        if message.get("event") == "SHUTDOWN":
            self.stop_reason = message["data"]["reason"]
        return message
