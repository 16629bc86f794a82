/* What every workload in C shares: the language's names for the integers, and the entry point. */

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;
typedef int64_t i64;

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

u64 run(u64 rounds);
