/* String search by Horspool's algorithm. */

#include "xorshift.h"

#define SIZE 32768
#define PATTERN_SIZE 6

static u8 text[SIZE];
static u8 skip[256];

static void prepare(u8 *skip, const u8 *pattern, size_t length)
{
    for (size_t i = 0; i < 256; i++)
        skip[i] = (u8)length;
    for (size_t i = 0; i < length - 1; i++)
        skip[pattern[i]] = (u8)(length - 1 - i);
}

static bool matches(const u8 *window, const u8 *pattern, size_t length)
{
    size_t i = length;
    while (i > 0) {
        i--;
        if (window[i] != pattern[i])
            return false;
    }
    return true;
}

static size_t find(const u8 *text, size_t text_length, const u8 *pattern, size_t length,
                   const u8 *skip, size_t start)
{
    size_t at = start;
    while (at + length <= text_length) {
        const u8 *window = &text[at];
        if (matches(window, pattern, length))
            return at;
        at += skip[window[length - 1]];
    }
    return text_length;
}

u64 run(u64 rounds)
{
    struct xorshift random = {2463534242};
    for (u64 i = 0; i < SIZE; i++)
        text[i] = (u8)(xorshift_next(&random) >> 40) % 4;
    u64 total = 0;
    for (u64 round = 0; round < rounds; round++) {
        const u8 *pattern = &text[xorshift_next(&random) % (SIZE - PATTERN_SIZE)];
        prepare(skip, pattern, PATTERN_SIZE);
        size_t at = find(text, SIZE, pattern, PATTERN_SIZE, skip, 0);
        while (at < SIZE) {
            total = (total << 1 | total >> 63) ^ at;
            at = find(text, SIZE, pattern, PATTERN_SIZE, skip, at + 1);
        }
    }
    return total;
}
