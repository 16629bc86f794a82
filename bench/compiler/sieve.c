/* The sieve of Eratosthenes over a table of flags: stores at a stride. */

#include "bench.h"

#define LIMIT 131072

static bool is_composite[LIMIT];

static u64 sum_of_primes(bool *is_composite, size_t length)
{
    for (size_t i = 0; i < length; i++)
        is_composite[i] = false;
    u64 total = 0;
    for (size_t i = 2; i < length; i++) {
        if (is_composite[i])
            continue;
        total += i;
        for (size_t multiple = i * i; multiple < length; multiple += i)
            is_composite[multiple] = true;
    }
    return total;
}

u64 run(u64 rounds)
{
    u64 total = 0;
    for (u64 round = 0; round < rounds; round++)
        total = total % 1000003 + sum_of_primes(is_composite, LIMIT - round % 64);
    return total;
}
