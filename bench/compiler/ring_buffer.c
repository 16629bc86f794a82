/* A ring buffer between a producer and a consumer who come in bursts. */

#include "xorshift.h"

#define CAPACITY 256

struct ring {
    u64 slots[CAPACITY];
    u64 written;
    u64 taken;
};

static struct ring ring;

static bool ring_is_empty(struct ring *self)
{
    return self->written == self->taken;
}

static bool ring_try_push(struct ring *self, u64 value)
{
    if (self->written - self->taken == CAPACITY)
        return false;
    self->slots[self->written % CAPACITY] = value;
    self->written++;
    return true;
}

static u64 ring_take(struct ring *self)
{
    u64 value = self->slots[self->taken % CAPACITY];
    self->taken++;
    return value;
}

static u64 produce(u64 first, u64 count)
{
    for (u64 i = 0; i < count; i++)
        if (!ring_try_push(&ring, first + i))
            return count - i;
    return 0;
}

static u64 consume(u64 total, u64 count)
{
    while (count > 0 && !ring_is_empty(&ring)) {
        total = (total << 1 | total >> 63) ^ ring_take(&ring);
        count--;
    }
    return total;
}

u64 run(u64 rounds)
{
    struct xorshift random = {88172645463325252};
    u64 total = 0;
    for (u64 round = 0; round < rounds; round++) {
        for (u64 i = 0; i < 16; i++) {
            u64 refused = produce(round, xorshift_next(&random) % 128);
            total = (total << 1 | total >> 63) ^ refused;
            total = consume(total, xorshift_next(&random) % 128);
        }
    }
    return consume(total, CAPACITY);
}
