/* Counted objects in C, as our compiler lays them out and counts them (compiler/ir.py).
 *
 * An object is freed when its last reference goes; `weak` counts the weak references, plus one for
 * as long as there is a strong one. The allocator is the harness's, the same for both sides. */

#pragma once

#include "bench.h"

struct type {
    u64 size;
    const struct type *base;
    void (*drop)(void *object); /* releases what the fields hold */
    const char *name;
    u32 number;
    u32 depth;
    u64 allocator_word;
    u64 unused;
    void (*methods[])(void);
};

struct object {
    u32 strong;
    u32 weak;
    const struct type *type;
};

void *__pw_allocate(i64 size, const struct type *type);
void __pw_free(void *object, const struct type *type);

/* Return a new object, zeroed, that the caller holds; NULL if there is no memory. */
static inline void *new_object(const struct type *type)
{
    struct object *object = __pw_allocate((i64)type->size, type);
    if (object == NULL)
        return NULL;
    object->strong = 1;
    object->weak = 1;
    object->type = type;
    return object;
}

static void destroy(struct object *object)
{
    if (object->type->drop != NULL)
        object->type->drop(object);
    if (--object->weak == 0)
        __pw_free(object, object->type);
}

static inline void *retain(void *reference)
{
    struct object *object = reference;
    if (object != NULL)
        object->strong++;
    return reference;
}

static inline void release(void *reference)
{
    struct object *object = reference;
    if (object != NULL && --object->strong == 0)
        destroy(object);
}
