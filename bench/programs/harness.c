/* Runs a program in C as harness.py runs the same in Python.
 *
 * Protocol, a line each, until standard input ends:
 *     request    rounds
 *     reply      checksum, nanoseconds of processor time
 */

#include "program.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

static int64_t processor_time(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

int main(void)
{
    int64_t rounds;
    while (scanf("%" SCNd64, &rounds) == 1) {
        int64_t start = processor_time();
        int64_t checksum = run(rounds);
        int64_t took = processor_time() - start;
        printf("%" PRId64 " %" PRId64 "\n", checksum, took);
        fflush(stdout);
    }
}
