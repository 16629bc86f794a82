"""A machine of eight registers, interpreted: one dense `match` per instruction.

The program counts the steps that numbers take to reach 1 by Collatz' rule.
"""

from __future__ import annotations

from enum import IntEnum

from lang import Array, Slice, export, over, struct, u8, u64, usize

REGISTERS = 8


@over(u8)
class Op(IntEnum):
    HALT = 0
    LOAD = 1  # target = the number in right
    ADD = 2  # target = left + right
    SUBTRACT = 3  # target = left - right
    MULTIPLY = 4
    AND = 5
    SHIFT_RIGHT = 6
    JUMP_IF_ZERO = 7  # to instruction number target, if left is zero
    JUMP_IF_LESS = 8  # to instruction number target, if left < right


@struct
class Instruction:
    op: Op
    target: u8
    left: u8
    right: u8


@struct(pinned=True)
class Machine:
    registers: Array[u64, REGISTERS]

    def read(self, register: u8) -> u64:
        return self.registers[register % REGISTERS]

    def write(self, register: u8, value: u64) -> None:
        self.registers[register % REGISTERS] = value

    def execute(self, program: Slice[Instruction]) -> u64:
        """Run from the first instruction to HALT; return how many instructions that took."""
        steps = u64(0)
        at = usize(0)
        while True:
            i = program[at]
            at += 1
            steps += 1
            match i.op:
                case Op.HALT:
                    return steps
                case Op.LOAD:
                    self.write(i.target, u64(i.right))
                case Op.ADD:
                    self.write(i.target, self.read(i.left) + self.read(i.right))
                case Op.SUBTRACT:
                    self.write(i.target, self.read(i.left) - self.read(i.right))
                case Op.MULTIPLY:
                    self.write(i.target, self.read(i.left) * self.read(i.right))
                case Op.AND:
                    self.write(i.target, self.read(i.left) & self.read(i.right))
                case Op.SHIFT_RIGHT:
                    self.write(i.target, self.read(i.left) >> (self.read(i.right) % 64))
                case Op.JUMP_IF_ZERO:
                    if self.read(i.left) == 0:
                        at = i.target
                case Op.JUMP_IF_LESS:
                    if self.read(i.left) < self.read(i.right):
                        at = i.target


# Register 0 is where to stop, 1 the number, 2 its course, 3 the sum of all steps, 4 holds 1,
# 5 holds 3, 6 is scratch, 7 stays 0.
COLLATZ = Array[Instruction, 15](
    Instruction(Op.LOAD, 4, 0, 1),
    Instruction(Op.LOAD, 5, 0, 3),
    Instruction(Op.ADD, 2, 1, 7),  # 2: the next number
    Instruction(Op.JUMP_IF_LESS, 7, 4, 2),  # 3: the next step, unless the course is over
    Instruction(Op.ADD, 1, 1, 4),
    Instruction(Op.JUMP_IF_LESS, 2, 1, 0),
    Instruction(Op.HALT, 0, 0, 0),
    Instruction(Op.ADD, 3, 3, 4),  # 7: one step
    Instruction(Op.AND, 6, 2, 4),
    Instruction(Op.JUMP_IF_ZERO, 13, 6, 0),
    Instruction(Op.MULTIPLY, 2, 2, 5),
    Instruction(Op.ADD, 2, 2, 4),
    Instruction(Op.JUMP_IF_ZERO, 3, 7, 0),
    Instruction(Op.SHIFT_RIGHT, 2, 2, 4),  # 13: the number is even
    Instruction(Op.JUMP_IF_ZERO, 3, 7, 0),
)

machine: Machine


@export("run")
def run(rounds: u64) -> u64:
    """Follow the numbers from 1 up to 64."""
    total = u64(0)
    for round in range(rounds):
        machine.registers[:].fill(0)
        machine.write(0, 64)
        machine.write(1, 1 + round % 8)
        total = total % 1000003 * 1000 + machine.execute(COLLATZ[:]) + machine.read(3)
    return total
