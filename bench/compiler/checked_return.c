/* Errors as {value, status} pairs: a parser of arithmetic, given text with mistakes in it. */

#include "bench.h"

enum status { OK, BAD_VALUE };

struct result {
    u64 value;
    enum status status;
};

struct reader {
    size_t at;
};

static const char TEXT[] =
    "1+2*3;(4+5)*(6+7);8*(9+1)+(2*(3+4));17*23+42;((((5))));99+(1*2;"
    "3*4*5*6;12345+67890;(1+1)*(2+2)*(3+3);7;31+41*59;2**6;"
    "100*(200+300*(400+500));8+7+6+5+4+3+2+1;(9*9)+(8*8)+(7*7);1234567;";

#define TEXT_LENGTH (sizeof TEXT - 1)
#define NOINLINE __attribute__((noinline)) static

NOINLINE struct result sum_of(struct reader *reader);

static u8 peek(struct reader *reader)
{
    return reader->at < TEXT_LENGTH ? (u8)TEXT[reader->at] : 0;
}

static void skip_past(struct reader *reader, u8 wanted)
{
    while (reader->at < TEXT_LENGTH && TEXT[reader->at] != wanted)
        reader->at++;
    reader->at++;
}

NOINLINE enum status expect(struct reader *reader, u8 wanted)
{
    if (peek(reader) != wanted)
        return BAD_VALUE;
    reader->at++;
    return OK;
}

NOINLINE struct result digit(struct reader *reader)
{
    u8 byte = peek(reader);
    if (!('0' <= byte && byte <= '9'))
        return (struct result){0, BAD_VALUE};
    reader->at++;
    return (struct result){byte - '0', OK};
}

NOINLINE struct result number(struct reader *reader)
{
    struct result result = digit(reader);
    if (result.status != OK)
        return result;
    while ('0' <= peek(reader) && peek(reader) <= '9') {
        struct result next = digit(reader);
        if (next.status != OK)
            return next;
        result.value = result.value * 10 + next.value;
    }
    return result;
}

NOINLINE struct result factor(struct reader *reader)
{
    if (peek(reader) != '(')
        return number(reader);
    reader->at++;
    struct result result = sum_of(reader);
    if (result.status != OK)
        return result;
    result.status = expect(reader, ')');
    return result;
}

NOINLINE struct result product_of(struct reader *reader)
{
    struct result result = factor(reader);
    if (result.status != OK)
        return result;
    while (peek(reader) == '*') {
        reader->at++;
        struct result next = factor(reader);
        if (next.status != OK)
            return next;
        result.value *= next.value;
    }
    return result;
}

NOINLINE struct result sum_of(struct reader *reader)
{
    struct result result = product_of(reader);
    if (result.status != OK)
        return result;
    while (peek(reader) == '+') {
        reader->at++;
        struct result next = product_of(reader);
        if (next.status != OK)
            return next;
        result.value += next.value;
    }
    return result;
}

NOINLINE struct result statement(struct reader *reader)
{
    struct result result = sum_of(reader);
    if (result.status != OK)
        return result;
    result.status = expect(reader, ';');
    return result;
}

u64 run(u64 rounds)
{
    u64 total = 0;
    for (u64 round = 0; round < rounds; round++) {
        struct reader reader = {0};
        while (reader.at < TEXT_LENGTH) {
            struct result result = statement(&reader);
            if (result.status == OK) {
                total = total * 31 + result.value;
            } else {
                total ^= reader.at;
                skip_past(&reader, ';');
            }
        }
    }
    return total;
}
