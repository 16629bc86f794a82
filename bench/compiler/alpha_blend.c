/* Alpha blending: a translucent picture over an opaque one. */

#include "xorshift.h"

#define WIDTH 128
#define HEIGHT 96
#define TWO_CHANNELS 0x00FF00FFu

static u32 window[HEIGHT][WIDTH];
static u32 screen[HEIGHT][WIDTH];

static u32 grey(u8 alpha)
{
    return (u32)alpha << 24 | (u32)(alpha / 2) * 0x010101;
}

static u32 blend(u32 under, u32 over)
{
    u32 transparency = 256 - (over >> 24);
    u32 red_blue = (under & TWO_CHANNELS) * transparency >> 8 & TWO_CHANNELS;
    u32 alpha_green = (under >> 8 & TWO_CHANNELS) * transparency & ~TWO_CHANNELS;
    return over + (red_blue | alpha_green);
}

static void blend_row(u32 *under, size_t under_length, const u32 *over, size_t over_length)
{
    size_t length = under_length < over_length ? under_length : over_length;
    for (size_t x = 0; x < length; x++)
        under[x] = blend(under[x], over[x]);
}

u64 run(u64 rounds)
{
    struct xorshift random = {2463534242};
    for (u64 y = 0; y < HEIGHT; y++) {
        for (u64 x = 0; x < WIDTH; x++) {
            window[y][x] = grey((u8)xorshift_next(&random));
            screen[y][x] = 0xFF000000 | (u32)xorshift_next(&random);
        }
    }
    u64 total = 0;
    for (u64 round = 0; round < rounds; round++) {
        u64 left = round % 16;
        for (u64 y = 0; y < HEIGHT; y++)
            blend_row(&screen[y][left], WIDTH - left, window[y], WIDTH);
        total = (total << 5 | total >> 59) ^ screen[round % HEIGHT][round % WIDTH];
    }
    return total;
}
