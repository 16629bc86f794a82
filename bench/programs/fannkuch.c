/* Fannkuch: how often must the first pancakes be flipped, over all orders of eight, until 1 is on top? */

#include "program.h"

#define SIZE 8

static void swap(int64_t *a, int64_t *b)
{
    int64_t value = *a;
    *a = *b;
    *b = value;
}

static int64_t fannkuch(int64_t size, int64_t *most)
{
    int64_t order[SIZE], counts[SIZE] = {0}, stack[SIZE];
    int64_t checksum = 0, sign = 1, left = size;
    *most = 0;
    for (int64_t i = 0; i < size; i++)
        order[i] = i;
    for (;;) {
        for (; left != 1; left--)
            counts[left - 1] = left;

        if (order[0] != 0) {
            memcpy(stack, order, size * sizeof *stack);
            int64_t flips = 0;
            while (stack[0] != 0) {
                for (int64_t low = 0, high = stack[0]; low < high; low++, high--)
                    swap(&stack[low], &stack[high]);
                flips++;
            }
            if (flips > *most)
                *most = flips;
            checksum += sign * flips;
        }
        sign = -sign;

        for (;;) {
            if (left == size)
                return checksum;
            int64_t first = order[0];
            for (int64_t i = 0; i < left; i++)
                order[i] = order[i + 1];
            order[left] = first;
            if (--counts[left] > 0)
                break;
            left++;
        }
    }
}

int64_t run(int64_t rounds)
{
    int64_t total = 0;
    for (int64_t round = 0; round < rounds; round++) {
        int64_t most;
        int64_t checksum = fannkuch(SIZE - round % 2, &most);
        total += checksum * 100 + most;
    }
    return total;
}
