/* Mandelbrot: which points of a grid stay near when they are squared and moved again and again? */

#include "program.h"

#define WIDTH 96
#define HEIGHT 64
#define LIMIT 100

static int64_t escape(double cx, double cy)
{
    double x = 0, y = 0;
    for (int64_t step = 0; step < LIMIT; step++) {
        double xx = x * x;
        double yy = y * y;
        if (xx + yy > 4)
            return step;
        y = 2 * x * y + cy;
        x = xx - yy + cx;
    }
    return LIMIT;
}

int64_t run(int64_t rounds)
{
    int64_t total = 0;
    for (int64_t round = 0; round < rounds; round++) {
        double shift = (double)(round % 16) * 0.001;
        for (int64_t row = 0; row < HEIGHT; row++) {
            double cy = 2.0 * (double)row / HEIGHT - 1 + shift;
            for (int64_t column = 0; column < WIDTH; column++)
                total += escape(3.0 * (double)column / WIDTH - 2, cy);
        }
    }
    return total;
}
