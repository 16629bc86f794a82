/* SHA-256 of a message that grows, by the book. Source: NIST, FIPS 180-4, section 6.2. */

#include "program.h"

#include <math.h>

#define SIZE 16384

static uint32_t fraction_bits(int64_t number, bool is_cube)
{
    double root = is_cube ? pow((double)number, 1.0 / 3.0) : pow((double)number, 0.5);
    return (uint32_t)((root - floor(root)) * 4294967296);
}

static void first_primes(int64_t *primes, int64_t wanted)
{
    int64_t count = 0;
    for (int64_t number = 2; count < wanted; number++) {
        bool is_prime = true;
        for (int64_t i = 0; i < count && is_prime; i++)
            is_prime = number % primes[i] != 0;
        if (is_prime)
            primes[count++] = number;
    }
}

static uint32_t rotated(uint32_t value, int count)
{
    return value >> count | value << (32 - count);
}

struct sha256 {
    uint32_t state[8];
    uint32_t constants[64];
};

static void start(struct sha256 *self)
{
    int64_t primes[64];
    first_primes(primes, 64);
    for (int i = 0; i < 64; i++)
        self->constants[i] = fraction_bits(primes[i], true);
    for (int i = 0; i < 8; i++)
        self->state[i] = fraction_bits(primes[i], false);
}

static void add_block(struct sha256 *self, const uint8_t *message)
{
    uint32_t w[64];
    for (int i = 0; i < 16; i++)
        w[i] = (uint32_t)message[4 * i] << 24 | (uint32_t)message[4 * i + 1] << 16 |
               (uint32_t)message[4 * i + 2] << 8 | message[4 * i + 3];
    for (int i = 16; i < 64; i++) {
        uint32_t s0 = rotated(w[i - 15], 7) ^ rotated(w[i - 15], 18) ^ w[i - 15] >> 3;
        uint32_t s1 = rotated(w[i - 2], 17) ^ rotated(w[i - 2], 19) ^ w[i - 2] >> 10;
        w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }

    uint32_t *s = self->state;
    uint32_t a = s[0], b = s[1], c = s[2], d = s[3], e = s[4], f = s[5], g = s[6], h = s[7];
    for (int i = 0; i < 64; i++) {
        uint32_t s1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25);
        uint32_t choice = (e & f) ^ (~e & g);
        uint32_t first = h + s1 + choice + self->constants[i] + w[i];
        uint32_t s0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22);
        uint32_t majority = (a & b) ^ (a & c) ^ (b & c);
        uint32_t second = s0 + majority;
        h = g, g = f, f = e, e = d + first;
        d = c, c = b, b = a, a = first + second;
    }
    s[0] += a, s[1] += b, s[2] += c, s[3] += d, s[4] += e, s[5] += f, s[6] += g, s[7] += h;
}

static void digest(const uint8_t *message, size_t length, uint32_t *words)
{
    size_t total = (length + 9 + 63) / 64 * 64;
    uint8_t *padded = calloc(total, 1);
    memcpy(padded, message, length);
    padded[length] = 0x80;
    for (int i = 0; i < 8; i++)
        padded[total - 1 - i] = (uint8_t)(8 * (uint64_t)length >> (8 * i));

    struct sha256 hash;
    start(&hash);
    for (size_t at = 0; at < total; at += 64)
        add_block(&hash, padded + at);
    memcpy(words, hash.state, sizeof hash.state);
    free(padded);
}

int64_t run(int64_t rounds)
{
    uint8_t *message = malloc(SIZE);
    uint32_t words[8];
    for (int64_t i = 0; i < SIZE; i++)
        message[i] = (uint8_t)(i * 7 % 256);
    for (int64_t round = 0; round < rounds; round++) {
        digest(message, SIZE, words);
        message[round % SIZE] = words[round % 8] & 0xFF;
    }
    digest(message, SIZE, words);
    int64_t total = 0;
    for (int i = 0; i < 8; i++)
        total = (total * 31 + words[i]) % 1000000007;
    free(message);
    return total;
}
