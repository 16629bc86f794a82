/* A machine of eight registers, interpreted: one dense switch per instruction. */

#include "bench.h"

#define REGISTERS 8

enum op { HALT, LOAD, ADD, SUBTRACT, MULTIPLY, AND, SHIFT_RIGHT, JUMP_IF_ZERO, JUMP_IF_LESS };

struct instruction {
    u8 op;
    u8 target;
    u8 left;
    u8 right;
};

struct machine {
    u64 registers[REGISTERS];
};

static const struct instruction COLLATZ[15] = {
    {LOAD, 4, 0, 1},
    {LOAD, 5, 0, 3},
    {ADD, 2, 1, 7},
    {JUMP_IF_LESS, 7, 4, 2},
    {ADD, 1, 1, 4},
    {JUMP_IF_LESS, 2, 1, 0},
    {HALT, 0, 0, 0},
    {ADD, 3, 3, 4},
    {AND, 6, 2, 4},
    {JUMP_IF_ZERO, 13, 6, 0},
    {MULTIPLY, 2, 2, 5},
    {ADD, 2, 2, 4},
    {JUMP_IF_ZERO, 3, 7, 0},
    {SHIFT_RIGHT, 2, 2, 4},
    {JUMP_IF_ZERO, 3, 7, 0},
};

static struct machine machine;

static u64 read(struct machine *self, u8 reg)
{
    return self->registers[reg % REGISTERS];
}

static void write(struct machine *self, u8 reg, u64 value)
{
    self->registers[reg % REGISTERS] = value;
}

static u64 execute(struct machine *self, const struct instruction *program)
{
    u64 steps = 0;
    size_t at = 0;
    for (;;) {
        struct instruction i = program[at];
        at++;
        steps++;
        switch (i.op) {
        case HALT:
            return steps;
        case LOAD:
            write(self, i.target, i.right);
            break;
        case ADD:
            write(self, i.target, read(self, i.left) + read(self, i.right));
            break;
        case SUBTRACT:
            write(self, i.target, read(self, i.left) - read(self, i.right));
            break;
        case MULTIPLY:
            write(self, i.target, read(self, i.left) * read(self, i.right));
            break;
        case AND:
            write(self, i.target, read(self, i.left) & read(self, i.right));
            break;
        case SHIFT_RIGHT:
            write(self, i.target, read(self, i.left) >> read(self, i.right) % 64);
            break;
        case JUMP_IF_ZERO:
            if (read(self, i.left) == 0)
                at = i.target;
            break;
        case JUMP_IF_LESS:
            if (read(self, i.left) < read(self, i.right))
                at = i.target;
            break;
        }
    }
}

u64 run(u64 rounds)
{
    u64 total = 0;
    for (u64 round = 0; round < rounds; round++) {
        for (u64 i = 0; i < REGISTERS; i++)
            machine.registers[i] = 0;
        write(&machine, 0, 64);
        write(&machine, 1, 1 + round % 8);
        u64 steps = execute(&machine, COLLATZ);
        total = total % 1000003 * 1000 + steps + read(&machine, 3);
    }
    return total;
}
