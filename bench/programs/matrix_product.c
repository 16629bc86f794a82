/* Matrices of floats as arrays of rows, multiplied in the plainest way. */

#include "program.h"

#define SIZE 64

static double **new_matrix(int64_t size)
{
    double **rows = malloc(size * sizeof *rows);
    for (int64_t i = 0; i < size; i++)
        rows[i] = malloc(size * sizeof **rows);
    return rows;
}

static void free_matrix(double **rows, int64_t size)
{
    for (int64_t i = 0; i < size; i++)
        free(rows[i]);
    free(rows);
}

static double **make(int64_t size, int64_t seed)
{
    double **rows = new_matrix(size);
    for (int64_t i = 0; i < size; i++)
        for (int64_t j = 0; j < size; j++)
            rows[i][j] = (double)((i * 31 + j * 17 + seed) % 101) / 7.0;
    return rows;
}

static double **product(double **a, double **b, int64_t size)
{
    double **result = new_matrix(size);
    for (int64_t i = 0; i < size; i++) {
        for (int64_t j = 0; j < size; j++) {
            double total = 0;
            for (int64_t k = 0; k < size; k++)
                total += a[i][k] * b[k][j];
            result[i][j] = total;
        }
    }
    return result;
}

int64_t run(int64_t rounds)
{
    double total = 0;
    for (int64_t round = 0; round < rounds; round++) {
        double **a = make(SIZE, round);
        double **b = make(SIZE, round + 1);
        double **c = product(a, b, SIZE);
        for (int64_t i = 0; i < SIZE; i++)
            total += c[i][(i + round) % SIZE];
        free_matrix(a, SIZE);
        free_matrix(b, SIZE);
        free_matrix(c, SIZE);
    }
    return (int64_t)(total * 1000.0);
}
