/* CRC-32 by a table, which C has no way to compute while compiling. */

#include "xorshift.h"

#define SIZE 32768
#define POLYNOMIAL 0xEDB88320

static u32 table[256];
static u8 message[SIZE];

static void prepare(void)
{
    for (u32 byte = 0; byte < 256; byte++) {
        u32 remainder = byte;
        for (u32 bit = 0; bit < 8; bit++)
            remainder = remainder >> 1 ^ (remainder & 1 ? POLYNOMIAL : 0);
        table[byte] = remainder;
    }
}

static u32 crc32(const u8 *data, size_t length, u32 remainder)
{
    remainder = ~remainder;
    for (size_t i = 0; i < length; i++)
        remainder = remainder >> 8 ^ table[(u8)remainder ^ data[i]];
    return ~remainder;
}

u64 run(u64 rounds)
{
    prepare();
    struct xorshift random = {2463534242};
    for (u64 i = 0; i < SIZE; i++)
        message[i] = (u8)xorshift_next(&random);
    u32 remainder = 0;
    for (u64 round = 0; round < rounds; round++)
        remainder = crc32(message, SIZE, remainder);
    return remainder;
}
