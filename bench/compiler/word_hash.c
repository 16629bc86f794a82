/* A hash over words: the body of xxHash64, four independent lanes of multiply and rotate. */

#include "xorshift.h"

#define WORDS 8192
#define PRIME_1 0x9E3779B185EBCA87
#define PRIME_2 0xC2B2AE3D27D4EB4F
#define PRIME_3 0x165667B19E3779F9
#define PRIME_4 0x85EBCA77C2B2AE63

static u64 message[WORDS];

static u64 rotate_left(u64 x, unsigned n)
{
    return x << n | x >> (64 - n);
}

static u64 stir(u64 lane, u64 word)
{
    return rotate_left(lane + word * PRIME_2, 31) * PRIME_1;
}

static u64 avalanche(u64 hashed)
{
    hashed = (hashed ^ hashed >> 33) * PRIME_2;
    hashed = (hashed ^ hashed >> 29) * PRIME_3;
    return hashed ^ hashed >> 32;
}

static u64 xxhash(const u64 *words, size_t length, u64 seed)
{
    u64 a = seed + PRIME_1 + PRIME_2;
    u64 b = seed + PRIME_2;
    u64 c = seed;
    u64 d = seed ^ PRIME_1;
    u64 count = length * 8;
    for (; length >= 4; words += 4, length -= 4) {
        a = stir(a, words[0]);
        b = stir(b, words[1]);
        c = stir(c, words[2]);
        d = stir(d, words[3]);
    }

    u64 hashed = rotate_left(a, 1) + rotate_left(b, 7) + rotate_left(c, 12) + rotate_left(d, 18);
    const u64 lanes[4] = {a, b, c, d};
    for (size_t i = 0; i < 4; i++)
        hashed = (hashed ^ stir(0, lanes[i])) * PRIME_1 + PRIME_4;
    return avalanche(hashed + count);
}

u64 run(u64 rounds)
{
    struct xorshift random = {88172645463325252};
    for (u64 i = 0; i < WORDS; i++)
        message[i] = xorshift_next(&random);
    u64 hashed = 0;
    for (u64 round = 0; round < rounds; round++)
        hashed = xxhash(message, WORDS, hashed);
    return hashed;
}
