/* N queens: in how many ways can eight queens stand on a board without seeing each other? */

#include "program.h"

#define SIZE 8

struct board {
    int64_t size;
    bool *columns, *rising, *falling;
};

static bool is_free(const struct board *self, int64_t row, int64_t column)
{
    return !(self->columns[column] || self->rising[row + column] ||
             self->falling[row - column + self->size - 1]);
}

static void put(struct board *self, int64_t row, int64_t column, bool there)
{
    self->columns[column] = there;
    self->rising[row + column] = there;
    self->falling[row - column + self->size - 1] = there;
}

static int64_t solutions(struct board *self, int64_t row)
{
    if (row == self->size)
        return 1;
    int64_t found = 0;
    for (int64_t column = 0; column < self->size; column++) {
        if (is_free(self, row, column)) {
            put(self, row, column, true);
            found += solutions(self, row + 1);
            put(self, row, column, false);
        }
    }
    return found;
}

int64_t run(int64_t rounds)
{
    int64_t total = 0;
    for (int64_t round = 0; round < rounds; round++) {
        struct board board = {.size = SIZE + round % 2};
        board.columns = calloc(board.size, sizeof(bool));
        board.rising = calloc(2 * board.size - 1, sizeof(bool));
        board.falling = calloc(2 * board.size - 1, sizeof(bool));
        total += solutions(&board, 0);
        free(board.columns);
        free(board.rising);
        free(board.falling);
    }
    return total;
}
