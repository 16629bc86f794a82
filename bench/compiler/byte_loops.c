/* Loops over bytes: count, add up, encipher. */

#include "xorshift.h"

#define SIZE 32768

static u8 message[SIZE];
static u8 key[SIZE];

static u64 count(const u8 *data, size_t length, u8 wanted)
{
    u64 found = 0;
    for (size_t i = 0; i < length; i++)
        if (data[i] == wanted)
            found++;
    return found;
}

static u64 add_up(const u8 *data, size_t length)
{
    u64 total = 0;
    for (size_t i = 0; i < length; i++)
        total += data[i];
    return total;
}

static void encipher(u8 *data, size_t data_length, const u8 *key, size_t key_length)
{
    size_t length = data_length < key_length ? data_length : key_length;
    for (size_t i = 0; i < length; i++)
        data[i] ^= key[i];
}

u64 run(u64 rounds)
{
    struct xorshift random = {2463534242};
    for (u64 i = 0; i < SIZE; i++) {
        message[i] = (u8)xorshift_next(&random);
        key[i] = (u8)xorshift_next(&random);
    }
    u64 total = 0;
    for (u64 round = 0; round < rounds; round++) {
        key[round % SIZE] = (u8)total;
        encipher(message, SIZE, key, SIZE);
        total += count(message, SIZE, 32) * 1000 + add_up(message, SIZE);
    }
    return total;
}
