/* Virtual calls: a picture of shapes of four kinds, each asked for its area. */

#include "object.h"

#define SHAPES 64

struct shape {
    struct object header;
    u64 side;
};

enum { AREA, GROW };
typedef u64 area_method(struct shape *self);
typedef void grow_method(struct shape *self, u64 by);

static u64 square_area(struct shape *self)
{
    return self->side * self->side;
}

static void square_grow(struct shape *self, u64 by)
{
    self->side = (self->side + by) % 1024;
}

static u64 cross_area(struct shape *self)
{
    return self->side * self->side * 5 / 8;
}

static void cross_grow(struct shape *self, u64 by)
{
    self->side = (self->side + 2 * by) % 1024;
}

static u64 rhombus_area(struct shape *self)
{
    return self->side * self->side / 2;
}

static void rhombus_grow(struct shape *self, u64 by)
{
    self->side = (self->side + 3 * by) % 512;
}

static u64 stroke_area(struct shape *self)
{
    return self->side;
}

static void stroke_grow(struct shape *self, u64 by)
{
    self->side += by & 1;
}

#define SHAPE_TYPE(name)                                                                           \
    {                                                                                              \
        .size = sizeof(struct shape), .methods = {                                                 \
            (void (*)(void))name##_area,                                                           \
            (void (*)(void))name##_grow,                                                           \
        }                                                                                          \
    }

static const struct type SQUARE = SHAPE_TYPE(square);
static const struct type CROSS = SHAPE_TYPE(cross);
static const struct type RHOMBUS = SHAPE_TYPE(rhombus);
static const struct type STROKE = SHAPE_TYPE(stroke);

static struct shape *picture[SHAPES];

static struct shape *make_shape(u64 number)
{
    static const struct type *const types[4] = {&SQUARE, &CROSS, &RHOMBUS, &STROKE};
    struct shape *shape = new_object(types[number / 16]);
    if (shape == NULL)
        return NULL;
    shape->side = number;
    return shape;
}

static u64 total_area(void)
{
    u64 total = 0;
    for (u64 i = 0; i < SHAPES; i++) {
        struct shape *shape = picture[i];
        if (shape != NULL)
            total += ((area_method *)shape->header.type->methods[AREA])(shape);
    }
    return total;
}

static void grow_all(u64 by)
{
    for (u64 i = 0; i < SHAPES; i++) {
        struct shape *shape = picture[i];
        if (shape != NULL)
            ((grow_method *)shape->header.type->methods[GROW])(shape, by);
    }
}

u64 run(u64 rounds)
{
    for (u64 i = 0; i < SHAPES; i++) {
        picture[i] = make_shape(i);
        if (picture[i] == NULL)
            return 0;
    }
    u64 total = 0;
    for (u64 round = 0; round < rounds; round++) {
        total = total % 1000003 + total_area();
        grow_all(round % 7);
    }
    for (u64 i = 0; i < SHAPES; i++) {
        release(picture[i]);
        picture[i] = NULL;
    }
    return total;
}
