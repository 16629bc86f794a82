/* Pointer chasing: follow a chain of nodes that lie scattered through 64 KiB. */

#include "bench.h"

#define NODES 4096
#define MULTIPLIER 1029
#define INCREMENT 1663

struct node {
    struct node *next;
    u64 value;
};

static struct node nodes[NODES];

static struct node *chain(void)
{
    u64 i = 0;
    for (u64 n = 0; n < NODES - 1; n++) {
        u64 successor = (i * MULTIPLIER + INCREMENT) % NODES;
        nodes[i] = (struct node){&nodes[successor], i};
        i = successor;
    }
    nodes[i] = (struct node){NULL, i};
    return &nodes[0];
}

static u64 walk(const struct node *first, u64 total)
{
    for (const struct node *node = first; node != NULL; node = node->next)
        total = (total << 1 | total >> 63) + node->value;
    return total;
}

u64 run(u64 rounds)
{
    struct node *first = chain();
    u64 total = 0;
    for (u64 round = 0; round < rounds; round++)
        total = walk(first, total);
    return total;
}
