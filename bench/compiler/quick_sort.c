/* Quick sort by slices. */

#include "xorshift.h"

#define SIZE 4096
#define SMALL 16

static u32 values[SIZE];

static void insertion_sort(u32 *values, size_t length)
{
    for (size_t i = 1; i < length; i++) {
        u32 value = values[i];
        size_t hole = i;
        while (hole > 0 && values[hole - 1] > value) {
            values[hole] = values[hole - 1];
            hole--;
        }
        values[hole] = value;
    }
}

static size_t partition(u32 *values, size_t length)
{
    u32 pivot = values[(length - 1) / 2];
    size_t low = 0;
    size_t high = length - 1;
    for (;;) {
        while (values[low] < pivot)
            low++;
        while (values[high] > pivot)
            high--;
        if (low >= high)
            return high + 1;
        u32 value = values[low];
        values[low] = values[high];
        values[high] = value;
        low++;
        high--;
    }
}

static void sort(u32 *values, size_t length)
{
    while (length > SMALL) {
        size_t middle = partition(values, length);
        if (middle < length / 2) {
            sort(values, middle);
            values += middle;
            length -= middle;
        } else {
            sort(values + middle, length - middle);
            length = middle;
        }
    }
    insertion_sort(values, length);
}

u64 run(u64 rounds)
{
    struct xorshift random = {2463534242};
    u64 total = 0;
    for (u64 round = 0; round < rounds; round++) {
        for (u64 i = 0; i < SIZE; i++)
            values[i] = (u32)xorshift_next(&random);
        sort(values, SIZE);
        for (u64 i = 0; i < SIZE; i++)
            total = (total << 1 | total >> 63) ^ values[i];
    }
    return total;
}
