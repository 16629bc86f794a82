/* Levenshtein distance: how many letters must change to make one word of another? */

#include "program.h"

#define SIZE 300

static char *make_word(int64_t size, int64_t seed)
{
    char *letters = malloc(size + 1);
    int64_t state = seed;
    for (int64_t i = 0; i < size; i++) {
        state = (state * 1103515245 + 12345) % 2147483648;
        letters[i] = "abcdefgh"[(state >> 16) % 8];
    }
    letters[size] = '\0';
    return letters;
}

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t distance(const char *a, const char *b)
{
    size_t rows = strlen(a), columns = strlen(b);
    int64_t *previous = malloc((columns + 1) * sizeof *previous);
    int64_t *current = malloc((columns + 1) * sizeof *current);
    for (size_t j = 0; j <= columns; j++)
        previous[j] = (int64_t)j;
    for (size_t i = 0; i < rows; i++) {
        current[0] = (int64_t)i + 1;
        for (size_t j = 0; j < columns; j++) {
            int64_t cost = a[i] == b[j] ? 0 : 1;
            current[j + 1] = least(least(previous[j + 1] + 1, current[j] + 1), previous[j] + cost);
        }
        int64_t *swapped = previous;
        previous = current;
        current = swapped;
    }
    int64_t result = previous[columns];
    free(previous);
    free(current);
    return result;
}

int64_t run(int64_t rounds)
{
    int64_t total = 0;
    for (int64_t round = 0; round < rounds; round++) {
        char *a = make_word(SIZE, round);
        char *b = make_word(SIZE + round % 9, round + 1);
        total += distance(a, b);
        free(a);
        free(b);
    }
    return total;
}
