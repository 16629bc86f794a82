/* A bitmap of free pages: find a clear bit, set it, clear it again, count. */

#include "xorshift.h"

#define WORDS 256
#define BITS (WORDS * 64)
#define ALL 0xFFFFFFFFFFFFFFFFu

struct bitmap {
    u64 words[WORDS];
};

static struct bitmap pages;

static u64 first_clear(struct bitmap *self, u64 start)
{
    u64 i = start / 64;
    if (i >= WORDS)
        return BITS;
    u64 clear = ~self->words[i] & ALL << start % 64;
    while (clear == 0) {
        i++;
        if (i == WORDS)
            return BITS;
        clear = ~self->words[i];
    }
    return i * 64 + (u64)__builtin_ctzll(clear);
}

static u64 take(struct bitmap *self, u64 start)
{
    u64 bit = first_clear(self, start);
    if (bit < BITS)
        self->words[bit / 64] |= (u64)1 << bit % 64;
    return bit;
}

static void give(struct bitmap *self, u64 bit)
{
    self->words[bit / 64] &= ~((u64)1 << bit % 64);
}

static u64 count(struct bitmap *self)
{
    u64 total = 0;
    for (u64 i = 0; i < WORDS; i++)
        total += (u64)__builtin_popcountll(self->words[i]);
    return total;
}

static u64 take_page(u64 start)
{
    u64 page = take(&pages, start);
    return page < BITS ? page : take(&pages, 0);
}

u64 run(u64 rounds)
{
    struct xorshift random = {88172645463325252};
    for (u64 i = 0; i < WORDS; i++)
        pages.words[i] = ALL;
    u64 total = 0;
    for (u64 round = 0; round < rounds; round++) {
        for (u64 i = 0; i < 64; i++)
            give(&pages, xorshift_next(&random) % BITS);
        total ^= count(&pages);
        u64 page = take_page(xorshift_next(&random) % BITS);
        while (page < BITS) {
            total = (total << 1 | total >> 63) ^ page;
            page = take_page(xorshift_next(&random) % BITS);
        }
    }
    return total;
}
