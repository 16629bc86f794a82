"""A machine with a stack, its assembler and two programs for it."""

from __future__ import annotations

from dataclasses import dataclass, field


class MachineError(Exception):
    pass


@dataclass
class Machine:
    code: list[tuple[str, int]]
    stack: list[int] = field(default_factory=list)
    memory: dict[int, int] = field(default_factory=dict)
    at: int = 0
    steps: int = 0
    output: list[str] = field(default_factory=list)

    def pop(self) -> int:
        if not self.stack:
            raise MachineError(f"empty stack at {self.at}")
        return self.stack.pop()

    def step(self) -> bool:
        if not 0 <= self.at < len(self.code):
            raise MachineError(f"no instruction at {self.at}")
        word, operand = self.code[self.at]
        self.at += 1
        self.steps += 1
        match word:
            case "push":
                self.stack.append(operand)
            case "add" | "sub" | "mul" | "div":
                b, a = self.pop(), self.pop()
                if word == "div" and b == 0:
                    raise MachineError("division by zero")
                self.stack.append(
                    a + b
                    if word == "add"
                    else a - b
                    if word == "sub"
                    else a * b
                    if word == "mul"
                    else a // b
                )
            case "load":
                self.stack.append(self.memory.get(operand, 0))
            case "store":
                self.memory[operand] = self.pop()
            case "jump":
                self.at = operand
            case "jz":
                if self.pop() == 0:
                    self.at = operand
            case "print":
                self.output.append(str(self.pop()))
            case "halt":
                return False
            case _:
                raise MachineError(f"unknown word {word!r}")
        return True


def assemble(text: str) -> list[tuple[str, int]]:
    labels: dict[str, int] = {}
    lines: list[list[str]] = []
    for line in text.splitlines():
        words = line.split("#")[0].split()
        if not words:
            continue
        if words[0].endswith(":"):
            labels[words[0][:-1]] = len(lines)
        else:
            lines.append(words)
    code: list[tuple[str, int]] = []
    for words in lines:
        operand = 0
        if len(words) > 1:
            operand = labels[words[1]] if words[1] in labels else int(words[1])
        code.append((words[0], operand))
    return code


FACTORIAL = """
    push 1
    store 0     # result
    push 10
    store 1     # n
again:
    load 1
    jz done
    load 0
    load 1
    mul
    store 0
    load 1
    push 1
    sub
    store 1
    jump again
done:
    load 0
    print
    halt
"""


def run(text: str) -> None:
    machine = Machine(assemble(text))
    try:
        while machine.step():
            pass
    except MachineError as error:
        print("stopped:", error)
    print(machine.steps, machine.output, machine.memory, machine.stack)


def main() -> None:
    run(FACTORIAL)
    run("push 1\npush 0\ndiv")
    run("add")
    run("push 2\nfly")
    run("jump 7")


if __name__ == "__main__":
    main()
