/* Quicksort of numbers at random, and a look at whether they are sorted. */

#include "program.h"

#define SIZE 20000

static void quick_sort(int64_t *values, int64_t low, int64_t high)
{
    while (low < high) {
        int64_t pivot = values[(low + high) / 2];
        int64_t i = low, j = high;
        while (i <= j) {
            while (values[i] < pivot)
                i++;
            while (values[j] > pivot)
                j--;
            if (i <= j) {
                int64_t value = values[i];
                values[i++] = values[j];
                values[j--] = value;
            }
        }
        if (j - low < high - i) {
            quick_sort(values, low, j);
            low = i;
        } else {
            quick_sort(values, i, high);
            high = j;
        }
    }
}

int64_t run(int64_t rounds)
{
    int64_t state = 42, total = 0;
    for (int64_t round = 0; round < rounds; round++) {
        int64_t *values = NULL;
        size_t count = 0, capacity = 0;
        for (int64_t i = 0; i < SIZE; i++) {
            state = (state * 1103515245 + 12345) % 2147483648;
            if (count == capacity) {
                capacity = capacity == 0 ? 16 : 2 * capacity;
                values = realloc(values, capacity * sizeof *values);
            }
            values[count++] = state >> 8;
        }
        quick_sort(values, 0, SIZE - 1);
        for (int64_t i = 1; i < SIZE; i++)
            if (values[i - 1] > values[i])
                return -1;
        total += values[SIZE / 2];
        free(values);
    }
    return total;
}
