/* Text to numbers: decimal digits and spaces, one byte after the other. */

#include "xorshift.h"

#define SIZE 16384

static u8 text[SIZE];

static bool is_digit(u8 byte)
{
    return '0' <= byte && byte <= '9';
}

static void write_numbers(void)
{
    struct xorshift random = {2463534242};
    u64 left = 0;
    for (u64 i = 0; i < SIZE; i++) {
        if (left == 0) {
            text[i] = ' ';
            left = 1 + xorshift_next(&random) % 8;
        } else {
            text[i] = (u8)('0' + xorshift_next(&random) % 10);
            left--;
        }
    }
}

static u64 sum_of_numbers(const u8 *text, size_t length)
{
    u64 total = 0;
    u64 number = 0;
    for (size_t i = 0; i < length; i++) {
        u8 byte = text[i];
        if (is_digit(byte)) {
            number = number * 10 + (u8)(byte - '0');
        } else {
            total += number;
            number = 0;
        }
    }
    return total + number;
}

u64 run(u64 rounds)
{
    write_numbers();
    u64 total = 0;
    for (u64 round = 0; round < rounds; round++) {
        u64 i = round * 7 % SIZE;
        if (is_digit(text[i]))
            text[i] = (u8)('0' + total % 10);
        total = total % 1000003 + sum_of_numbers(text, SIZE);
    }
    return total;
}
