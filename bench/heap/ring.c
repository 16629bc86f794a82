/* Objects of two sizes that replace each other in random places, from calloc and back to free. */

#include <stdio.h>
#include <stdlib.h>

enum { PLACES = 4096, STEPS = 10000000 };

/* As our compiler lays objects out: counts, class, fields. */
struct object {
    unsigned strong, weak;
    const void *type;
    long number;
};

struct long_object {
    struct object object;
    long a, b, c, d, e;
};

static struct object *shorts[PLACES], *longs[PLACES];

static struct object *new_object(size_t size, long number)
{
    struct object *object = calloc(1, size);
    if (object == NULL)
        abort();
    object->strong = object->weak = 1;
    object->type = shorts;
    object->number = number;
    return object;
}

static struct object *new_long(long number)
{
    struct long_object *made = (struct long_object *)new_object(sizeof *made, number);
    made->a = made->b = made->c = made->d = made->e = number;
    return &made->object;
}

static void put(struct object **place, struct object *object)
{
    struct object *old = *place;
    *place = object;
    if (old != NULL && --old->strong == 0 && --old->weak == 0)
        free(old);
}

int main(void)
{
    for (long number = 0; number < PLACES; number++) {
        put(&shorts[number], new_object(sizeof(struct object), number));
        put(&longs[number], new_long(number));
    }
    long seed = 12345, total = 0;
    for (long step = 0; step < STEPS; step++) {
        seed = (seed * 1103515245 + 12345) % 2147483648;
        long place = seed / 65536 % PLACES;
        if (seed % 3 == 0) {
            put(&longs[place], new_long(step));
            total += longs[(place + 1) % PLACES]->number % 7;
        } else {
            put(&shorts[place], new_object(sizeof(struct object), step));
            total += shorts[(place + 1) % PLACES]->number % 7;
        }
    }
    printf("%ld\n", total);
    return 0;
}
