/* String building: a report of numbers, names and separators, line by line and then as a whole. */

#include "program.h"

#include <stdio.h>

#define LINES 2000

static const char *const NAMES[5] = {"alpha", "beta", "gamma", "delta", "epsilon"};

struct text {
    char *bytes;
    size_t length, capacity;
};

static void append(struct text *self, const char *bytes, size_t length)
{
    if (self->length + length + 1 > self->capacity) {
        self->capacity = 2 * (self->length + length + 1);
        self->bytes = realloc(self->bytes, self->capacity);
    }
    memcpy(self->bytes + self->length, bytes, length);
    self->length += length;
    self->bytes[self->length] = '\0';
}

static struct text line(int64_t number)
{
    struct text text = {0};
    const char *name = NAMES[number % 5];
    append(&text, name, strlen(name));
    append(&text, ":", 1);
    for (int64_t column = 0; column < 5; column++) {
        char digits[24];
        int length = snprintf(digits, sizeof digits, " %lld", (long long)(number * (column + 3)));
        append(&text, digits, length);
    }
    return text;
}

static struct text report(int64_t lines, int64_t first)
{
    struct text text = {0};
    for (int64_t number = first; number < first + lines; number++) {
        struct text one = line(number);
        if (number > first)
            append(&text, "\n", 1);
        append(&text, one.bytes, one.length);
        free(one.bytes);
    }
    return text;
}

int64_t run(int64_t rounds)
{
    int64_t total = 0;
    for (int64_t round = 0; round < rounds; round++) {
        struct text text = report(LINES, round % 100);
        char wanted[40];
        snprintf(wanted, sizeof wanted, "epsilon: %lld",
                 (long long)((round % 100 + 1500) / 5 * 15 + 12));
        const char *found = strstr(text.bytes, wanted);
        total += (int64_t)text.length + (found == NULL ? -1 : found - text.bytes);
        free(text.bytes);
    }
    return total;
}
