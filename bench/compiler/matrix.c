/* Matrices of integers, multiplied row by row. */

#include "xorshift.h"

#define SIZE 48

struct matrix {
    u32 rows[SIZE][SIZE];
};

static struct matrix first;
static struct matrix second;
static struct matrix product;

static void fill(struct matrix *self, struct xorshift *random)
{
    for (u64 i = 0; i < SIZE; i++)
        for (u64 j = 0; j < SIZE; j++)
            self->rows[i][j] = (u32)xorshift_next(random) % 256;
}

static void add_scaled(u32 *row, u32 factor, const u32 *other, size_t length)
{
    for (size_t j = 0; j < length; j++)
        row[j] += factor * other[j];
}

static void store_product(struct matrix *self, struct matrix *left, struct matrix *right)
{
    for (u64 i = 0; i < SIZE; i++) {
        u32 *row = self->rows[i];
        for (u64 j = 0; j < SIZE; j++)
            row[j] = 0;
        for (u64 k = 0; k < SIZE; k++)
            add_scaled(row, left->rows[i][k], right->rows[k], SIZE);
    }
}

static u64 reduce(struct matrix *self, u32 modulus)
{
    u64 total = 0;
    for (u64 i = 0; i < SIZE; i++) {
        for (u64 j = 0; j < SIZE; j++) {
            self->rows[i][j] %= modulus;
            total += self->rows[i][j];
        }
    }
    return total;
}

u64 run(u64 rounds)
{
    struct xorshift random = {2463534242};
    fill(&first, &random);
    fill(&second, &random);
    u64 total = 0;
    for (u64 round = 0; round < rounds; round++) {
        store_product(&product, &first, &second);
        total ^= reduce(&product, 251);
        store_product(&first, &product, &second);
        total = total * 3 % 1000003 + reduce(&first, 241);
    }
    return total;
}
