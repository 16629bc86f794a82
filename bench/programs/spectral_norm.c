/* Spectral norm: the greatest factor by which an endless matrix stretches a vector. */

#include "program.h"

#include <math.h>

#define SIZE 100

static double element(int64_t i, int64_t j)
{
    return 1.0 / ((i + j) * (i + j + 1) / 2 + i + 1);
}

static void times(int64_t size, const double *vector, double *result)
{
    for (int64_t i = 0; i < size; i++) {
        double total = 0;
        for (int64_t j = 0; j < size; j++)
            total += element(i, j) * vector[j];
        result[i] = total;
    }
}

static void times_transposed(int64_t size, const double *vector, double *result)
{
    for (int64_t i = 0; i < size; i++) {
        double total = 0;
        for (int64_t j = 0; j < size; j++)
            total += element(j, i) * vector[j];
        result[i] = total;
    }
}

int64_t run(int64_t rounds)
{
    int64_t checksum = 0;
    for (int64_t round = 0; round < rounds; round++) {
        int64_t size = SIZE + round % 3;
        double *u = malloc(size * sizeof *u);
        double *v = malloc(size * sizeof *v);
        double *between = malloc(size * sizeof *between);
        for (int64_t i = 0; i < size; i++)
            u[i] = 1;
        for (int i = 0; i < 10; i++) {
            times(size, u, between);
            times_transposed(size, between, v);
            times(size, v, between);
            times_transposed(size, between, u);
        }
        double uv = 0, vv = 0;
        for (int64_t i = 0; i < size; i++) {
            uv += u[i] * v[i];
            vv += v[i] * v[i];
        }
        checksum += (int64_t)(sqrt(uv / vv) * 1e9);
        free(u);
        free(v);
        free(between);
    }
    return checksum;
}
