/* A hash table with open addressing and linear probing. */

#include "xorshift.h"

#define CAPACITY 4096
#define KEYS 3000
#define STEPS 4096
#define PHI 0x9E3779B97F4A7C15

struct entry {
    u64 key;
    u64 count;
};

struct table {
    struct entry entries[CAPACITY];
    u64 used;
};

static struct table table;

static u64 home(u64 key)
{
    return key * PHI >> 52;
}

static u64 distance(u64 start, u64 end)
{
    return (end + CAPACITY - start) % CAPACITY;
}

static u64 table_find(struct table *self, u64 key)
{
    u64 i = home(key);
    while (self->entries[i].key != key && self->entries[i].key != 0)
        i = (i + 1) % CAPACITY;
    return i;
}

static struct entry *table_entry(struct table *self, u64 key)
{
    return &self->entries[table_find(self, key)];
}

static u64 table_add(struct table *self, u64 key)
{
    struct entry *entry = table_entry(self, key);
    if (entry->key == 0) {
        entry->key = key;
        self->used++;
    }
    entry->count++;
    return entry->count;
}

static u64 table_remove(struct table *self, u64 key)
{
    u64 hole = table_find(self, key);
    if (self->entries[hole].key == 0)
        return 0;
    u64 count = self->entries[hole].count;
    self->used--;

    u64 i = (hole + 1) % CAPACITY;
    while (self->entries[i].key != 0) {
        if (distance(home(self->entries[i].key), i) >= distance(hole, i)) {
            self->entries[hole] = self->entries[i];
            hole = i;
        }
        i = (i + 1) % CAPACITY;
    }
    self->entries[hole] = (struct entry){0, 0};
    return count;
}

u64 run(u64 rounds)
{
    struct xorshift random = {88172645463325252};
    u64 total = 0;
    for (u64 round = 0; round < rounds; round++) {
        for (u64 i = 0; i < STEPS; i++) {
            total ^= table_add(&table, 1 + xorshift_next(&random) % KEYS);
            if (xorshift_next(&random) % 4 == 0) {
                u64 removed = table_remove(&table, 1 + xorshift_next(&random) % KEYS);
                total = (total << 1 | total >> 63) ^ removed;
            }
        }
        total ^= table.used;
    }
    for (u64 key = 1; key <= KEYS; key++)
        table_remove(&table, key);
    return total;
}
