/* Sieve of Eratosthenes: the primes below 200,000, and the sum of the last thousand. */

#include "program.h"

#define LIMIT 200000

static int64_t *primes_below(int64_t limit, int64_t *length)
{
    bool *is_prime = malloc(limit * sizeof *is_prime);
    memset(is_prime, true, limit * sizeof *is_prime);
    is_prime[0] = false;
    is_prime[1] = false;
    for (int64_t number = 2; number * number < limit; number++)
        if (is_prime[number])
            for (int64_t multiple = number * number; multiple < limit; multiple += number)
                is_prime[multiple] = false;

    int64_t *primes = NULL;
    int64_t count = 0, capacity = 0;
    for (int64_t number = 0; number < limit; number++) {
        if (is_prime[number]) {
            if (count == capacity) {
                capacity = capacity == 0 ? 16 : 2 * capacity;
                primes = realloc(primes, capacity * sizeof *primes);
            }
            primes[count++] = number;
        }
    }
    free(is_prime);
    *length = count;
    return primes;
}

int64_t run(int64_t rounds)
{
    int64_t total = 0;
    for (int64_t round = 0; round < rounds; round++) {
        int64_t count;
        int64_t *primes = primes_below(LIMIT - round % 10, &count);
        total += count;
        for (int64_t i = count - 1000; i < count; i++)
            total += primes[i];
        free(primes);
    }
    return total;
}
