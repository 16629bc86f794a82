/* FNV-1a over bytes: one multiplication after the other, each waiting for the last. */

#include "xorshift.h"

#define SIZE 65536
#define OFFSET_BASIS 0xCBF29CE484222325
#define PRIME 0x100000001B3

static u8 message[SIZE];

static u64 fnv1a(const u8 *data, size_t length, u64 hashed)
{
    for (size_t i = 0; i < length; i++)
        hashed = (hashed ^ data[i]) * PRIME;
    return hashed;
}

u64 run(u64 rounds)
{
    struct xorshift random = {2463534242};
    for (u64 i = 0; i < SIZE; i++)
        message[i] = (u8)xorshift_next(&random);
    u64 hashed = OFFSET_BASIS;
    for (u64 round = 0; round < rounds; round++)
        hashed = fnv1a(message, SIZE, hashed);
    return hashed;
}
