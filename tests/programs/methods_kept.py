"""Objects that keep methods of their own from the start."""

from __future__ import annotations

from typing import Callable


class Machine:
    def __init__(self) -> None:
        self.commands: dict[str, Callable[[int], None]] = {"add": self.add, "drop": self.drop}
        self.total = 0
        self.log: list[str] = []
        self.always = [self.note]

    def add(self, n: int) -> None:
        self.total += n

    def drop(self, n: int) -> None:
        self.total -= n

    def note(self, n: int) -> None:
        self.log.append(f"{n} to {self.total}")

    def run(self, line: str) -> None:
        word, number = line.split()
        self.commands[word](int(number))
        for each in self.always:
            each(int(number))


def main() -> None:
    machine = Machine()
    for line in ("add 5", "drop 2"):
        machine.run(line)
    print(machine.total, machine.log, list(machine.commands))
    machine.commands.clear()  # they hold the machine
    machine.always.clear()


if __name__ == "__main__":
    main()
