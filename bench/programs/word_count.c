/* Word count: how often does each word stand in a text? */

#include "program.h"

#define WORDS 20000
#define LETTERS "abcdefghijklmnopqrstuvwxyz"

static char *make_text(int64_t words)
{
    char *text = malloc(words * 10 + 1);
    char *end = text;
    int64_t state = 12345;
    for (int64_t i = 0; i < words; i++) {
        state = (state * 1103515245 + 12345) % 2147483648;
        int64_t number = (state >> 16) % 1000;
        number = number * number / 1000;
        if (i > 0)
            *end++ = ' ';
        int64_t length = 2 + number % 7;
        for (int64_t j = 0; j < length; j++) {
            *end++ = LETTERS[number % 26];
            number = number * 7 + 11;
        }
    }
    *end = '\0';
    return text;
}

struct entry {
    char *word; /* its own copy; NULL: free */
    size_t length;
    uint64_t hash;
    int64_t count;
};

struct table {
    struct entry *entries;
    size_t size; /* a power of two */
    size_t used;
};

static uint64_t hash_of(const char *word, size_t length)
{
    uint64_t hash = 14695981039346656037u;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)word[i]) * 1099511628211u;
    return hash;
}

static struct entry *find(const struct table *self, const char *word, size_t length, uint64_t hash)
{
    size_t at = hash & (self->size - 1);
    for (;;) {
        struct entry *entry = &self->entries[at];
        if (entry->word == NULL || (entry->hash == hash && entry->length == length &&
                                    memcmp(entry->word, word, length) == 0))
            return entry;
        at = (at + 1) & (self->size - 1);
    }
}

static void grow(struct table *self)
{
    struct table larger = {.size = self->size == 0 ? 8 : 2 * self->size, .used = self->used};
    larger.entries = calloc(larger.size, sizeof *larger.entries);
    for (size_t i = 0; i < self->size; i++) {
        struct entry *entry = &self->entries[i];
        if (entry->word != NULL)
            *find(&larger, entry->word, entry->length, entry->hash) = *entry;
    }
    free(self->entries);
    *self = larger;
}

static void count_word(struct table *self, const char *word, size_t length)
{
    if (3 * (self->used + 1) > 2 * self->size)
        grow(self);
    uint64_t hash = hash_of(word, length);
    struct entry *entry = find(self, word, length, hash);
    if (entry->word == NULL) {
        entry->word = malloc(length);
        memcpy(entry->word, word, length);
        entry->length = length;
        entry->hash = hash;
        self->used++;
    }
    entry->count++;
}

static struct table count_words(const char *text)
{
    struct table counts = {0};
    for (;;) {
        while (*text == ' ')
            text++;
        if (*text == '\0')
            return counts;
        const char *start = text;
        while (*text != ' ' && *text != '\0')
            text++;
        count_word(&counts, start, text - start);
    }
}

int64_t run(int64_t rounds)
{
    char *text = make_text(WORDS);
    int64_t total = 0;
    for (int64_t round = 0; round < rounds; round++) {
        struct table counts = count_words(text);
        int64_t best = 0;
        for (size_t i = 0; i < counts.size; i++) {
            struct entry *entry = &counts.entries[i];
            if (entry->word == NULL)
                continue;
            int64_t score = entry->count * (int64_t)entry->length;
            if (score > best)
                best = score;
            free(entry->word);
        }
        total += best + (int64_t)counts.used;
        free(counts.entries);
    }
    free(text);
    return total;
}
