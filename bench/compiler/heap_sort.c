/* Heap sort: jumps through a slice at indices that grow by doubling. */

#include "xorshift.h"

#define SIZE 4096

static u64 values[SIZE];

static void sift_down(u64 *heap, size_t length, size_t root)
{
    u64 value = heap[root];
    size_t child = 2 * root + 1;
    while (child < length) {
        if (child + 1 < length && heap[child] < heap[child + 1])
            child++;
        if (heap[child] <= value)
            break;
        heap[root] = heap[child];
        root = child;
        child = 2 * root + 1;
    }
    heap[root] = value;
}

static void sort(u64 *values, size_t length)
{
    size_t root = length / 2;
    while (root > 0) {
        root--;
        sift_down(values, length, root);
    }

    while (length > 1) {
        size_t last = length - 1;
        u64 value = values[0];
        values[0] = values[last];
        values[last] = value;
        length = last;
        sift_down(values, length, 0);
    }
}

u64 run(u64 rounds)
{
    struct xorshift random = {88172645463325252};
    u64 total = 0;
    for (u64 round = 0; round < rounds; round++) {
        for (u64 i = 0; i < SIZE; i++)
            values[i] = xorshift_next(&random);
        sort(values, SIZE);
        for (u64 i = 0; i < SIZE; i++)
            total = (total << 1 | total >> 63) ^ values[i];
    }
    return total;
}
