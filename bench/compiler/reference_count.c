/* Reference counts: immutable lists whose tails are shared, in slots that come and go. */

#include "object.h"
#include "xorshift.h"

#define SLOTS 64
#define STEPS 1024

struct cell {
    struct object header;
    u64 value;
    struct cell *next;
};

static struct cell *slots[SLOTS];

static void drop_cell(void *object)
{
    release(((struct cell *)object)->next);
}

static const struct type CELL = {.size = sizeof(struct cell), .drop = drop_cell, .name = "Cell"};

static struct cell *new_cell(u64 value, struct cell *next)
{
    struct cell *cell = new_object(&CELL);
    if (cell == NULL)
        return NULL;
    cell->value = value;
    cell->next = retain(next);
    return cell;
}

/* Put a reference that the caller gives away into a slot. */
static void put(u64 slot, struct cell *cell)
{
    struct cell *old = slots[slot];
    slots[slot] = cell;
    release(old);
}

static void pop(u64 slot)
{
    struct cell *cell = slots[slot];
    if (cell != NULL)
        put(slot, retain(cell->next));
}

static u64 add_up(const struct cell *cell, u64 limit)
{
    u64 total = 0;
    for (; cell != NULL && limit > 0; limit--) {
        total ^= cell->value;
        cell = cell->next;
    }
    return total;
}

u64 run(u64 rounds)
{
    struct xorshift random = {88172645463325252};
    u64 total = 0;
    for (u64 round = 0; round < rounds; round++) {
        for (u64 i = 0; i < STEPS; i++) {
            u64 bits = xorshift_next(&random);
            u64 into = bits >> 8 & 63;
            u64 other = bits >> 16 & 63;
            switch (bits & 3) {
            case 0: {
                struct cell *cell = new_cell(bits, slots[other]);
                if (cell == NULL)
                    return 0;
                put(into, cell);
                break;
            }
            case 1:
                put(into, retain(slots[other]));
                break;
            default:
                pop(into);
            }
            total = (total << 1 | total >> 63) ^ add_up(slots[other], 4);
        }
    }
    for (u64 i = 0; i < SLOTS; i++)
        put(i, NULL);
    return total;
}
