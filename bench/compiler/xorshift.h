/* Pseudo-random numbers that both languages draw alike: xorshift64. See xorshift.py. */

#pragma once

#include "bench.h"

struct xorshift {
    u64 state;
};

static inline u64 xorshift_next(struct xorshift *random)
{
    u64 x = random->state;
    x ^= x << 13;
    x ^= x >> 7;
    x ^= x << 17;
    random->state = x;
    return x;
}
